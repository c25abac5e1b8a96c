"""Merge a task by its parts: box, words, day, mentions, each like a field."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three
from crm_md.document.merging.weaving import weave
from crm_md.document.pieces.pairing import Pairs, anywhere
from crm_md.document.pieces.strand import Strand
from crm_md.document.pieces.task_line import Part, cut_task, day_in
from crm_md.frozen import replace

_ORDER = ("bullet", "box", "words", "due", "mention", "done", "below")
_NAMED = {"due": "due", "done": "done"}
_NOTHING: Strand[Part] = Strand()


def merge_tasks(
    task: Three[str | None], place: tuple[str, ...], *, theirs_first: bool
) -> tuple[str, list[Question]]:
    """Return a task that both sides have, and what they disagree on.

    Args:
        task: the three texts; no base if both sides added it: then ticked and the earliest day win.
        place: the heading it stands under.
        theirs_first: as in `Craft`.
    """
    craft = _TaskCraft(task, place, theirs_first)
    strands = task.each(lambda raw: _NOTHING if raw is None else cut_task(raw))
    return weave(strands, craft).raw, craft.questions


class _TaskCraft:
    def __init__(self, task: Three[str | None], place: tuple[str, ...], theirs_first: bool) -> None:
        self.questions: list[Question] = []
        self.theirs_first = theirs_first
        self._question = Question("task", place, *task)

    def pair(self, base: Sequence[Part], side: Sequence[Part]) -> Pairs:
        """Parts of one sort are the same part, mentions by their name."""
        pairs = anywhere(base, side, [], lambda part: (part.sort, part.raw.casefold()))
        return anywhere(
            base, side, pairs, lambda part: part.sort if part.sort != "mention" else None
        )

    pair_new = pair

    def another(self, base: Part, known: Part, side: Part) -> bool:
        """A part is never kept twice."""
        return False

    def join(self, piece: Three[Part | None], also: Sequence[Part]) -> Sequence[Part]:
        """A part that only one side touched is as that side wants it."""
        base, ours, theirs = piece
        if ours is None or theirs is None:
            left = ours or theirs
            if left is None or left == base:
                return ()
            if base is not None:
                self._ask(f"{_NAMED.get(left.sort, '')} (removed)".strip())
            return (left,)
        if piece.decided and piece.wanted:
            return (piece.wanted,)
        return (self._chosen(ours, theirs),)

    def below(self, piece: Part, behind: Part) -> bool:
        """Parts stand for themselves."""
        return False

    def loose(self, piece: Part) -> bool:
        """Parts have their own order."""
        return False

    def sooner(self, one: Part, other: Part) -> bool:
        """Parts in the order in which we write them; what comes back stands where it stood."""
        return not self.theirs_first and _ORDER.index(one.sort) < _ORDER.index(other.sort)

    def stays(self, anchor: Part | None, piece: Part) -> bool:
        """Parts have an order of their own."""
        return False

    def gap(self, left: Part, right: Part, told: str | None) -> str:
        """A blank, or what stood there."""
        return told or " "

    def _chosen(self, ours: Part, theirs: Part) -> Part:
        """Return the one of two different parts that wins."""
        new = self._question.base is None
        parts = sorted((ours, theirs), key=lambda part: part.raw)
        if new and ours.sort == "box":
            ticked = [part for part in parts if part.raw in ("[x]", "[X]")]
            if ticked:
                return ticked[-1]
        if new and ours.sort == "done":
            days = [(day, part.raw, part) for part in parts if (day := day_in(part.raw))]
            if len(days) == len(parts):
                return min(days)[-1]
        if ours.sort != "bullet":
            self._ask(_told(parts[0]))
        return parts[-1]

    def _ask(self, lost: str) -> None:
        self.questions.append(replace(self._question, lost=lost))


def _told(part: Part) -> str:
    """Return a part as a line names it that is a task itself: its day is not that line's."""
    day = day_in(part.raw)
    return f"{_NAMED[part.sort]} {day}" if day and part.sort in _NAMED else part.raw
