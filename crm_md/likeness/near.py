"""Say which name may have been meant by one that nobody has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from crm_md.likeness.folding import fold
from crm_md.likeness.similar import Lookalike

T = TypeVar("T")

_BEGINS, _WORD_BEGINS, _CONTAINS = 4.0, 3.0, 2.0  # above every ratio, which is at most 1
_WORTH_TELLING = 0.72
_LONG_ENOUGH = 4  # letters of a beginning with a typing error in it


def near_names(asked: str, names: Iterable[tuple[str, T]], limit: int = 5) -> list[T]:
    """Return what may have been meant by a name that nobody has, the nearest first.

    First names that begin so, then those with a word that begins so, those that contain it, and
    those that differ from it, or in one word, by little.

    Args:
        asked: what was typed.
        names: each name with what it stands for; several may stand for the same.
        limit: how many to return at most.
    """
    wanted = fold(asked)
    if not wanted or limit < 1:
        return []
    lookalike = Lookalike(wanted)
    ranked: list[tuple[float, str, int, T]] = []
    for place, (name, meant) in enumerate(names):
        folded = fold(name)
        nearness = _nearness(wanted, folded, lookalike)
        if nearness:
            ranked.append((-nearness, folded, place, meant))
    nearest: list[T] = []
    for *_rank, meant in sorted(ranked, key=lambda hit: hit[:3]):
        if meant not in nearest:
            nearest.append(meant)
        if len(nearest) == limit:
            break
    return nearest


def _nearness(wanted: str, folded: str, lookalike: Lookalike) -> float:
    if wanted in folded:
        if folded.startswith(wanted):
            return _BEGINS
        return _WORD_BEGINS if f" {wanted}" in folded else _CONTAINS
    nearness = lookalike.ratio(folded, _WORTH_TELLING)
    if len(wanted) >= _LONG_ENOUGH and len(folded) > len(wanted):
        nearness = max(nearness, lookalike.ratio(folded[: len(wanted)], _WORTH_TELLING))
    if " " in folded and " " not in wanted:
        words = (lookalike.ratio(word, _WORTH_TELLING) for word in folded.split())
        nearness = max(nearness, *words)
    return nearness
