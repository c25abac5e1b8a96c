"""Search everything that was ever written: dated entries and what is known of the customers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from crm_md.errors import CatalogueBroken
from crm_md.frozen import dataclass
from crm_md.index.collector import without_collector
from crm_md.index.filtering import has_text
from crm_md.index.fulltext import Progress, ReadText
from crm_md.index.hits import Hit, hits_at
from crm_md.index.passing import Found, passing, passing_filters, ranked, saying, without
from crm_md.index.query import Query
from crm_md.index.unit_texts import UnitTexts

if TYPE_CHECKING:
    from crm_md.index.catalogue import Catalogue
    from crm_md.index.matching import Sought
    from crm_md.index.posting_lists import PostingLists

_TRIES = 5  # where other processes change files and index at the same time


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found.

    Attributes:
        hits: the best, or the newest, first; at most as many as were asked for.
        total: how many there are.
        all_words: every hit has all words; else none has, and these have the most.
        near: words that do occur, near those that do not; only where nothing was found.
        understood: what was taken from the text that was typed.
    """

    hits: tuple[Hit, ...]
    total: int
    all_words: bool
    near: tuple[str, ...]
    understood: Query


def search(
    catalogue: Catalogue,
    query: Query,
    read_text: ReadText,
    *,
    limit: int | None = 20,
    newest: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Find what a query asks for.

    What has all words comes by how well it answers, equals by date, the newest first; where
    nothing has, that which has the most words. A query of filters only lists the newest.

    Args:
        catalogue: healed, so that it knows what the files say now.
        query: as `parse_query` understood it.
        read_text: gives the text of a path, None where it cannot be read.
        limit: hits at most, None for all.
        newest: order by date only.
        progress: called with (done, all) while the full text catches up.

    Raises:
        IndexBusy: another process is catching up and does not finish.
        CatalogueBroken: what is derived broke, again after it was made anew.
    """
    catalogue.database.create_function("has_text", 2, has_text, deterministic=True)
    asks_for_words = any(not term.excluded for term in query.terms)
    if not query.terms or not (asks_for_words or query.filters):
        with catalogue.as_of_now():
            return _Search(catalogue, query, read_text, limit, newest).of_filters()
    from crm_md.index.posting_lists import Moved, Unreadable

    full_text, tries_left, broken = catalogue.full_text, _TRIES, 0
    while True:
        tries_left -= 1
        try:
            unread = full_text.catch_up(read_text, progress)
            with catalogue.as_of_now():
                if tries_left and full_text.lacks_more_than(unread):
                    continue  # another process changed something in between
                one = _Search(catalogue, query, read_text, limit, newest)
                return one.of_words(settled=not tries_left)
        except Moved:
            if tries_left == 1:
                full_text.distrust()
        except Unreadable as problem:
            full_text.distrust()
            broken += 1
            if broken > 1 or not tries_left:
                raise CatalogueBroken(str(problem)) from problem


class _Search:
    """One look: each text is read once, and the next look reads it anew."""

    def __init__(
        self,
        catalogue: Catalogue,
        query: Query,
        read_text: ReadText,
        limit: int | None,
        newest: bool,
    ) -> None:
        self.catalogue = catalogue
        self.query = query
        self.texts = UnitTexts(catalogue.database, read_text)
        self.limit = limit
        self.newest = newest

    @property
    def only_excludes(self) -> bool:
        """Tell whether words are unwanted only."""
        return all(term.excluded for term in self.query.terms)

    def of_words(self, *, settled: bool) -> Result:
        """Find what has all words, else what has the most, else offer words that occur.

        Args:
            settled: take no notice of what other processes changed in between.
        """
        from crm_md.index.matching import answers, seek

        database, full_text = self.catalogue.database, self.catalogue.full_text
        with closing(full_text.open(settled=settled)) as lists, without_collector():
            sought = seek(database, lists, self.query.terms)
            if self.only_excludes:
                return self._result(self._not_excluded(sought), (), True, ())
            places = self._passing(answers(sought), all_words=True)
            all_words = bool(places)
            if not places:
                places = self._most_words(list(answers(sought, all_words=False)))
            near = () if places else self._near(lists)
        forms = {form for one in sought if not one.term.excluded for form in one.forms}
        return self._result(places, forms, all_words or not places, near)

    def of_filters(self) -> Result:
        """List what passes, the newest first; nothing was asked where there are no filters."""
        if not self.query.filters:
            return Result((), 0, True, (), self.query)
        places = passing_filters(self.catalogue.database, self.query.filters)
        return self._result(places, (), True, ())

    def _passing(self, found: Iterable[Found], *, all_words: bool) -> list[Found]:
        database = self.catalogue.database
        return passing(database, found, self.query, self.texts, all_words=all_words)

    def _near(self, lists: PostingLists) -> tuple[str, ...]:
        from crm_md.index.near import near_words

        return near_words(self.catalogue.database, lists, self.query.terms)

    def _not_excluded(self, sought: Sequence[Sought]) -> list[Found]:
        """Of what passes the filters, keep what holds nothing of the excluded words."""
        from crm_md.index.matching import barred_in

        database = self.catalogue.database
        places = passing_filters(database, self.query.filters)
        kept = without(places, partial(barred_in, sought))
        return saying(kept, self.query.terms, self.texts, all_words=False)

    def _most_words(self, found: Sequence[Found]) -> list[Found]:
        for words in sorted({one.words for one in found}, reverse=True):
            some = (one for one in found if one.words == words)
            if places := self._passing(some, all_words=False):
                return places
        return []

    def _result(
        self, places: list[Found], forms: Collection[str], all_words: bool, near: tuple[str, ...]
    ) -> Result:
        best = ranked(self.catalogue.database, places, self.limit, newest=self.newest)
        hits = hits_at(self.catalogue.database, best, self.texts, forms)
        return Result(hits, len(places), all_words, near, self.query)
