"""Remember from where on what came in is to be told, until it was; a sync may be cut off or fail.

What is noted before a move goes only when it was told, so nothing is passed over; and what is told
is noted no more, so nothing is told twice.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from crm_md import safe_files
from crm_md.history.process import output
from crm_md.history.repository import commit_meant

if TYPE_CHECKING:
    from crm_md.history import History

FILE = "untold"  # in .git/crm
_SHAPE = re.compile(r"((?:[0-9a-f]{40,64})?)\n([0-9a-f]{40,64})\n")


class Untold(NamedTuple):
    """What came in, or was about to.

    Attributes:
        start: the commit at which we stood before, None for none.
        upto: the last commit of the others.
    """

    start: str | None
    upto: str


def read_untold(git: History) -> Untold | None:
    """Return what came in and was not told; None if all was, or nobody can tell any more."""
    with suppress(OSError, ValueError):
        found = _SHAPE.fullmatch((git.git_dir / "crm" / FILE).read_text(encoding="ascii"))
        if found and all(commit_meant(git, one) for one in found.groups() if one):
            return Untold(found[1] or None, found[2])
    return None


def keep_untold(git: History, untold: Untold) -> None:
    """Note what is about to come in; where the system does not let us, a kill passes it over."""
    with suppress(OSError):
        text = f"{untold.start or ''}\n{untold.upto}\n"
        safe_files.keep(git.git_dir / "crm", FILE, text, lasting=False)


def forget_untold(git: History) -> None:
    """Note that all was told."""
    with suppress(OSError):
        (git.git_dir / "crm" / FILE).unlink(missing_ok=True)


def ours_since(git: History, untold: Untold, here: str) -> frozenset[str]:
    """Return the commits up to one that came from nobody else; no merges, which settle with others.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    known = [f"^{one}" for one in untold if one]
    told = output(git.top, "rev-list", "--no-merges", "--end-of-options", here, *known)
    return frozenset(os.fsdecode(told).split("\n")[:-1])
