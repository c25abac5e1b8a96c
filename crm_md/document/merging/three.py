"""Hold the three versions that a merge knows: the base, and what two sides made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Three(NamedTuple, Generic[T]):
    """One thing in the base, on our side and on theirs."""

    base: T
    ours: T
    theirs: T

    def each(self, make: Callable[[T], U]) -> Three[U]:
        """Return what is made of each."""
        return Three(make(self.base), make(self.ours), make(self.theirs))

    @property
    def decided(self) -> bool:
        """Whether both sides agree, or only one of them changed anything."""
        return self.ours == self.theirs or self.base in (self.ours, self.theirs)

    @property
    def wanted(self) -> T:
        """What stands where it is decided: the side that changed it."""
        return self.theirs if self.base == self.ours else self.ours


def agreed(texts: Three[str | None]) -> str:
    """Return the choice of a text of which nobody needs to be asked; None is no say."""
    base, ours, theirs = texts
    if ours is None or theirs is None:
        return next((text for text in (ours, theirs, base) if text is not None), "")
    if texts.decided:
        return texts.wanted or ""
    return max(ours, theirs, key=lambda text: (len(text), text))
