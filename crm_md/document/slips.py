"""Say what is wrong in a body or a field, in which line, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from crm_md.document.field_labels import label
from crm_md.document.head_tree import Scalar
from crm_md.messages import _, language, ngettext
from crm_md.model import Finding, Severity
from crm_md.words import in_language

# What the type of a field cannot read; a word that is merely unknown is none of these.
NOT_READ = frozenset(
    ("field-date", "field-rhythm", "field-type", "field-yes-no", "next-without-day")
)


def no_head() -> Finding:
    """A Markdown file without a head, or an empty one."""
    return _finding(
        "head-missing",
        "warning",
        1,
        _("The file has no head with the facts about the customer."),
        _("Begin it with: --- / name: … / ---"),
    )


def no_name(line: int, slug: str) -> Finding:
    """Only the name is required."""
    return _finding(
        "name-missing",
        "warning",
        line,
        _("The customer has no name; the file's name “{slug}” is taken.").format(slug=slug),
        _("Add a line “name: …” to the head."),
    )


def same_meaning(first: Scalar, last: Scalar) -> Finding:
    """Two spellings of one key: only the last counts."""
    return _finding(
        "field-twice",
        "warning",
        first.line,
        _("“{key}” and “{other}” mean the same; line {line} counts.").format(
            key=first.text, other=last.text, line=last.line
        ),
        _("Join the two or delete one."),
    )


def not_a_text(line: int, key: str) -> Finding:
    """A list or nested keys where one text belongs."""
    return _finding(
        "field-type",
        "warning",
        line,
        _("“{key}” should be one text; it is read as one line.").format(key=key),
        _("Write it in one line behind the colon."),
    )


def no_item(line: int, key: str, text: str) -> Finding:
    """One of the people, products or deals has nothing to call it by."""
    return _finding(
        "field-type",
        "warning",
        line,
        _("“{text}” has no name to be listed by under “{key}”.").format(key=key, text=_short(text)),
        _("Write “- name: …” (of a deal: title) and what belongs to it below, indented."),
    )


def no_day(line: int, key: str, text: str) -> Finding:
    """A date that does not exist or that we cannot read."""
    return _finding(
        "field-date",
        "warning",
        line,
        _("“{text}” is no day for “{key}”.").format(key=key, text=_short(text)),
        _("Write it as 2026-12-01 or 1.12.2026."),
    )


def no_absence(line: int, text: str) -> Finding:
    """Away, but from when to when?"""
    return _finding(
        "field-date",
        "warning",
        line,
        _("“{text}” does not say from when to when.").format(text=_short(text)),
        _("Write it as: 2026-12-21 to 2027-01-06 on holiday"),
    )


def step_without_day(line: int, text: str) -> Finding:
    """A next step that no list can remind of."""
    return _finding(
        "next-without-day",
        "hint",
        line,
        _("The next step “{text}” has no day, so nothing reminds of it.").format(text=_short(text)),
        _("Put the day first: 2026-12-01 {text}").format(text=_short(text)),
    )


def several_steps(line: int) -> Finding:
    """More than one next step."""
    return _finding(
        "field-type",
        "warning",
        line,
        _("Several next steps; the first one counts."),
        _("Write the others as tasks: - [ ] … due:2026-12-01"),
    )


def no_rhythm(line: int, text: str) -> Finding:
    """``every: bald``."""
    return _finding(
        "field-rhythm",
        "warning",
        line,
        _("“{text}” is no rhythm.").format(text=_short(text)),
        _("Write it as 30d, 6w, 3m or 1y."),
    )


def no_yes_or_no(line: int, text: str) -> Finding:
    """A consent that says neither yes nor no."""
    return _finding(
        "field-yes-no",
        "warning",
        line,
        _("“{text}” is neither yes nor no.").format(text=_short(text)),
        _("Write yes or no."),
    )


def unknown_word(line: int, key: str, text: str, known: Iterable[str]) -> Finding:
    """A status, stage or role that we do not know; it stays as it is."""
    words = ", ".join(in_language(name, language()) for name in known)
    return _finding(
        "unknown-word",
        "hint",
        line,
        _("“{text}” is not a word we know for “{key}”.").format(key=label(key), text=_short(text)),
        _("Known are: {words}.").format(words=words),
    )


def unknown_colleague(line: int, name: str, team: Iterable[str]) -> Finding:
    """An owner or a mention that is not in the team."""
    return _finding(
        "unknown-colleague",
        "hint",
        line,
        _("Nobody in the team is called “{name}”.").format(name=_short(name)),
        _("Known are: {names}; others are added to crm.toml under [team.…].").format(
            names=", ".join(team)
        ),
    )


def unread_due(line: int, text: str) -> Finding:
    """A task whose day we cannot read."""
    return _finding(
        "task-due",
        "warning",
        line,
        _("“{text}” is no day for a task, so nothing reminds of it.").format(text=_short(text)),
        _("Write it as due:2026-12-01."),
    )


def undated_entry(line: int, title: str) -> Finding:
    """``20.11. Anruf``: an entry without a year, or with a day that does not exist."""
    return _finding(
        "entry-date",
        "error",
        line,
        _("“{title}” has no full date, so it is no entry of the history.").format(
            title=_short(title)
        ),
        _("Begin the heading with a full date: 2026-11-20"),
    )


def stray_entry(line: int, title: str) -> Finding:
    """A dated heading where no entry is looked for."""
    return _finding(
        "entry-place",
        "warning",
        line,
        _("“{title}” stands outside the history or deeper than its entries.").format(
            title=_short(title)
        ),
        _("Move it below the history, with as many # as the entries there."),
    )


def conflict_marker(line: int) -> Finding:
    """What Git left of a merge that nobody settled."""
    return _finding(
        "conflict",
        "error",
        line,
        _("A merge was never settled here: both versions stand one below the other."),
        _("Keep what is right and delete the lines with <<<<<<<, ======= and >>>>>>>."),
    )


def byte_order_mark() -> Finding:
    """Some editors of Windows begin a file with one; other programs miss the head then."""
    return _finding(
        "encoding",
        "hint",
        1,
        _("The file begins with a byte order mark, behind which some programs miss the head."),
        _("Save it as UTF-8 without BOM in your editor; here nothing needs to be done."),
    )


def undecodable(line: int, count: int) -> Finding:
    """Bytes that are no UTF-8: saved by a program that still writes Latin-1."""
    return _finding(
        "encoding",
        "warning",
        line,
        ngettext(
            "This line is not UTF-8; it was probably saved as Latin-1.",
            "This line and others, {count} in all, are not UTF-8; probably saved as Latin-1.",
            count,
        ).format(count=count),
        _("Save the file as UTF-8 in your editor; until then it is read as Windows-1252."),
    )


def nul_character(line: int) -> Finding:
    """A NUL, which no editor writes: a crash or a damaged disk does."""
    return _finding(
        "encoding",
        "warning",
        line,
        _("A NUL character stands in this line; the file may be damaged."),
        _("Compare it with an older version: crm changes CUSTOMER"),
    )


def open_block(line: int) -> Finding:
    """A code fence or comment that hides all that follows."""
    return _finding(
        "block-open",
        "warning",
        line,
        _("A code block or comment begins here and never ends; what follows is not read."),
        _("Close it with ``` or -->."),
    )


def _finding(check: str, severity: Severity, line: int, text: str, remedy: str) -> Finding:
    return Finding(check, severity, "", line, text, remedy)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
