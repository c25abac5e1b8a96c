"""Tell what changed below the head of a file: entries, tasks, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from crm_md.dates.filed import split_file_date
from crm_md.document.changes_head import Change, How, difference, listed, short
from crm_md.document.entries import read_moment
from crm_md.document.field_saying import told_day
from crm_md.document.pieces.body import Block, Chapter, cut_body
from crm_md.document.pieces.body_pairs import pair_blocks, pair_chapters
from crm_md.document.structure import INTRO
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.document.reading import Document
    from crm_md.model import Entry, Task

_AUTHOR = re.compile(r"\s*\([^()\s]+\)\Z")
_BULLET = re.compile(r"\A[ \t]*[*+-][ \t]+")
_CONTEXT = 4  # words at the start that two texts share before they are left out


class _Side:
    """One version: its chapters, and, where it is asked for, what a reader sees in their lines."""

    def __init__(self, document: Document) -> None:
        start = document.head.body_start
        self._document = document
        self.head, self.body = (
            part.replace("\r\n", "\n") for part in (document.shown[:start], document.shown[start:])
        )

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The sections and entries."""
        return cut_body(self.head + self.body, len(self.head)).pieces

    @cached_property
    def entries(self) -> Mapping[int, Entry]:
        """The entries by their lines."""
        return {entry.line: entry for entry in self._document.customer.entries}

    @cached_property
    def tasks(self) -> Mapping[int, Task]:
        """The tasks by their lines."""
        return {task.line: task for task in self._document.customer.tasks}


def body_changes(before: Document, after: Document) -> Iterator[Change]:
    """Yield what changed between two bodies: entries, then tasks and sections."""
    old, new = _Side(before), _Side(after)
    if old.body == new.body:
        return
    pairs = pair_chapters(old.chapters, new.chapters)
    stayed_old, stayed_new = {i for i, _j in pairs}, {j for _i, j in pairs}
    for j, chapter in enumerate(new.chapters):
        if j not in stayed_new and not _is_bare_history(chapter):
            yield from _whole(chapter, new, added=True)
    for i, chapter in enumerate(old.chapters):
        if i not in stayed_old:
            yield from _whole(chapter, old, added=False)
    for i, j in pairs:
        if old.chapters[i].raw != new.chapters[j].raw:
            yield from _chapter(old.chapters[i], new.chapters[j], old, new)


def _is_bare_history(chapter: Chapter) -> bool:
    """Tell whether it is the mere heading above all entries: these are told."""
    return chapter.role == "history" and not chapter.blocks.pieces


def _whole(chapter: Chapter, side: _Side, *, added: bool) -> Iterator[Change]:
    """Tell a chapter that came or went as a whole; the tasks in a section each by itself."""
    if chapter.moment is not None:
        told = _("1 entry added: {entry}") if added else _("entry deleted: {entry}")
        thing, entry = _entry(chapter, side), side.entries.get(chapter.line)
        yield Change("entry", _how(added), told.format(entry=thing), thing, entry)
        return
    found = (side.tasks.get(line) for line in _task_lines(chapter).values())
    tasks = [task for task in found if task]
    yield from (_new_task(task) if added else _lost_task(task) for task in tasks)
    others = [block for block in chapter.blocks.pieces if block.sort != "task"]
    if others or not tasks:
        yield _section(chapter, added=added)


def _section(chapter: Chapter, *, added: bool) -> Change:
    """Tell a section, or the words above all sections, that came or went as a whole."""
    lines = [_bare(block) for block in chapter.blocks.pieces if block.sort != "task"]
    if chapter.level:
        if added and lines:
            return Change("section", "added", _written(chapter, lines))
        told = _("section {title} added") if added else _("section {title} deleted")
        return Change("section", _how(added), told.format(title=short(chapter.title)))
    if added:
        return Change("text", "added", _written(chapter, lines))
    told = _("text changed: {difference}").format(difference=difference((), lines))
    return Change("text", "removed", told)


def _written(chapter: Chapter, lines: Sequence[str]) -> str:
    """Tell the lines that were written, and in which section if it has a name."""
    words = listed(lines)
    if not chapter.level or chapter.role == INTRO:
        return _("written down: {words}").format(words=words)
    return _("{field}: {value}").format(field=short(chapter.title), value=words)


def _how(added: bool) -> How:
    return "added" if added else "removed"


def _entry(chapter: Chapter, side: _Side) -> str:
    """Return an entry as it is told: kind and people, day, subject."""
    entry = side.entries.get(chapter.line)
    moment = read_moment(chapter.title)
    if entry is None or moment is None:
        return short(chapter.title)
    words = " ".join(moment[2].split())
    if entry.author:
        words = _AUTHOR.sub("", words)
    subject = entry.subject or entry.gist
    who = words.removesuffix(entry.subject).rstrip(" :")
    told = f"{who} {told_day(entry.date)}".strip()
    if not subject:
        return told
    return _("{what}: {subject}").format(what=told, subject=short(subject))


def _chapter(old: Chapter, new: Chapter, side_old: _Side, side_new: _Side) -> Iterator[Change]:
    """Tell what changed within a chapter: its tasks, its heading, its text."""
    blocks_old, blocks_new = old.blocks.pieces, new.blocks.pieces
    pairs = pair_blocks(blocks_old, blocks_new)
    came = _rest(blocks_new, {j for _i, j in pairs})
    went = _rest(blocks_old, {i for i, _j in pairs})
    changed = [
        (blocks_old[i], blocks_new[j]) for i, j in pairs if blocks_old[i].raw != blocks_new[j].raw
    ]
    lines_old, lines_new = _task_lines(old), _task_lines(new)
    for block in came:
        if block.sort == "task" and (task := side_new.tasks.get(lines_new[id(block)])):
            yield _new_task(task)
    for block in went:
        if block.sort == "task" and (task := side_old.tasks.get(lines_old[id(block)])):
            yield _lost_task(task)
    for one, other in changed:
        if one.sort == other.sort == "task":
            before = side_old.tasks.get(lines_old[id(one)])
            after = side_new.tasks.get(lines_new[id(other)])
            if before and after:
                yield from _task(before, after)
    plus = [_bare(block) for block in came if block.sort != "task"]
    minus = [_bare(block) for block in went if block.sort != "task"]
    for one, other in changed:
        said, says = _words(one), _words(other)
        if said != says:
            gone, new_words = _apart(said, says)
            minus += [gone] * bool(gone)
            plus += [new_words] * bool(new_words)
    if old.heading != new.heading or plus or minus:
        yield _text(old, new, side_old, side_new, plus, minus)


def _rest(blocks: Sequence[Block], stayed: set[int]) -> list[Block]:
    return [block for place, block in enumerate(blocks) if place not in stayed]


def _bare(block: Block) -> str:
    """Return a block without the mark of a list item."""
    return _BULLET.sub("", block.raw)


def _words(block: Block) -> str:
    """Return the text of a block; of a task, told by itself, only what stands right below it."""
    return block.raw.partition("\n")[2].strip() if block.sort == "task" else _bare(block)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return both texts without the words that they share at the start and at the end.

    Next to what differs one word stays; fewer than four words are not worth leaving out.
    """
    left, right = one.split(), other.split()
    first = _shared(left, right)
    last = _shared(left[first:][::-1], right[first:][::-1])
    begin = first - 1 if first >= _CONTEXT else 0
    end = last - 1 if last >= _CONTEXT else 0
    lead, tail = ["…"] * bool(begin), ["…"] * bool(end)
    texts = [" ".join([*lead, *words[begin : len(words) - end], *tail]) for words in (left, right)]
    return texts[0], texts[1]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words both begin with."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _pair in same)


def _task_lines(chapter: Chapter) -> dict[int, int]:
    """Return in which line of the file each task of a chapter stands."""
    lines: dict[int, int] = {}
    line = chapter.line + chapter.blocks.gaps[0].count("\n")
    for block, gap in zip(chapter.blocks.pieces, chapter.blocks.gaps[1:], strict=True):
        if block.sort == "task":
            lines[id(block)] = line
        line += block.raw.count("\n") + gap.count("\n")
    return lines


def _new_task(task: Task) -> Change:
    if task.due:
        told = _("new task by {day}: {task}").format(day=told_day(task.due), task=short(task.text))
    else:
        told = _("new task: {task}").format(task=short(task.text))
    return Change("task", "added", told, task=task)


def _lost_task(task: Task) -> Change:
    return Change("task", "removed", _("task deleted: {task}").format(task=short(task.text)))


def _task(before: Task, after: Task) -> Iterator[Change]:
    """Tell what became of a task."""
    if before.state != after.state:
        told = {
            "done": _("done: {task}"),
            "open": _("open again: {task}"),
            "dropped": _("dropped: {task}"),
        }[after.state]
        yield Change("task", "changed", told.format(task=short(after.text)), task=after)
    if before.text != after.text:
        told = _("task {before} → {after}")
        told = told.format(before=short(before.text), after=short(after.text))
        yield Change("task", "changed", told, task=after)
    if before.due != after.due:
        yield Change("task", "changed", _due(before, after), task=after)
    if before.mentions != after.mentions:
        told = _("task for {who}: {task}")
        told = told.format(who=after.whose or "–", task=short(after.text))
        yield Change("task", "changed", told, task=after)


def _due(before: Task, after: Task) -> str:
    if after.due is None:
        return _("task without a day: {task}").format(task=short(after.text))
    if before.due is None:
        return _("task by {day}: {task}").format(day=told_day(after.due), task=short(after.text))
    return _("task {task}: by {before} → {after}").format(
        task=short(after.text), before=told_day(before.due), after=told_day(after.due)
    )


def _text(
    old: Chapter,
    new: Chapter,
    side_old: _Side,
    side: _Side,
    plus: Sequence[str],
    minus: Sequence[str],
) -> Change:
    """Tell that the text of a chapter changed, and how."""
    if new.moment is not None:
        before, after = side_old.entries.get(old.line), side.entries.get(new.line)
        if before and after and (how := after.fact("solved")) and not before.fact("solved"):
            told = _("solved: {entry} – {how}")
            told = told.format(entry=_entry(new, side), how=short(split_file_date(how)[1] or how))
            return Change("entry", "changed", told)
        return Change(
            "entry", "changed", _("entry changed: {entry}").format(entry=_entry(new, side))
        )
    if not plus and not minus:
        told = _("heading {before} → {after}")
        return Change("section", "changed", told.format(before=old.title, after=new.title))
    if not minus and old.heading == new.heading:
        return Change("text" if new.role == INTRO else "section", "changed", _written(new, plus))
    signs = difference(plus, minus)
    if new.role == INTRO:
        return Change("text", "changed", _("text changed: {difference}").format(difference=signs))
    told = _("section {title} changed: {difference}")
    return Change("section", "changed", told.format(title=short(new.title), difference=signs))
