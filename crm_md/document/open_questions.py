"""Read the lines that merges left to be settled, and put into the file what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from crm_md.document.field_edits import Target, node_at, with_item, with_value, without
from crm_md.document.field_labels import label, label_of
from crm_md.document.head_tree import Items, plain
from crm_md.document.kept_texts import (
    Piece,
    kept_texts,
    task_there,
    where_now,
    with_chosen,
    words_of_task,
)
from crm_md.document.merging.settling import is_lost_piece
from crm_md.document.pieces.item_pairs import meaning, name_of
from crm_md.document.pieces.task_line import PartSort, cut_task, task_words
from crm_md.document.question_lines import (
    SETTLE,
    is_about_removal,
    is_question,
    question_lines,
    said_in,
)
from crm_md.document.reading import Document
from crm_md.document.structure import Part
from crm_md.document.task_signs import TASK
from crm_md.errors import FileChanged, UsageProblem
from crm_md.frozen import dataclass, replace
from crm_md.messages import _
from crm_md.words import KEYS, NAMED_BY
from crm_md.words import plain as word

Kind = Literal["field", "gone", "task", "kept", "file", "text"]
_LISTS = ("phone", "email", "tags", "aliases")  # several may stand there


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What merges left open about one piece of a file.

    Attributes:
        kind: ``field``: values of a fact; ``gone``: a fact that one side removed and the other
            changed; ``task``: a part of a task; ``kept``: an entry or a text that is there, twice
            or although one side removed it; ``file``: a customer whom one side removed; ``text``:
            something else that is there, to be put right by hand.
        about: what names the piece: ``phone``, ``contacts.Heike Petersen.phone``, a heading.
        target: where the fact stands, None for tasks and texts.
        now: the value in the file, "" where none stands; the first of the texts.
        others: the values that lost, each once; the other texts.
        lines: the lines of the file that ask, as they stand.
        line: of the file, from 1; the first of them.
        pieces: where the texts stand that were kept.
    """

    kind: Kind
    about: str
    target: Target | None
    now: str
    others: tuple[str, ...]
    lines: tuple[str, ...]
    line: int
    pieces: tuple[Piece, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What is to be chosen from, the one in the file first; none where there is no choice."""
        return () if self.kind == "text" else tuple(dict.fromkeys((self.now, *self.others)))

    @property
    def label(self) -> str:
        """What it is about in the words of the language spoken: ``Phone of Heike Petersen``."""
        target = self.target
        if target is None:
            return self.about
        if target[0] not in NAMED_BY or len(target) < 2:
            return label(str(target[-1]))
        inside = self.about.removeprefix(f"{target[0]}.")
        if len(target) == 2:
            return inside
        name = inside.removesuffix("." + ".".join(map(str, target[2:])))
        return label_of(str(target[-1]), name)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody answered.

    Attributes:
        place: of the value that stands from now on, from 0; None for another one, or for all.
        words: another value, "" for none.
    """

    place: int | None = 0
    words: str = ""


ALL = Choice(None)


def open_questions(document: Document, before: Iterable[Document] = ()) -> tuple[OpenQuestion, ...]:
    """Return what merges left open in a file, each fact once, in the order of its lines.

    Args:
        document: the file.
        before: earlier versions of it, the newest first, by which short texts are found that were
            kept twice; to be gone through several times.
    """
    found: dict[tuple[Kind, str], OpenQuestion] = {}
    for line, number in question_lines(document):
        one = _read(document, line, number, before)
        first = found.get((one.kind, one.about))
        if first:
            others = tuple(dict.fromkeys((*first.others, *one.others)))
            one = replace(one, others=others, lines=(*first.lines, line), line=first.line)
        found[one.kind, one.about] = one
    return tuple(found.values())


def settled(document: Document, question: OpenQuestion, choice: Choice) -> Document:
    """Return the document with a question decided and its lines gone; every other byte stays.

    Args:
        document: the file the question was read from.
        question: one of `open_questions`.
        choice: what is to stand there.

    Raises:
        FileChanged: the lines, or the texts, do not stand there any more.
        UsageProblem: all of the values, where only one can be.
        WouldChangeMore: the file is such that more than the fact would change.
    """
    if question.kind == "kept":
        return _without_lines(_with_text(document, question, choice), question)
    document = _without_lines(document, question)
    value = choice.words
    if choice.place is not None:
        value = question.values[choice.place] if question.values else ""
    if choice == ALL:
        return _with_all(document, question)
    if value == question.now or choice.place == 0:
        return document
    if question.kind == "task" and question.pieces:
        return with_chosen(document, where_now(document, question.pieces), value)
    if question.kind == "task":
        return _with_part(document, question, value)
    if question.target is None:
        return document
    if not value:
        return without(document, question.target)
    return with_value(document, question.target, value)


def _with_text(document: Document, question: OpenQuestion, choice: Choice) -> Document:
    """Choose of texts; they are looked for anew, since the file may have grown above them."""
    if choice == ALL:
        return document
    pieces = where_now(document, question.pieces)
    if choice.place is None:
        return with_chosen(document, pieces, choice.words)
    return with_chosen(document, pieces, choice.place if choice.place < len(pieces) else None)


def _with_all(document: Document, question: OpenQuestion) -> Document:
    if question.target is None or question.target[-1] not in _LISTS:
        raise UsageProblem(
            _("Of “{about}” only one can stand there.").format(about=question.label),
            _("Take one of them by its number, or give a new one."),
        )
    for value in question.others:
        if value:
            document = with_item(document, question.target, value)
    return document


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


def _read(document: Document, line: str, number: int, before: Iterable[Document]) -> OpenQuestion:
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
        task = _task(document, about) if part else None
        if task and part:
            now = next((p.raw for p in cut_task(task.line).pieces if p.sort == part[0]), "")
            return OpenQuestion("task", about, None, now, (part[1],), (line,), number)
        at = said.find(": ", at + 2)
    about, _colon, lost = said.rpartition(": ")
    if is_about_removal(said):
        return OpenQuestion("file", about, None, "keep", ("remove",), (line,), number)
    pieces = kept_texts(document, about, lost, before)
    if pieces:
        texts = [piece.shown for piece in pieces]
        texts += [""] if is_lost_piece(lost, "removed") else []
        return OpenQuestion(
            "kept", about, None, texts[0], tuple(texts[1:]), (line,), number, pieces
        )
    return _reworded(document, line, number, before) or OpenQuestion(
        "text", about or said, None, "", (), (line,), number
    )


def _reworded(
    document: Document, line: str, number: int, before: Iterable[Document]
) -> OpenQuestion | None:
    """Return the question about the words of a task, which the line names as they were."""
    said = said_in(line)
    for match in re.finditer(": ", said):
        about, lost = said[: match.start()], said[match.end() :]
        piece = task_there(document, about, before)
        if piece:
            now = words_of_task(piece.text)
            return OpenQuestion("task", about, None, now, (lost,), (line,), number, (piece,))
    return None


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


class _Task(NamedTuple):
    """The line of a task, and where in the text it begins."""

    line: str
    start: int


def _task(document: Document, about: str) -> _Task | None:
    """Return the task with these words; None if there is none, or several."""
    found = []
    for match in TASK.finditer("\n" + document.outline.visible):
        line = match[0][1:].removesuffix("\r")
        if not is_question(line) and " ".join(task_words(line).split()) == about:
            found.append(_Task(line, match.start()))
    return found[0] if len(found) == 1 else None


def _with_part(document: Document, question: OpenQuestion, value: str) -> Document:
    task = _task(document, question.about)
    if task is None:
        raise FileChanged(document.path)
    line = task.line
    new = line.replace(question.now, value, 1) if question.now else f"{line} {value}"
    behind = task.start + len(line)
    return document.with_text(document.text[: task.start] + new.rstrip() + document.text[behind:])


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
