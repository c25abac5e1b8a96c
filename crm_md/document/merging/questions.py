"""Say which piece of a file two people changed so that only a person can decide."""

from __future__ import annotations

from typing import Literal

from crm_md.document.pieces.task_line import task_words
from crm_md.frozen import dataclass
from crm_md.messages import _
from crm_md.words import NAMED_BY

LONGEST = 60  # characters of a text that are told
What = Literal["field", "entry", "task", "section", "text", "head"]


@dataclass(frozen=True, slots=True)
class Question:
    """A piece that was changed differently on both sides, or changed here and removed there.

    Attributes:
        what: the sort of piece.
        place: where it is: the names of keys and items, the heading of the entry or section.
        base: what stood there first, None where nothing did; likewise ``ours`` and ``theirs``.
        lost: the value that is not in the merged file, "" where both are, or none was given up.
    """

    what: What
    place: tuple[str, ...]
    base: str | None
    ours: str | None
    theirs: str | None
    lost: str = ""

    @property
    def text(self) -> str:
        """A sentence that names the piece and says why it is not clear."""
        piece = self._piece()
        if self.ours is None or self.theirs is None:
            return _("{piece} was changed on one side and removed on the other.").format(
                piece=piece
            )
        return _("{piece} was changed differently: “{one}” and “{other}”.").format(
            piece=piece, one=_short(self.ours), other=_short(self.theirs)
        )

    @property
    def since(self) -> str:
        """Why a change to the piece cannot be taken back, without a full stop."""
        piece = self._piece()
        if self.ours is None:
            return _("{piece} was removed since").format(piece=piece)
        if self.what == "field" and "\n" not in self.ours:
            return _("{piece} was changed since: “{now}”").format(
                piece=piece, now=_short(self.ours)
            )
        return _("{piece} was changed since").format(piece=piece)

    def _piece(self) -> str:
        where = _short(self.place[0]) if self.place else ""
        shown = next(filter(None, (self.base, self.ours, self.theirs)), "")
        if self.what == "field":
            return _("The field “{field}”").format(field=_field(self.place))
        if self.what == "head":
            return _("The head of the file")
        if self.what == "entry":
            return _("The entry “{heading}”").format(heading=where)
        if self.what == "section":
            return _("The section “{heading}”").format(heading=where)
        if self.what == "task":
            return _("The task “{text}”").format(text=_short(task_words(shown)))
        if where:
            return _("A text in “{heading}”").format(heading=where)
        return _("A text")


def _field(place: tuple[str, ...]) -> str:
    """Return what a field is called: ``Phone of Heike Petersen``."""
    from crm_md.document.field_labels import label, label_of  # Git's driver says no sentence

    list_name, *rest = place
    if list_name not in NAMED_BY or not rest:
        return label(place[-1])
    return label_of(rest[-1], rest[0]) if len(rest) > 1 else rest[0]


def _short(text: str) -> str:
    """Return a text on one line, cut where it is long; what is no UTF-8 as question marks."""
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
