"""Tell what a sync brought in; that is found out while Git shares ours, and kept for the end."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from crm_md import store
from crm_md.crm import Crm
from crm_md.document.question_lines import TAG
from crm_md.errors import CrmError
from crm_md.team.untold import Untold, forget_untold, keep_untold, ours_since, read_untold

if TYPE_CHECKING:
    from crm_md.team.alike import ToldTogether
    from crm_md.team.telling import ToldCustomer

SHOWN = 20  # customers of which is told what came in; of more, how many


class Arrived(NamedTuple):
    """What came in.

    Attributes:
        customers: the most urgent first.
        alike: what somebody did at many customers alike.
        more: how many customers more, of which nothing is told.
        others: other files, relative to the store.
        questions: how many of them wait to be settled, as `settle` counts them.
    """

    customers: tuple[ToldCustomer, ...] = ()
    alike: tuple[ToldTogether, ...] = ()
    more: int = 0
    others: tuple[str, ...] = ()
    questions: int = 0


class Arrivals:
    """What came into a store since a sync began, or since one did that could not tell it.

    Args:
        crm: the open store.
        here: the commit it begins with, None for none.
    """

    def __init__(self, crm: Crm, here: str | None) -> None:
        self._crm = crm
        before = read_untold(crm.git)
        self._start = before.start if before else here
        self._ours = ours_since(crm.git, before, here) if before and here else frozenset[str]()
        self._told: dict[str | None, Arrived] = {self._start: Arrived()}

    def expect(self, theirs: str) -> None:
        """Note that a commit of the others is about to come in, so that it is told in any case."""
        keep_untold(self._crm.git, Untold(self._start, theirs))

    def are_told(self) -> None:
        """Note that all of it was told."""
        forget_untold(self._crm.git)

    def look_ahead(self, here: str) -> None:
        """Find out what there is to tell; what stands in the way of it is met when it is told."""
        with suppress(Exception):
            self.told(here)

    def told(self, here: str | None) -> Arrived:
        """Return what came in up to a commit.

        Raises:
            CrmError: one of the 50s, if Git failed.
        """
        if here not in self._told:
            self._told[here] = self._tell(here) if here else Arrived()
        return self._told[here]

    def _tell(self, here: str) -> Arrived:
        """Of a book that came in as a whole, only how many customers it has is told."""
        from crm_md.team.in_order import between

        if self._start is None:
            return Arrived(more=len(self._crm.catalogue.slugs()))
        found = between(self._crm, self._start, here, limit=SHOWN, but=self._ours)
        customers = [path for path in found.paths if store.is_customer_path(path)]
        return Arrived(
            found.customers,
            found.alike,
            found.left,
            tuple(path for path in found.paths if path not in customers),
            _questions_in(self._crm, customers) + _in_settings(self._crm, found.paths),
        )


def arrived_untold(crm: Crm) -> Arrived:
    """Return what came in by syncs that were cut off or refused and told nobody; it is told now.

    Raises:
        CrmError: one of the 50s, if Git failed; it is told another time.
    """
    arrivals = Arrivals(crm, crm.git.head())
    found = arrivals.told(crm.git.head())
    arrivals.are_told()
    return found


def _in_settings(crm: Crm, paths: Iterable[str]) -> int:
    """Return how many questions wait in the settings, if those came in."""
    from crm_md.team.settling import settings_to_settle

    return len(settings_to_settle(crm)) if store.SETTINGS in paths else 0


def _questions_in(crm: Crm, paths: Iterable[str]) -> int:
    """Return how many questions in these files wait to be settled."""
    count = 0
    for path in paths:
        with suppress(CrmError):
            data = store.read_customer(crm.root, path) or b""
            if TAG.encode() in data:
                from crm_md.document import Document
                from crm_md.document.open_questions import open_questions

                count += len(open_questions(Document.read(data, path, crm.config)))
    return count
