"""Import Whoosh without what it drags in and we never use, and without its old warnings."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

# What Whoosh takes out of modules of the standard library for things that we do not do, and what
# that costs of the 100 ms that a search may take.
_UNUSED = {
    "urllib.request": "urlretrieve",  # a download for its own tests; 24 ms
    "html": "escape",  # its highlighting; 1 ms
    "decimal": "Decimal",  # its numbers with decimal places; 1 ms
}


@contextmanager
def importing_whoosh() -> Iterator[None]:
    """Import modules of Whoosh inside this block.

    While they are imported for the first time, empty stand-ins are there instead of what they do
    not need. `hashlib`, of which they need MD5, is stood in for by the module behind it, which
    does not load OpenSSL (3 ms). Whoosh's sources also hold comparisons that newer Pythons warn
    of when they compile them.
    """
    stand_ins = {name: module for name, module in _stand_ins() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_ins() -> Iterator[tuple[str, ModuleType]]:
    for name, taken in _UNUSED.items():
        module = ModuleType(name)
        setattr(module, taken, None)
        yield name, module
    try:
        import _md5  # type: ignore[import-not-found]  # of CPython, without a description of types
    except ImportError:  # a Python built without it has only OpenSSL's
        return
    import random  # noqa: F401  # Whoosh loads it, and on some Pythons it takes more of hashlib

    module = ModuleType("hashlib")
    module.md5 = _md5.md5  # type: ignore[attr-defined]  # a module made just now
    yield "hashlib", module
