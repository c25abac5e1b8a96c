"""The checks of a store: a function and a line of registry each, its docstring in the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from crm_md.frozen import dataclass
from crm_md.model import Severity
from crm_md.quality.book import Book, OpenBook, Page

Subject = TypeVar("Subject")


class Slip(NamedTuple):
    """What a check saw.

    Attributes:
        line: from 1; 1 where the whole file is meant.
        text: what is wrong, a sentence.
        remedy: what to do about it, a sentence.
        path: relative to the store; the checks of one file leave it out.
    """

    line: int
    text: str
    remedy: str
    path: str = ""


Look: TypeAlias = Callable[[Subject], Iterator[Slip]]


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A check as the registry holds it."""

    name: str
    severity: Severity
    look: Look[Subject]

    @property
    def about(self) -> str:
        """What it finds and why that matters: its entry in the manual."""
        return " ".join((self.look.__doc__ or "").split())


OF_A_FILE: dict[str, Check[Page]] = {}
OF_THE_STORE: dict[str, Check[Book]] = {}
OF_THE_CLONE: dict[str, Check[OpenBook]] = {}


def of_a_file(name: str, severity: Severity) -> Callable[[Look[Page]], Look[Page]]:
    """Enter a check that looks at one customer file after the other."""

    def enter(look: Look[Page]) -> Look[Page]:
        OF_A_FILE[name] = Check(name, severity, look)
        return look

    return enter


def of_the_store(name: str, severity: Severity) -> Callable[[Look[Book]], Look[Book]]:
    """Enter a check that looks at the store as a whole, once, after all of its files."""

    def enter(look: Look[Book]) -> Look[Book]:
        OF_THE_STORE[name] = Check(name, severity, look)
        return look

    return enter


def of_the_clone(name: str, severity: Severity) -> Callable[[Look[OpenBook]], Look[OpenBook]]:
    """Enter a check that looks at what is around the files on this computer."""

    def enter(look: Look[OpenBook]) -> Look[OpenBook]:
        OF_THE_CLONE[name] = Check(name, severity, look)
        return look

    return enter
