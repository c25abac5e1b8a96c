"""Say what is wrong in a head, in which line, and what to do about it."""

from __future__ import annotations

import re

from crm_md.messages import _
from crm_md.model import Finding, Severity

STRAYS = frozenset(("head-line", "head-indent"))  # checks of lines that are no entries

_NO_BLANK = re.compile(r"[^\s:#'\"\[{&*!@-][^:#]{0,40}:(?=\S)(?!//)")


def windows_line_ends(line: int) -> Finding:
    """CRLF: nothing is wrong, yet two people with two editors should know."""
    return _finding(
        "line-ends",
        "hint",
        line,
        _("The lines end as on Windows (CRLF)."),
        _("Nothing needs to be done; the line ends stay as they are."),
    )


def unclosed(line: int) -> Finding:
    """The closing ``---`` is missing."""
    return _finding(
        "head-unclosed",
        "error",
        line,
        _("The head has no closing line."),
        _("Write a line “---” between the head and the text."),
    )


def too_long() -> Finding:
    """A head of a million characters is a text without a closing line."""
    return _finding(
        "head-too-long",
        "error",
        1,
        _("The head is too long to be read; its closing line may be missing."),
        _("Write a line “---” between the head and the text."),
    )


def double_key(line: int, key: str, last: int) -> Finding:
    """A key stands twice: every YAML reader takes the last."""
    return _finding(
        "head-double-key",
        "warning",
        line,
        _("“{key}” stands twice; line {line} counts.").format(key=key, line=last),
        _("Join the two or delete one."),
    )


def comma_cut(line: int, text: str) -> Finding:
    """A comma ended a value in braces: ``{name: Petersen, Heike, phone: 1}``."""
    return _finding(
        "head-comma",
        "warning",
        line,
        _("A comma cuts the value before “{text}”.").format(text=text),
        _("Put the value that contains a comma in quotation marks."),
    )


def no_blank(line: int, text: str) -> Finding:
    """``{zip:26757}`` is a key without a value for YAML."""
    return _finding(
        "head-comma",
        "warning",
        line,
        _("“{text}” lacks a blank behind the colon.").format(text=text),
        _("Write it as “{text}”.").format(text=text.replace(":", ": ", 1)),
    )


def value_as_text(line: int, text: str) -> Finding:
    """YAML fails at this value, so it is taken as it stands."""
    mark = text[:1]
    if len(text) > 1 and mark in "\"'" and mark not in text[1:]:
        remedy = _("The closing {mark} is missing: {whole}").format(mark=mark, whole=text + mark)
    else:
        remedy = _("Put it in quotation marks: {quoted}").format(quoted=_quoted(text))
    told = _("“{text}” is not valid YAML and is taken as text.").format(text=_short(text))
    return _finding("head-value", "warning", line, told, remedy)


def mark_as_text(line: int, text: str) -> Finding:
    """An anchor, alias or tag of YAML, which nobody means in a customer file."""
    return _finding(
        "head-mark",
        "warning",
        line,
        _("“{text}” begins with a sign that YAML reserves; it is taken as text.").format(
            text=_short(text)
        ),
        _("Put it in quotation marks: {quoted}").format(quoted=_quoted(text)),
    )


def mark_ignored(line: int, text: str) -> Finding:
    """An anchor or tag before nested lines."""
    return _finding(
        "head-mark",
        "warning",
        line,
        _("“{text}” is a sign of YAML that means nothing here; it is passed over.").format(
            text=_short(text)
        ),
        _("Delete it."),
    )


def hash_as_text(line: int, text: str) -> Finding:
    """`` #1`` would be a comment for YAML."""
    return _finding(
        "head-hash",
        "warning",
        line,
        _("“{text}” would end at the “#” for other programs; here it is text.").format(
            text=_short(text)
        ),
        _("Put it in quotation marks: {quoted}").format(quoted=_quoted(text)),
    )


def key_as_text(line: int, key: str) -> Finding:
    """A key that YAML would not read as text."""
    return _finding(
        "head-key",
        "warning",
        line,
        _("“{key}” is not a valid key for YAML and is taken as text.").format(key=_short(key)),
        _("Put it in quotation marks: {quoted}").format(quoted=_quoted(key)),
    )


def no_entry(line: int, content: str) -> Finding:
    """A line that is no entry of the head."""
    if match := _NO_BLANK.match(content):
        better = f"{match[0]} {content[match.end() :]}"
        remedy = _("Write “{better}”, with a blank behind the colon.").format(better=_short(better))
    else:
        remedy = _("Write it as “key: value”, or put “# ” in front of it.")
    return _finding(
        "head-line",
        "error",
        line,
        _("“{text}” is no “key: value” and is not read.").format(text=_short(content)),
        remedy,
    )


def misfit(line: int, content: str) -> Finding:
    """A line whose indentation belongs to nothing above it."""
    return _finding(
        "head-indent",
        "error",
        line,
        _("“{text}” does not fit the indentation above it and is not read.").format(
            text=_short(content)
        ),
        _("Indent it like the lines it belongs to."),
    )


def too_deep(line: int, content: str) -> Finding:
    """Nested deeper than anybody means."""
    return _finding(
        "head-deep",
        "error",
        line,
        _("“{text}” is nested too deep and is not read.").format(text=_short(content)),
        _("Indent it less."),
    )


def tab(line: int) -> Finding:
    """A tab indents, which YAML forbids (YAML 1.2 § 6.1)."""
    return _finding(
        "head-tab",
        "warning",
        line,
        _("A tab indents this line; it is read as one blank."),
        _("Indent with blanks."),
    )


def control_character(line: int) -> Finding:
    """A character that no program shows."""
    return _finding(
        "head-control",
        "warning",
        line,
        _("An invisible control character stands in this line."),
        _("Delete it and write the value anew."),
    )


def _finding(check: str, severity: Severity, line: int, text: str, remedy: str) -> Finding:
    return Finding(check, severity, "", line, text, remedy)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _quoted(text: str) -> str:
    return "'" + _short(text).replace("'", "''") + "'"
