"""Add to the body of a file: a dated entry, a line of words; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Literal

from crm_md.document.entries import EntryHeading, Moment
from crm_md.document.entry_writing import format_heading
from crm_md.document.escaping import as_item, clean, escaped, without_rules
from crm_md.document.inserting import has_open_head, insert, put_in
from crm_md.document.order import Rank, place_among, rank
from crm_md.document.people import people_of
from crm_md.document.reading import Document
from crm_md.document.structure import ENTRY, HISTORY, INTRO, Part, Structure, reach, words_below
from crm_md.frozen import dataclass
from crm_md.model import Direction
from crm_md.words import FACT_WORDS, SECTION_TITLES, TASK_SECTIONS, plain

NoteRole = Literal["", "common", "careful", "settle"]

_ITEM = re.compile(r"^( {0,3})([*+-])[ \t]+\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written; the fields mean what they mean in `model.Entry`.

    Attributes:
        mood: in any words.
        facts: known keys under their English name.
        tasks: the words of each, dates and mentions included.
    """

    date: date
    time: time | None = None
    kind: str = ""
    kind_word: str = ""
    preposition: Direction = ""
    people: tuple[str, ...] = ()
    subject: str = ""
    author: str = ""
    text: str = ""
    mood: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tasks: tuple[str, ...] = ()
    preposition_word: str = ""


def with_entry(document: Document, entry: NewEntry) -> Document:
    """Return the document with one more entry, at its place among the others.

    Without a history one is begun, at the end of the file.

    Raises:
        WouldChangeMore: the file is such that more than the entry would change.
    """
    title, body = _lines_of_entry(document, entry)
    parts = document.structure.parts
    standing = [(part, part.moment) for part in parts if part.moment]
    new = rank(entry.date, entry.time, f"{title}\n{body}")
    opening = ""
    if standing:
        place = place_among([_rank(document, *entry) for entry in standing], new)
        neighbour, _moment = standing[min(place, len(standing) - 1)]
        at = neighbour.start if place < len(standing) else neighbour.end
        level = neighbour.level
    elif (history := _first(parts, HISTORY)) is not None:
        at, level = _end(parts, history), min(parts[history].level + 1, 6)
    else:
        at, level = len(document.text), _section_level(document.structure)
        opening = f"{'#' * level} {SECTION_TITLES[HISTORY][document.language]}\n\n"
        level = min(level + 1, 6)
    block = f"{opening}{'#' * level} {title}"
    return insert(document, at, f"{block}\n\n{body}" if body else block)


def with_note(document: Document, role: NoteRole, text: str) -> Document:
    """Return the document with some more words about the customer.

    Args:
        document: the file.
        role: "" adds a paragraph to the free text at the beginning; "common", "careful" and
            "settle" add a line to the list of that section, which is made where it is missing.
        text: the words; in a list they become one line.

    Raises:
        WouldChangeMore: the file is such that more than the note would change.
    """
    text = clean(text).lstrip()
    if not text:
        return document
    parts = document.structure.parts
    if not role:
        intro = [part for part in parts[:2] if part.role == INTRO][-1]
        return insert(document, intro.end, escaped_in(document, text))
    item = as_item(text)
    section = _first(parts, role)
    if section is None:
        at, level = _place_of_section(document.structure, role)
        title = SECTION_TITLES[role][document.language]
        return insert(document, at, f"{'#' * level} {title}\n\n- {item}")
    return _with_item(document, parts[section], item)


def with_task(document: Document, words: str) -> Document:
    """Return the document with one more open task that stands in no entry.

    It goes to the end of the list in the section for such tasks, whatever it is called; where
    there is none, it is made before the history.

    Args:
        document: the file.
        words: the text, dates and mentions included.

    Raises:
        WouldChangeMore: the file is such that more than the task would change.
    """
    words = " ".join(clean(words).split())
    structured = document.structure
    known = {plain(title) for titles in TASK_SECTIONS.values() for title in titles}
    for part in structured.parts:
        if part.role == "" and part.level and plain(part.title.rstrip(":")) in known:
            return _with_item(document, part, f"[ ] {words}")
    title = TASK_SECTIONS[document.language][0]
    at, level = len(document.text), _section_level(structured)
    story = next((part for part in structured.parts if part.role in (HISTORY, ENTRY)), None)
    if story is not None:
        at, level = story.start, min(level, story.level)
    return insert(document, at, f"{'#' * level} {title}\n\n- [ ] {words}")


def _lines_of_entry(document: Document, entry: NewEntry) -> tuple[str, str]:
    """Return the heading, without its signs, and the lines below it."""
    language = document.language
    names = people_of(document.customer)
    heading = EntryHeading(
        date=entry.date,
        time=entry.time,
        kind=entry.kind,
        kind_word=clean(entry.kind_word),
        preposition=entry.preposition,
        people=tuple(map(clean, entry.people)),
        subject=clean(entry.subject),
        author=clean(entry.author),
        preposition_word=entry.preposition_word,
    )
    facts = [("mood", entry.mood), *entry.facts]
    items = [
        f"- {FACT_WORDS.get(key, {}).get(language, key)}:: {words}"
        for key, value in facts
        if (words := _one_line(value))
    ]
    tasks = [_one_line(task).removeprefix("- [ ]").strip() for task in entry.tasks]
    items += [f"- [ ] {task}" for task in tasks if task]
    text = escaped_in(document, clean(entry.text))
    title = format_heading(heading, document.config, names, language)
    return title, "\n\n".join(filter(None, (text, "\n".join(items))))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def escaped_in(document: Document, text: str) -> str:
    """Return clean text as words of this file: no structure, and no end of an unclosed head."""
    has_closed_head = document.head.body_start and not has_open_head(document)
    return escaped(text if has_closed_head else without_rules(text))


def _rank(document: Document, part: Part, moment: Moment) -> Rank:
    """Return by what a standing entry is ordered."""
    return rank(moment.date, moment.time, f"{part.title}\n{words_below(document.shown, part)}")


def _first(parts: Sequence[Part], role: str) -> int | None:
    return next((index for index, part in enumerate(parts) if part.role == role), None)


def _end(parts: Sequence[Part], index: int) -> int:
    """Return where a section ends, its sub-sections included."""
    return parts[reach(parts, index) - 1].end


def _section_level(structured: Structure) -> int:
    """Return the level of the file's own sections; a new one must be below no dated heading."""
    own = [part.level for part in structured.parts if part.role not in ("", INTRO)]
    dated = [stray.level for stray in structured.strays if stray.level > 1]
    return min([*own, *dated], default=2)


def _place_of_section(structured: Structure, role: str) -> tuple[int, int]:
    """Return where a new section goes, and its level: intro, common ground, careful, history.

    What is to be settled goes before the history, where merges put it. A new section is no deeper
    than the others and takes none of the following headings in.
    """
    parts = structured.parts
    level = _section_level(structured)
    if role == "settle":
        story = (place for place, part in enumerate(parts) if part.role in (HISTORY, ENTRY))
        behind = next(story, len(parts))
    else:
        behind = 2 if len(parts) > 1 and parts[1].role == INTRO else 1
        common = _first(parts, "common")
        if role == "careful" and common is not None:
            behind = reach(parts, common)
    if behind < len(parts):
        level = max(level, parts[behind].level)
    return parts[behind - 1].end, level


def _with_item(document: Document, section: Part, item: str) -> Document:
    """Return the document with one item more in a section, below the last one of its list."""
    shown = document.shown[section.text_start : section.end]
    visible = document.outline.visible[section.text_start : section.end]
    words = shown.rstrip()
    markers = list(_ITEM.finditer(visible))
    last = visible[: len(words)].rpartition("\n")[2]
    if not markers or not (_ITEM.match(last) or (last.strip() and last[0] in " \t")):
        return insert(document, section.end, f"- {item}")
    newline = shown.find("\n", len(words))
    at = section.end if newline < 0 else section.text_start + newline + 1
    indent, marker = min(reversed(markers), key=lambda match: len(match[1])).groups()
    return put_in(document, at, f"{indent}{marker} {item}")
