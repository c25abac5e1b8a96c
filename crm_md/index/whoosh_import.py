"""Import Whoosh without what it drags in: an HTTP client that it never uses, and old warnings."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_UNUSED = "urllib.request"


@contextmanager
def importing_whoosh() -> Iterator[None]:
    """Import modules of Whoosh inside this block.

    ``whoosh.compat`` takes one name out of ``urllib.request``, for a download in its own tests;
    that costs a quarter of all that a search may take (24 of 100 ms). While Whoosh is imported
    for the first time, an empty stand-in is there instead. Its sources also hold comparisons that
    newer Pythons warn of when they compile them.
    """
    stand_in = None
    if _UNUSED not in sys.modules and "whoosh.compat" not in sys.modules:
        stand_in = ModuleType(_UNUSED)
        stand_in.urlretrieve = None  # type: ignore[attr-defined]  # all that whoosh.compat asks for
        sys.modules[_UNUSED] = stand_in
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        if stand_in is not None:
            del sys.modules[_UNUSED]
