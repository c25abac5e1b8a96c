"""Tell the net effect of works: what a colleague changed, whatever others changed in between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from crm_md import store
from crm_md.config import Config, Member
from crm_md.document import Document
from crm_md.document.likely_news import likely_urgency
from crm_md.document.news import (
    News,
    Urgency,
    news,
    place,
    question,
    questions_left,
)
from crm_md.document.question_lines import TAG, is_about_removal, said_to_settle
from crm_md.errors import CrmError
from crm_md.frozen import dataclass, replace
from crm_md.joining.moves import slug_of, told_move
from crm_md.likeness import slug_in
from crm_md.messages import _
from crm_md.team.as_it_stands import as_it_stands
from crm_md.team.net_effect import Blobs, net_effects, text_of
from crm_md.team.settings_telling import settings_told
from crm_md.team.works import Customer, Stretch, Work


@dataclass(frozen=True, slots=True)
class ToldWork:
    """What one colleague did at one customer, in sentences.

    Attributes:
        by: short name; "" for what merges left to settle.
        name: the whole name; "" likewise.
        first: when they began.
        when: of the last commit.
        news: the most urgent first.
        commits: ids, oldest first.
        texts: pairs of what stood there before and after, for who wants to see the bytes.
    """

    by: str
    name: str
    first: datetime
    when: datetime
    news: tuple[News, ...]
    commits: tuple[str, ...]
    texts: tuple[tuple[bytes | None, bytes | None], ...]

    @property
    def urgency(self) -> Urgency:
        """Of the most urgent piece."""
        return max((one.urgency for one in self.news), default=Urgency.NONE)


@dataclass(frozen=True, slots=True)
class ToldCustomer:
    """What colleagues did at one customer, or at a file that concerns all.

    Attributes:
        slug: "" for a file that is no customer's.
        name: of the customer; path: of the file, relative to the store.
        works: the most urgent first, then the newest.
        shown: pairs of commit and path that are seen once this was shown.
    """

    slug: str
    name: str
    path: str
    works: tuple[ToldWork, ...]
    shown: frozenset[tuple[str, str]]

    @property
    def urgency(self) -> Urgency:
        """Of the most urgent work."""
        return max((work.urgency for work in self.works), default=Urgency.NONE)

    @property
    def when(self) -> datetime:
        """When somebody did something last."""
        return max(work.when for work in self.works)


def blobs_wanted(customer: Customer) -> Iterator[str]:
    """Yield the ids of the texts that telling a customer takes."""
    for work in customer.works.values():
        for stretch in work.stretches:
            yield from filter(None, (stretch.before, stretch.after))
        for sides, after in work.questions:
            yield from filter(None, (*sides, after))


def likely_urgency_of(customer: Customer, blobs: Blobs, config: Config, me: str) -> Urgency:
    """Return how urgent the news of a customer may be, without telling them."""
    if not store.is_customer_path(customer.path):
        return Urgency.NONE
    found = [
        likely_urgency(text_of(stretch.before, blobs), text_of(stretch.after, blobs), config, me)
        for work in customer.works.values()
        for stretch in work.stretches
        if not stretch.is_nothing
    ]
    asked = (after for work in customer.works.values() for _sides, after in work.questions)
    if any(TAG.encode() in blobs.get(after, b"") for after in asked):
        found.append(Urgency.QUESTION)
    return max(found, default=Urgency.NONE)


def told(
    customer: Customer, blobs: Blobs, config: Config, now: bytes | None, me: str = ""
) -> ToldCustomer:
    """Tell everybody's works at a customer.

    Args:
        customer: with its works.
        blobs: the texts by their ids.
        config: the store's settings.
        now: the file as it stands now, None if it is gone; what was settled since is not told.
        me: the short name of whoever looks.
    """
    telling = _Telling(customer, blobs, config, now, me)
    found = sorted(
        (work for work in map(telling.work, customer.works.values()) if work.news),
        key=lambda work: (work.urgency, work.when),
        reverse=True,
    )
    return ToldCustomer(
        slug_of(customer.path, "") and slug_in(customer.path),
        name_in(customer, blobs, config, now),
        customer.path,
        tuple(found),
        frozenset(pair for work in customer.works.values() for pair in work.commits),
    )


def name_in(customer: Customer, blobs: Blobs, config: Config, now: bytes | None = None) -> str:
    """Return how a person calls it: the customer's name, else what the file is.

    Args:
        customer: with its works.
        blobs: the texts by their ids.
        config: the store's settings.
        now: the file as it stands now; without it, as it stood last.
    """
    path = customer.path
    if path == store.SETTINGS:
        return _("Settings")
    folder, _slash, name = path.partition("/")
    if not store.is_customer_path(path):
        return _("Template {name}").format(name=name) if folder == store.TEMPLATES else path
    last = now if now is not None else _last_text(customer, blobs)
    return _name(last, path, config) or slug_in(path)


class _Telling:
    """All that it takes to tell one customer."""

    def __init__(
        self, customer: Customer, blobs: Blobs, config: Config, now: bytes | None, me: str
    ) -> None:
        self._customer = customer
        self._blobs = blobs
        self._config = config
        self._now = now
        self._me = me

    def work(self, work: Work) -> ToldWork:
        """Tell one work."""
        found: list[News] = []
        texts: list[tuple[bytes | None, bytes | None]] = []
        config = _knowing(self._config, work)
        for before, after, stretch in net_effects(work.stretches, self._blobs):
            told = self._stretch(before, after, stretch, config)
            found += (one for one in told if one not in found)
            texts += [(before, after)] if before != after else []
        found = as_it_stands(found, self._now, self._customer.path, self._config)
        found += self._questions(work)
        found += _attached(work)
        found.sort(key=place)
        return ToldWork(
            work.by,
            called(work, self._config),
            work.first,
            work.when,
            tuple(found),
            tuple(dict.fromkeys(commit for commit, _path in work.commits)),
            tuple(texts),
        )

    def _stretch(
        self, before: bytes | None, after: bytes | None, stretch: Stretch, config: Config
    ) -> Iterator[News]:
        path = stretch.path
        if path == store.SETTINGS:
            yield from (News(one, sort="record") for one in settings_told(before, after))
        elif not store.is_customer_path(path):
            yield from _of_a_file(before, after)
        elif after is None and before is not None and self._is_kept():
            yield News(self._kept_sentence(), Urgency.QUESTION, whole="removed")
        elif before is None and after is not None and self._customer.existed:
            yield News(_("brought the customer back"), whole="created")
        else:
            some = news(before, after, path, config, self._me)
            yield from some
            if stretch.path_before != path and before is not None and after is not None:
                yield from _moved(stretch, renamed=any(one.whole == "renamed" for one in some))

    def _is_kept(self) -> bool:
        """Tell whether the customer stands, with a question, though somebody removed it."""
        if self._now is None:
            return False
        lines = said_to_settle(self._now, self._customer.path, self._config)
        return any(map(is_about_removal, lines))

    def _kept_sentence(self) -> str:
        """Tell that a customer was removed, but stayed because of what others changed."""
        works = self._customer.everybody.values()
        changed = (one for one in works if one.stretches and not _is_removal(one))
        names = ", ".join(dict.fromkeys(called(one, self._config) for one in changed))
        if not names:
            return _("removed the customer, changed meanwhile: kept for now → crm settle")
        told = _("removed the customer, changed meanwhile by {names}: kept for now → crm settle")
        return told.format(names=names)

    def _questions(self, work: Work) -> list[News]:
        """Tell what merges left to settle and nobody settled since."""
        if self._now is None:
            return []
        lines: list[str] = []
        for sides, after in work.questions:
            before = [text_of(side, self._blobs) for side in sides]
            path = self._customer.path
            lines += questions_left(before, self._blobs[after], path, self._config)
        open_now = said_to_settle(self._now, self._customer.path, self._config)
        asked = [line for line in dict.fromkeys(lines) if line in open_now]
        return [one for line in asked for one in self._question(line)]

    def _question(self, said: str) -> Iterator[News]:
        if not is_about_removal(said):
            yield question(said)
        elif not any(_is_removal(work) for work in self._customer.works.values()):
            told = _("removed on one side, changed on the other: kept for now → crm settle")
            yield News(told, Urgency.QUESTION)


def _is_removal(work: Work) -> bool:
    return bool(work.stretches) and work.stretches[-1].after is None


def called(work: Work, config: Config) -> str:
    """Return the whole name of who did a work, "" for what merges left."""
    member = config.team.get(work.by)
    return (member.name if member else "") or work.person.name or work.by


def _knowing(config: Config, work: Work) -> Config:
    """Return settings that know who did it: their short name behind an entry is no word of it."""
    if not config.team or not work.by or work.by in config.team:
        return config
    return replace(config, team={**config.team, work.by: Member(work.by, work.person.name)})


def _moved(stretch: Stretch, *, renamed: bool) -> Iterator[News]:
    """Tell where the file stands now; its new name only where that of the customer stayed."""
    if told := told_move(stretch.path_before, stretch.path):
        yield News(told, sort="record")
    name_before, name = map(_file_name, (stretch.path_before, stretch.path))
    if name_before != name and not renamed:
        told = _("file {before} → {after}")
        yield News(told.format(before=name_before, after=name), sort="record")


def _file_name(path: str) -> str:
    return slug_in(unicodedata.normalize("NFC", path))


def _of_a_file(before: bytes | None, after: bytes | None) -> Iterator[News]:
    """Tell what became of a file that is no customer's."""
    if before is None:
        yield News(_("new"), sort="record")
    elif after is None:
        yield News(_("removed"), sort="record")
    else:
        yield News(_("changed"), sort="record")


def _attached(work: Work) -> Iterator[News]:
    """Tell files laid beside and taken away; one that came and went is not told."""
    for path in dict.fromkeys(one.path for one in work.attached):
        deeds = [one for one in work.attached if one.path == path]
        name = path.rpartition("/")[2]
        before, after = deeds[0].before[0], deeds[-1].after
        if before is None and after is not None:
            yield News(_("file laid beside: {name}").format(name=name))
        elif before is not None and after is None:
            yield News(_("file taken away: {name}").format(name=name))
        elif before != after:
            yield News(_("file changed: {name}").format(name=name))


def _last_text(customer: Customer, blobs: Blobs) -> bytes | None:
    """Return what stood in a file that is gone before it went."""
    works = sorted(customer.works.values(), key=lambda work: work.when)
    ids = [one for work in works for at in work.stretches for one in (at.before, at.after) if one]
    return blobs.get(ids[-1]) if ids else None


def _name(data: bytes | None, path: str, config: Config) -> str:
    try:
        return Document.read(data, path, config).customer.name if data is not None else ""
    except CrmError:
        return ""
