"""What a customer's file said before, as far as its questions need it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from crm_md.document import Document

if TYPE_CHECKING:
    from crm_md.crm import Crm
    from crm_md.history.reading import Revision

LOOKED_AT = 200  # commits of one customer in which a value is looked for


class Past:
    """The earlier versions of a file, the newest first, each read when it is asked for.

    Attributes:
        revisions: the commits that changed it, no merges.
    """

    def __init__(self, crm: Crm, path: str) -> None:
        self._crm = crm
        self._path = path
        self._documents: dict[bytes, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        """Yield every version once."""
        for data in dict.fromkeys(filter(None, self._texts.values())):
            if data not in self._documents:
                self._documents[data] = Document.read(data, self._path, self._crm.config)
            yield self._documents[data]

    def after(self, revision: Revision) -> bytes | None:
        """Return what a commit made of the file, None if it removed it."""
        return self._texts[revision.id, self._in_git]

    def before(self, revision: Revision) -> bytes | None:
        """Return what the file said before a commit, None if there was none."""
        return self._texts[revision.parents[0], self._in_git] if revision.parents else None

    @cached_property
    def revisions(self) -> list[Revision]:
        """Return the commits that changed the file, no merges."""
        git = self._crm.history
        found = git.log([self._in_git], limit=LOOKED_AT) if git else ()
        return [one for one in found if len(one.parents) < 2]

    @cached_property
    def _texts(self) -> dict[tuple[str, str], bytes | None]:
        asked = [
            (commit, self._in_git)
            for one in self.revisions
            for commit in (one.id, *one.parents[:1])
        ]
        return dict(zip(asked, self._crm.git.read_many(asked), strict=True)) if asked else {}

    @property
    def _in_git(self) -> str:
        return f"{self._crm.prefix}{self._path}"
