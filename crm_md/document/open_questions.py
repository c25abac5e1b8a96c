"""Read the lines that merges left to be settled, and put into the file what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from crm_md.document.field_edits import Target, node_at, with_value, without
from crm_md.document.head_tree import Items, plain
from crm_md.document.merging.settling import SETTLE, is_lost_piece, is_question, said_in
from crm_md.document.pieces.item_pairs import meaning, name_of
from crm_md.document.pieces.task_line import PartSort, cut_task, task_words
from crm_md.document.reading import Document
from crm_md.document.structure import Part
from crm_md.document.task_signs import TASK
from crm_md.errors import FileChanged
from crm_md.frozen import dataclass
from crm_md.words import KEYS, NAMED_BY
from crm_md.words import plain as word

Kind = Literal["field", "gone", "task", "text"]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What merges left open about one piece of a file.

    Attributes:
        kind: ``field``: values of a fact; ``gone``: a fact that one side removed and the other
            changed; ``task``: a part of a task; ``text``: an entry or prose that is there, to be
            put right by hand.
        about: what names the piece: ``phone``, ``contacts.Heike Petersen.phone``, a heading.
        target: where the fact stands, None for tasks and texts.
        now: the value in the file, "" where none stands.
        others: the values that lost, each once.
        lines: the lines of the file that ask, as they stand.
        line: of the file, from 1; the first of them.
    """

    kind: Kind
    about: str
    target: Target | None
    now: str
    others: tuple[str, ...]
    lines: tuple[str, ...]
    line: int


def open_questions(document: Document) -> tuple[OpenQuestion, ...]:
    """Return what merges left open in a file, each fact once, in the order of its lines."""
    found: dict[tuple[Kind, str], OpenQuestion] = {}
    for line, number in question_lines(document):
        one = _read(document, line, number)
        before = found.get((one.kind, one.about))
        if before:
            others = tuple(dict.fromkeys((*before.others, *one.others)))
            one = OpenQuestion(
                one.kind,
                one.about,
                one.target,
                one.now,
                others,
                (*before.lines, line),
                before.line,
            )
        found[one.kind, one.about] = one
    return tuple(found.values())


def settled(document: Document, question: OpenQuestion, value: str | None) -> Document:
    """Return the document with a question decided and its lines gone; every other byte stays.

    Args:
        document: the file the question was read from.
        question: one of `open_questions`.
        value: what is to stand there; None or the present value leaves all as it is, "" removes.

    Raises:
        FileChanged: the lines do not stand there any more.
        WouldChangeMore: the file is such that more than the fact would change.
    """
    document = _without_lines(document, question)
    if value is None or value == question.now:
        return document
    if question.kind == "task":
        return _with_part(document, question, value)
    if question.target is None:
        return document
    if not value:
        return without(document, question.target)
    return with_value(document, question.target, value)


def value_of(document: Document, about: str) -> str | None:
    """Return the value of the fact that a line is about, in this version of the file.

    None where it is no fact of this version.
    """
    target = target_of(document, about)
    return None if target is None else _value(document, target)


def target_of(document: Document, about: str) -> Target | None:
    """Return where the fact stands that a line is about; None where it is none of this file."""
    first, _dot, rest = about.partition(".")
    if first in NAMED_BY and rest:
        node = node_at(document, (first,))
        for place, item in enumerate(node.items if isinstance(node, Items) else ()):
            name = " ".join(name_of(meaning(item, first)).split())
            if name == rest:
                return (first, place)
            if name and rest.startswith(f"{name}."):
                return (first, place, *rest[len(name) + 1 :].split("."))
        return None
    target = tuple(about.split("."))
    known = KEYS.get(word(first)) == first or node_at(document, target) is not None
    return target if known else None


def question_lines(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the lines that merges left in a file, and where they stand, from 1."""
    for part in document.structure.parts:
        if part.role == SETTLE:
            lines = document.text[part.text_start : part.end].split("\n")
            first = document.text.count("\n", 0, part.text_start) + 1
            for number, line in enumerate(lines, first):
                bare = line.removesuffix("\r")
                if is_question(bare):
                    yield bare, number


def _read(document: Document, line: str, number: int) -> OpenQuestion:
    said = said_in(line)
    at = said.find(": ")
    while at >= 0:
        about, lost = said[:at], said[at + 2 :]
        target = target_of(document, about)
        if target is not None:
            gone = is_lost_piece(lost, "removed")
            kind: Kind = "gone" if gone else "field"
            other = "" if gone else lost
            others = () if lost.startswith("(#") or is_lost_piece(lost, "two") else (other,)
            return OpenQuestion(
                kind, about, target, _value(document, target), others, (line,), number
            )
        part = _part_named(lost)
        task = _task(document, about)
        if task and part:
            now = next((p.raw for p in cut_task(task).pieces if p.sort == part[0]), "")
            return OpenQuestion("task", about, None, now, (part[1],), (line,), number)
        at = said.find(": ", at + 2)
    about = said.rpartition(": ")[0] or said
    return OpenQuestion("text", about, None, "", (), (line,), number)


def _value(document: Document, target: Target) -> str:
    node = node_at(document, target)
    if node is None:
        return ""
    value = plain(node)
    if isinstance(value, str):
        return " ".join(value.split())
    return " ".join(document.text[node.start : node.end].split())


def _part_named(lost: str) -> tuple[PartSort, str] | None:
    """Return the part of a task that a line names, written as in a task."""
    sort, _blank, day = lost.partition(" ")
    if sort in ("due", "done") and day:
        known: PartSort = "due" if sort == "due" else "done"
        return known, "" if is_lost_piece(day, "removed") else f"{sort}:{day}"
    if lost in ("[ ]", "[x]", "[X]", "[-]"):
        return "box", lost
    return None


def _task(document: Document, about: str) -> str:
    """Return the line of the first task with these words, "" if there is none."""
    for match in TASK.finditer("\n" + document.outline.visible):
        line = match[0][1:].removesuffix("\r")
        if not is_question(line) and " ".join(task_words(line).split()) == about:
            return line
    return ""


def _with_part(document: Document, question: OpenQuestion, value: str) -> Document:
    task = _task(document, question.about)
    if question.now:
        new = task.replace(question.now, value, 1) if value else task.replace(question.now, "", 1)
    else:
        new = f"{task} {value}"
    return document.with_text(document.text.replace(task, new.rstrip(), 1))


def _without_lines(document: Document, question: OpenQuestion) -> Document:
    wanted = set(question.lines)
    if not wanted <= {line for line, _number in question_lines(document)}:
        raise FileChanged(document.path)
    lines = document.text.split("\n")
    gone = {number for line, number in question_lines(document) if line in wanted}
    kept = [line for number, line in enumerate(lines, 1) if number not in gone]
    document = document.with_text("\n".join(kept))
    section = next((p for p in document.structure.parts if p.role == SETTLE), None)
    if section is None or document.text[section.text_start : section.end].strip():
        return document
    return _without_section(document, section)


def _without_section(document: Document, section: Part) -> Document:
    above, below = document.text[: section.start], document.text[section.end :]
    return document.with_text(above + below if below else above.rstrip() + document.newline)
