"""Turn the body of a file into values: entries, sections, promises, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crm_md.config import Config
from crm_md.document import slips
from crm_md.document.entries import Moment, read_moment, read_words
from crm_md.document.facts import Fact, facts_in
from crm_md.document.links import links_in
from crm_md.document.nature import nature_of
from crm_md.document.outline import Outline
from crm_md.document.question_lines import SETTLE, is_question
from crm_md.document.structure import ENTRY, HISTORY, INTRO, Part, Structure, reach, words_below
from crm_md.document.task_signs import TASK
from crm_md.document.tasks import Problem, Said, read_task
from crm_md.model import Entry, Finding, Section, Task
from crm_md.words import SECTIONS, plain

_TASK_LINE = re.compile(r"[ \t>]*[*+-][ \t]+\[[ xX-]\](?:\s|$)")
_MARKER = re.compile(r"[ \t>]*(?:(?:[*+-]|\d{1,9}[.)])(?:[ \t]+|$))?")
_LOOKS_DATED = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.(?:\d\d)?(?=[\s:,;–—-]|\Z)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?=[\s:,;]|\Z)"
    r"|\d{1,2}\.?\s(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """What a body is read with: the settings, and what the head says."""

    config: Config
    contacts: tuple[str, ...]
    owner: str


class Body(NamedTuple):
    """The values of a body; the fields mean what they mean in `model.Customer`.

    Attributes:
        entries: in the order of the file.
    """

    sections: tuple[Section, ...]
    common: tuple[str, ...]
    careful: tuple[str, ...]
    settle: tuple[str, ...]
    entries: tuple[Entry, ...]
    tasks: tuple[Task, ...]
    questions: tuple[Task, ...]
    links: tuple[str, ...]
    language: str
    findings: tuple[Finding, ...]


def read_body(text: str, outlined: Outline, structured: Structure, place: Place) -> Body:
    """Return the values of a body.

    Args:
        text: the whole file.
        outlined: its outline.
        structured: its parts.
        place: the settings, and what the head says.
    """
    parts = structured.parts
    start = parts[0].start
    findings = [slips.stray_entry(stray.line, stray.title) for stray in structured.strays]
    findings += _undated(parts)
    if outlined.closing:
        findings.append(slips.open_block(text.count("\n", 0, outlined.open_at) + 1))
    marks = _Marks(outlined.visible, start, parts[0].line)
    sections: list[Section] = []
    entries: list[Entry] = []
    tasks: list[Task] = []
    questions: list[Task] = []
    for part in parts:
        if part.moment:
            entry = _entry(part, part.moment, text, marks, place, findings)
            entries.append(entry)
            tasks += entry.tasks
        else:
            found = marks.tasks(part, Said(0, owner=place.owner), place.config, findings)
            asked = _asked(part, text) if found and part.role == SETTLE else frozenset()
            tasks += (task for task in found if task.line not in asked)
            questions += (task for task in found if task.line in asked)
            marks.facts(part)
            if part.level or text[part.text_start : part.end].strip():
                words = words_below(text, part)
                sections.append(Section(part.title, part.role, part.level, words, part.line))
    common, careful, settle = (
        tuple(_lines_of(role, parts, outlined.visible)) for role in ("common", "careful", "settle")
    )
    return Body(
        tuple(sections),
        common,
        careful,
        settle,
        tuple(entries),
        tuple(tasks),
        tuple(questions),
        tuple(dict.fromkeys(links_in(outlined.visible[start:]))),
        _language(parts),
        tuple(findings),
    )


def _asked(part: Part, text: str) -> frozenset[int]:
    """Return the lines of a section *To settle* that merges left."""
    lines = text[part.start : part.end].split("\n")
    return frozenset(
        number
        for number, line in enumerate(lines, part.line)
        if is_question(line.removesuffix("\r"))
    )


class _Marks:
    """The tasks and facts of a body, found in one go and handed out part by part, in order."""

    def __init__(self, visible: str, start: int, line: int) -> None:
        self.visible = visible
        body = "\n" + visible[start:]
        counted = 1
        self._tasks: list[tuple[int, int, str, str]] = []
        for match in TASK.finditer(body) if "[" in body else ():
            at = match.start() + 1
            line += body.count("\n", counted, at)
            counted = at
            self._tasks.append((start + at - 1, line, match[1], match[2]))
        self._facts = list(facts_in(visible, start))
        self._tasks.reverse()
        self._facts.reverse()

    def tasks(
        self, part: Part, said: Said, config: Config, findings: list[Finding]
    ) -> tuple[Task, ...]:
        """Return the tasks of the next part."""
        tasks: list[Task] = []
        problems: list[Problem] = []
        while self._tasks and self._tasks[-1][0] < part.end:
            _offset, line, box, words = self._tasks.pop()
            task = read_task(box, words, said._replace(line=line), config, problems)
            if task is not None:
                tasks.append(task)
        for problem in problems:
            line, word = problem.line, problem.word
            findings.append(
                slips.unread_due(line, word)
                if problem.what == "due"
                else slips.unknown_colleague(line, word, config.team)
            )
        return tuple(tasks)

    def facts(self, part: Part) -> list[Fact]:
        """Return the facts of the next part."""
        facts = []
        while self._facts and self._facts[-1].offset < part.end:
            facts.append(self._facts.pop())
        return facts


def _entry(
    part: Part, moment: Moment, text: str, marks: _Marks, place: Place, findings: list[Finding]
) -> Entry:
    """Return the values of an entry."""
    config = place.config
    heading = read_words(moment, config, place.contacts)
    nature = nature_of(heading, config, place.contacts)
    said = Said(part.line, heading.author, place.owner, heading.date)
    facts = marks.facts(part)
    moods = [fact.value for fact in facts if fact.key == "mood" and fact.value]
    known = [(mood, word) for word in moods if (mood := config.mood_of(word))]
    if moods and not known:
        line = part.line + text.count("\n", part.start, facts[0].offset)
        findings.append(slips.unknown_word(line, "mood", moods[0], config.moods))
    return Entry(
        date=heading.date,
        time=heading.time,
        kind=heading.kind,
        kind_word=heading.kind_word,
        people=heading.people,
        preposition=heading.preposition,
        subject=heading.subject,
        author=heading.author,
        text=words_below(text, part),
        gist=heading.subject or _first_plain_line(marks.visible, part),
        facts=tuple((fact.key, fact.value) for fact in facts),
        tasks=marks.tasks(part, said, config, findings),
        touch=nature.touch,
        direction=nature.direction,
        mood=known[0][0].name if known else "",
        mood_word=known[0][1] if known else "".join(moods[:1]),
        attempt=nature.attempt,
        solution=nature.solution,
        line=part.line,
    )


def _first_plain_line(visible: str, part: Part) -> str:
    """Return the first line that is prose: no task, no fact, no heading, no code."""
    for line in visible[part.text_start : part.end].split("\n"):
        words = _MARKER.sub("", line, count=1).strip()
        if not words or words[0] == "#" or _TASK_LINE.match(line):
            continue
        before, fact, _value = words.partition("::")
        if not fact or "[" in before or "(" in before:
            return words
    return ""


def _lines_of(role: str, parts: Sequence[Part], visible: str) -> Iterator[str]:
    """Yield the list items and paragraphs of the sections with this role, their sub-sections too.

    Lines that only go on with an item or a paragraph are joined to it; tasks are left out.
    """
    behind = 0
    for index, part in enumerate(parts):
        if part.role != role or index < behind:
            continue
        behind = reach(parts, index)
        for below in parts[index:behind]:
            if below.role in (role, ""):
                yield from _items(visible[below.text_start : below.end])


def _items(text: str) -> Iterator[str]:
    item = ""
    for line in text.split("\n"):
        marker = _MARKER.match(line)
        words = line[marker.end() if marker else 0 :].strip()
        goes_on = marker is None or not marker[0].strip()
        if not (goes_on and words):
            if item:
                yield item
            item = ""
        if words and not _TASK_LINE.match(line):
            item = f"{item} {words}" if item else words
    if item:
        yield item


def _language(parts: Sequence[Part]) -> str:
    """Return the language that most of the file's own sections are named in, "" without any."""
    found = [
        known[1]
        for part in parts
        if part.role not in (ENTRY, INTRO, "")
        and (known := SECTIONS.get(plain(part.title.rstrip(":"))))
    ]
    return max(dict.fromkeys(found), key=found.count, default="")


def _undated(parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield headings that are meant to be dated: after a history begins, or in a file without."""
    roles = [part.role for part in parts]
    first = roles.index(HISTORY) if HISTORY in roles else 0
    for part in parts[first:]:
        if part.role == "" and part.title[:1].isdigit() and read_moment(part.title) is None:
            found = _LOOKS_DATED.match(part.title)
            if found and (not found[1] or (int(found[1]) <= 31 and int(found[2]) <= 12)):
                yield slips.undated_entry(part.line, part.title)  # "33.1. Überblick" is a number
