"""Stories by chance: lists of steps, each of which decides alone all that it leaves open.

So a story can be told again, and shortened to what makes it fail.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

MEMBERS = ("anna", "ben", "carla")  # Dora has Git and an editor, and no `crm`
OFTEN = ("log",) * 6 + ("sync",) * 5 + ("edit", "set", "tick", "kill", "lose", "pull", "dora") * 2
KINDS = (*OFTEN, "rename", "remove", "new", "undo", "solve", "move", "leave", *("back",) * 4)


class Step(NamedTuple):
    """One thing that happens: of what kind, to whom, and the chance that decides all else."""

    kind: str
    who: str
    chance: int


def story(seed: int, length: int) -> list[Step]:
    """Return what happens by chance; the same seed gives the same story."""
    chance = random.Random(seed)
    return [
        Step(chance.choice(KINDS), chance.choice(MEMBERS), chance.randrange(10**6))
        for _number in range(length)
    ]


def shortest(steps: Sequence[Step], fails: Callable[[Sequence[Step]], bool]) -> list[Step]:
    """Return as few of the steps as still fail, by leaving out ever smaller stretches."""
    left, size = list(steps), len(steps) // 2
    while size:
        start = 0
        while start < len(left):
            without = left[:start] + left[start + size :]
            if without and fails(without):
                left = without
            else:
                start += size
        size //= 2
    return left
