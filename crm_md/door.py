"""The door of a room: a name is loaded from its part when it is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def door(
    room: str, homes: Mapping[str, str], inside: Mapping[str, str] | None = None
) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a room (PEP 562), so that nobody pays for parts left unused.

    Args:
        room: the room's ``__name__``.
        homes: the names on the door, and the part that each lives in.
        inside: what those are called in their part that are called otherwise on the door.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        called = (inside or {}).get(name, name)
        found: object = getattr(import_module(f"{room}.{homes[name]}"), called)
        setattr(sys.modules[room], name, found)
        return found

    return load
