"""Find the texts that a merge kept, twice or although one side removed them, and choose of them.

The line that asks names a text as it was before; so what came of it is found by likeness, and
where an earlier version is at hand, by the place where it stood, as merges find it. Where neither
is sure, nothing is offered: a person looks at the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from crm_md.document.body_edits import escaped_in
from crm_md.document.entries import read_moment
from crm_md.document.kept_places import grown_there, has_named
from crm_md.document.merging.settling import LONGEST, is_lost_piece
from crm_md.document.pieces.body import HEAD, Block, Chapter, cut_file
from crm_md.document.pieces.body_pairs import fact_word
from crm_md.document.pieces.pairing import mostly_alike
from crm_md.document.pieces.task_line import cut_task, task_words
from crm_md.document.question_lines import SETTLE
from crm_md.document.reading import Document
from crm_md.errors import FileChanged
from crm_md.frozen import dataclass

_MARK = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]+")
_MOST = 3  # versions of one text; more are alike by chance


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a file: a paragraph, an item, a task, or an entry with all that belongs to it.

    Attributes:
        sort: of what; an entry is replaced by no words typed at a terminal.
        text: as it stands, lines ended by ``\\n``.
        start: of its first line, from 0.
        stop: behind its last line.
    """

    sort: Literal["text", "entry"]
    text: str
    start: int
    stop: int

    @property
    def shown(self) -> str:
        """What tells it from the others, on one line: of an entry its heading."""
        if self.sort == "entry":
            return self.text.partition("\n")[0].lstrip("#").strip()
        return " ".join(_MARK.sub("", self.text, count=1).split())


def kept_texts(
    document: Document, about: str, lost: str, before: Iterable[Document] = ()
) -> tuple[Piece, ...]:
    """Return the versions of a text that stand in the file; none where that is not sure.

    Args:
        document: the file.
        about: how the line names the text.
        lost: what the line says of it: two versions, or removed.
        before: earlier versions of the file, the newest first; asked where likeness finds nothing.
    """
    two = is_lost_piece(lost, "two")
    if not about or not (two or is_lost_piece(lost, "removed")):
        return ()
    chapters = _chapters(document)
    found: list[Piece] = []
    for chapter in chapters:  # first: a short text behind its heading is much like the heading
        found = found or _blocks(chapter, about, two=two)
    found = found or _entries(chapters, about, two=two)
    if len(found) > two:
        return tuple(found)
    return max(tuple(found), tuple(_by_place(chapters, about, before, two=two)), key=len)


def where_now(document: Document, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return where texts stand in a file that may have grown above them.

    Raises:
        FileChanged: one of them is not there any more, or several times.
    """
    every = [_piece("entry", one.raw, one.line - 1) for one in _chapters(document) if one.moment]
    for chapter in _chapters(document):
        every += [_piece("text", block.raw, line) for block, line in _placed(chapter)]
    found = [[one for one in every if _key(one) == _key(piece)] for piece in pieces]
    if any(len(places) != 1 for places in found):
        raise FileChanged(document.path)
    return tuple(places[0] for places in found)


def with_chosen(document: Document, pieces: Sequence[Piece], chosen: int | str | None) -> Document:
    """Return the document with one of the versions, or with another text in their place.

    Args:
        document: the file the pieces were found in.
        pieces: of `kept_texts`.
        chosen: the place of the one that stays; None for none; words for a new text.

    Raises:
        FileChanged: they do not stand there any more.
    """
    lines = document.text.split("\n")
    plain = _plain(document).split("\n")
    for place in sorted(range(len(pieces)), key=lambda one: -pieces[one].start):
        piece = pieces[place]
        if "\n".join(plain[piece.start : piece.stop]) != piece.text:
            raise FileChanged(document.path)
        if isinstance(chosen, str) and place == 0:
            words = escaped_in(document, " ".join(chosen.split()))
            end = "\r" if lines[piece.start].endswith("\r") else ""
            lines[piece.start : piece.stop] = [f"{_worded(piece.text, words)}{end}"]
        elif place != chosen:
            _cut(lines, piece.start, piece.stop)
    return document.with_text("\n".join(lines))


def task_there(document: Document, about: str, before: Iterable[Document]) -> Piece | None:
    """Return the task that both sides worded anew, by the place where the one named stood.

    Args:
        document: the file.
        about: how the line names the task.
        before: earlier versions of the file, the newest first.

    Returns:
        None where that is not sure, or its words stand in several pieces.
    """
    found = _by_place(_chapters(document), about, before, two=False)
    return found[0] if len(found) == 1 and words_of_task(found[0].text) else None


def words_of_task(raw: str) -> str:
    """Return the words of a task of one line; "" where it is none, or they stand in pieces."""
    parts = cut_task(raw).pieces
    words = [part.raw for part in parts if part.sort in ("words", "below")]
    is_task = any(part.sort == "box" for part in parts)
    return words[0] if is_task and len(words) == 1 else ""


def _worded(raw: str, words: str) -> str:
    """Return an item or a paragraph with other words: its mark stays, of a task all but them."""
    old = words_of_task(raw)
    if old:
        return raw.replace(old, words, 1)
    mark = _MARK.match(raw)
    return f"{mark[0] if mark else ''}{words}"


def _plain(document: Document) -> str:
    return document.text.replace("\r\n", "\n")


def _cut(lines: list[str], start: int, stop: int) -> None:
    """Take lines out, with one of the two gaps that they stood between."""
    del lines[start:stop]
    while start and not lines[start - 1].strip() and not "".join(lines[start : start + 1]).strip():
        del lines[start - 1]
        start -= 1
    if start >= len(lines):
        lines.append("")


def _chapters(document: Document) -> list[Chapter]:
    return [one for one in cut_file(_plain(document)).pieces if one.role not in (HEAD, SETTLE)]


def _key(piece: Piece) -> tuple[str, str]:
    return piece.sort, piece.text


def _by_place(
    chapters: Sequence[Chapter], about: str, before: Iterable[Document], *, two: bool
) -> list[Piece]:
    """Return the texts that stand where the one named stood in the last version that has it."""
    versions = map(_chapters, before)
    last = next((version for version in versions if has_named(version, about)), None)
    grown = grown_there(chapters, last, about) if last else None
    if grown is None:
        return []
    chapter, places = grown
    placed = list(_placed(chapter))
    found = [_piece("text", placed[place][0].raw, placed[place][1]) for place in places]
    return found if len(found) == 1 or (two and _fits(found, two)) else []


def _entries(chapters: Sequence[Chapter], about: str, *, two: bool) -> list[Piece]:
    """Return the entries that one of this heading has become."""
    moment = read_moment(about)
    entries = [chapter for chapter in chapters if chapter.moment]
    if moment is None or not entries:
        return []
    found = [chapter for chapter in entries if _one_line(chapter.title) == about]
    if two or not found:
        found = [
            chapter
            for chapter in entries
            if chapter.moment
            and chapter.moment[0] == moment[0]
            and mostly_alike(_words(chapter.title), _words(about))
        ]
    return [_piece("entry", one.raw, one.line - 1) for one in found] if _fits(found, two) else []


def _blocks(chapter: Chapter, about: str, *, two: bool) -> list[Piece]:
    """Return the texts below one heading that the one named has become: they stand together."""
    title = _one_line(chapter.title)
    at_home = bool(title) and about.startswith(f"{title}: ")
    base = about[len(title) + 2 :] if at_home else about
    runs: list[list[Piece]] = [[]]
    for block, line in _placed(chapter):
        if block.sort == "task":
            alike = not two and " ".join(task_words(block.raw).split()) == about
        else:
            alike = at_home and _alike(block.raw, base)
        if alike:
            runs[-1].append(_piece("text", block.raw, line))
        elif runs[-1]:
            runs.append([])
    found = [run for run in runs if run]
    return found[0] if len(found) == 1 and _fits(found[0], two) else []


def _fits(found: Sequence[object], two: bool) -> bool:  # of two sorts of lines
    return 1 <= len(found) <= (_MOST if two else 1)


def _placed(chapter: Chapter) -> Iterator[tuple[Block, int]]:
    """Yield the blocks of a chapter, and the line each begins on, from 0."""
    line = chapter.line - 1 + chapter.heading.count("\n") + chapter.blocks.gaps[0].count("\n")
    for block, gap in zip(chapter.blocks.pieces, chapter.blocks.gaps[1:], strict=True):
        yield block, line
        line += block.raw.count("\n") + gap.count("\n")


def _piece(sort: Literal["text", "entry"], raw: str, line: int) -> Piece:
    return Piece(sort, raw, line, line + raw.count("\n") + 1)


def _alike(text: str, base: str) -> bool:
    """Tell whether a text may have become of one that a line names, cut where it is long."""
    words = " ".join(text.split()).lstrip("-*+> ")
    fact = fact_word(text)
    if fact and base.partition("::")[0] == fact:
        return True
    if base.endswith(" …"):
        base, words = base.removesuffix(" …"), words[:LONGEST]
    return mostly_alike(_words(base), _words(words))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
