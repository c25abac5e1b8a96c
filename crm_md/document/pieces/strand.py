"""Hold a sequence of pieces with the blanks between them, so that together they are the text."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from crm_md.frozen import dataclass


class Piece(Protocol):
    """Anything that knows the text it stands for."""

    @property
    def raw(self) -> str:
        """The text, byte for byte."""


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Strand(Generic[P]):
    """Pieces in their order.

    Attributes:
        pieces: what stands there.
        gaps: what stands before the first piece, between each two, and behind the last; always
            one more than there are pieces.
    """

    pieces: tuple[P, ...] = ()
    gaps: tuple[str, ...] = ("",)

    @property
    def raw(self) -> str:
        """The text that pieces and gaps are."""
        parts = [self.gaps[0]]
        for piece, gap in zip(self.pieces, self.gaps[1:], strict=True):
            parts += (piece.raw, gap)
        return "".join(parts)
