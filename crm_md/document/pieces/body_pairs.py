"""Find which chapter, paragraph and task is which in two versions of a body."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import time

from crm_md.document.pieces.body import HEAD, Block, Chapter
from crm_md.document.pieces.pairing import (
    Pairs,
    alike_in_order,
    anywhere,
    in_order,
    mostly_alike,
)
from crm_md.document.pieces.task_line import task_words
from crm_md.words import FACT_WORDS, plain

_NO_TIME = time()
_NAMED = frozenset(("history", "common", "careful", "settle"))
_FACT = re.compile(r"(?:[*+-] +)?(\w+)::")
_FACTS = {plain(word): key for key, words in FACT_WORDS.items() for word in (key, *words.values())}


def pair_chapters(one: Sequence[Chapter], other: Sequence[Chapter]) -> Pairs:
    """Return which chapter is which: by its text, its heading, else by what tells it.

    Entries keep their order: the same date and author with more than half of the lines alike are
    the same entry, and so is the only one of its minute and author, whatever was changed in it. A
    section is found wherever it was moved.
    """
    pairs = in_order(one, other, lambda chapter: chapter.raw, _heading)
    pairs = anywhere(one, other, pairs, lambda chapter: chapter.raw if chapter.moment else None)
    pairs = alike_in_order(one, other, pairs, same_entry, day_and_author)
    pairs = _only_ones_of_their_minute(one, other, pairs)
    pairs = anywhere(one, other, pairs, _section)
    return alike_in_order(one, other, pairs, _same_section, _level)


def pair_new_chapters(one: Sequence[Chapter], other: Sequence[Chapter]) -> Pairs:
    """Return which chapters two sides added alike: equal entries, and sections of one name."""
    pairs = in_order(one, other, lambda chapter: chapter.raw)
    return anywhere(one, other, pairs, _section)


def pair_blocks(one: Sequence[Block], other: Sequence[Block]) -> Pairs:
    """Return which block is which: by its text, a task by its words or its line, else likeness."""
    pairs = in_order(one, other, lambda block: block.raw)
    pairs = anywhere(one, other, pairs, lambda block: block.raw)
    pairs = anywhere(one, other, pairs, _task)
    pairs = anywhere(one, other, pairs, _promise)
    pairs = anywhere(one, other, pairs, fact_of)
    return alike_in_order(one, other, pairs, same_block, lambda block: block.sort)


def pair_new_blocks(one: Sequence[Block], other: Sequence[Block]) -> Pairs:
    """Return which blocks two sides added alike: equal ones, and tasks of the same words."""
    pairs = anywhere(one, other, [], lambda block: block.raw)
    return anywhere(one, other, pairs, _task)


def _heading(chapter: Chapter) -> Hashable:
    return (chapter.role == HEAD, chapter.title) if chapter.heading else None


def day_and_author(chapter: Chapter) -> Hashable:
    """Return what versions of one entry have in common at least; None of all other chapters."""
    return (chapter.moment[0], chapter.author) if chapter.moment else None


def _minute_and_author(chapter: Chapter) -> Hashable:
    """Return what most entries have for themselves; without a time it would be too little."""
    if chapter.moment is None or chapter.moment[1] == _NO_TIME:
        return None
    return (*chapter.moment, chapter.author)


def _only_ones_of_their_minute(
    one: Sequence[Chapter], other: Sequence[Chapter], pairs: Pairs
) -> Pairs:
    """Return the pairs with those added that have their minute and author alone in both versions.

    An entry that an earlier merge kept twice, under two headings with one text, is one there.
    """
    left = {i for i, chapter in enumerate(one) if chapter.moment} - {i for i, _j in pairs}
    if not left:
        return pairs
    known = {j for _i, j in pairs}
    here, there = _by_minute(one), _by_minute(other)
    added = []
    for i in left:
        minute = _minute_and_author(one[i])
        found = there.get(minute, []) if len(here.get(minute, [])) == 1 else []
        if found and not known.intersection(found):
            first, *more = found
            if all(is_twin(other[first], other[j]) for j in more):
                added.append((i, first))
    return sorted([*pairs, *added])


def _by_minute(chapters: Sequence[Chapter]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = {}
    for place, chapter in enumerate(chapters):
        if (minute := _minute_and_author(chapter)) is not None:
            places.setdefault(minute, []).append(place)
    return places


def is_twin(one: Chapter, other: Chapter) -> bool:
    """Say whether two entries look like one that a merge kept under two headings, with all text."""
    minute = _minute_and_author(one)
    return minute == _minute_and_author(other) and bool(minute) and one.blocks == other.blocks


def same_entry(one: Chapter, other: Chapter) -> bool:
    """Say whether more than half of the lines of two entries of one day and author are alike.

    A task is alike by its words, ticked or not.
    """
    if one.lines or other.lines:
        return mostly_alike(map(task_words, one.lines), map(task_words, other.lines))
    return mostly_alike(_words(one.title), _words(other.title))


def _section(chapter: Chapter) -> Hashable:
    """What finds a section wherever it stands; the text before any heading is one, too."""
    if chapter.moment is not None:
        return None
    if chapter.role in _NAMED or not chapter.level:
        return chapter.role, ""
    return chapter.level, chapter.title


def _level(chapter: Chapter) -> Hashable:
    return None if chapter.moment else chapter.level


def _same_section(one: Chapter, other: Chapter) -> bool:
    if one.level == 1 or one.role == other.role != "":
        return True
    return bool(one.lines) and mostly_alike(one.lines, other.lines)


def _task(block: Block) -> Hashable:
    return task_words(block.raw) if block.sort == "task" else None


def _promise(block: Block) -> Hashable:
    """What finds a task below which something was written: its own line."""
    return task_words(block.raw.partition("\n")[0]) if block.sort == "task" else None


def fact_of(block: Block) -> str | None:
    """Return what tells a fact that an entry has once, its mood, how it was solved; else None."""
    match = _FACT.match(block.raw) if block.sort != "task" else None
    return _FACTS.get(plain(match[1])) if match else None


def fact_word(raw: str) -> str:
    """Return the key of a fact as it is written; "" of all other texts."""
    match = _FACT.match(raw)
    return match[1] if match and plain(match[1]) in _FACTS else ""


def same_block(one: Block, other: Block) -> bool:
    """Say whether more than half of the words of two blocks are alike, or one goes on as the other.

    The words of a task are those without its days and mentions: what is due on one day for one
    person need not be one promise.
    """
    if one.sort == other.sort == "task":
        return mostly_alike(_words(task_words(one.raw)), _words(task_words(other.raw)))
    if fact_of(one) or fact_of(other):
        return fact_of(one) == fact_of(other)
    left, right = _words(one.raw), _words(other.raw)
    return mostly_alike(left, right) or _goes_on(left, right) or _goes_on(right, left)


def _goes_on(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether a text begins or ends with all that another one says."""
    length = len(short)
    return bool(short) and short in (long[:length], long[-length:])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
