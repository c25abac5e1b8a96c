"""What a clone of a part of the store has, and whom it leaves out: Git knows their files' names."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.frozen import dataclass
from crm_md.likeness import fold_light, slug_in, slugify

if TYPE_CHECKING:
    from crm_md.history import History


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a store.

    Attributes:
        folders: those that are here, below ``customers/``, in order.
        left_out: the customers' files that are not, relative to the store.
        prefix: the store's place in the work tree.
    """

    folders: tuple[str, ...]
    left_out: tuple[str, ...]
    prefix: str

    def slugs(self) -> list[str]:
        """Return the names of the files that are left out."""
        return [_slug(path) for path in self.left_out]

    def named(self, words: str) -> list[str]:
        """Return the files left out whose names have the words in them, the whole name first."""
        if not any(sign.isalnum() for sign in words) or not words.isprintable():
            return []
        asked = slugify(words)
        same = [path for path in self.left_out if _slug(path) == asked]
        return same or [path for path in self.left_out if asked in _slug(path)]

    def has(self, folder: str) -> bool:
        """Tell whether a folder below ``customers/`` is here, or a file in it would be."""
        if not folder or not self.folders:
            return not folder
        ways = (f"{one}/" for one in self.folders)
        return any(way.startswith(f"{folder}/") or f"{folder}/".startswith(way) for way in ways)

    def fetching(self, folders: Iterable[str]) -> str:
        """Return the command that fetches folders below ``customers/``, too."""
        paths = [shlex.quote(f"{self.prefix}{store.CUSTOMERS}/{one}") for one in folders]
        return f"git sparse-checkout add {' '.join(paths)}"


def part_of(git: History, prefix: str) -> Part | None:
    """Return what a clone of a part has and leaves out; None for a clone of all.

    Args:
        git: the store's repository.
        prefix: the store's place in the work tree.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    cone = git.folders_here()
    if cone is None:
        return None
    customers = f"{prefix}{store.CUSTOMERS}"
    if any(customers == one or customers.startswith(f"{one}/") for one in cone):
        return None
    folders = sorted(one[len(customers) + 1 :] for one in cone if one.startswith(f"{customers}/"))
    files = (path[len(prefix) :] for path in git.left_out(customers))
    return Part(tuple(folders), tuple(filter(store.is_customer_path, files)), prefix)


def folder_in(path: str) -> str:
    """Return the folder of a customer's file, below ``customers/``; "" for none."""
    return path.rpartition("/")[0].removeprefix(store.CUSTOMERS).removeprefix("/")


def _slug(path: str) -> str:
    return fold_light(slug_in(path))
