"""Which customers are there: filtered, sorted, and counted; never counted by colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crm_md.agenda import ALL, NOBODY
from crm_md.crm import Crm
from crm_md.dates import parse_span, subtract_span
from crm_md.errors import UsageProblem
from crm_md.frozen import dataclass
from crm_md.messages import _, language
from crm_md.questions.owners import nobodys, whose
from crm_md.words import STATUSES, in_language, plain

if TYPE_CHECKING:
    from crm_md.index.listing import ListRow

ORDERS = ("name", "place", "silent", "next")
COUNTS = {"status": "status", "segment": "segment", "tag": "tags", "place": "city"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to show; "" and None ask nothing.

    Attributes:
        statuses: in any words, "kunde", "lead".
        owner: a colleague, "me", "nobody", or "all".
        place: the beginning of a postcode or of a town.
        silent: a span, "90d": no contact since.
        complaint: with an open complaint.
        mood: the mood told last, in any words.
        blank: nothing is written yet of what they are to us, as after an import.
        order: name, place, silent (the longest silent first) or next.
    """

    statuses: tuple[str, ...] = ()
    segment: str = ""
    owner: str = ""
    tag: str = ""
    place: str = ""
    silent: str = ""
    complaint: bool = False
    mood: str = ""
    blank: bool = False
    order: str = "name"


def customers(crm: Crm, asked: Asked) -> list[ListRow]:
    """Return the customers that were asked for, in the order asked for.

    Raises:
        UsageProblem: a status, colleague or mood that nobody knows.
        SpanNotUnderstood: `silent` is no span.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    from crm_md.index.listing import Filters

    owner = _owner(crm, asked.owner)
    filters = Filters(
        statuses=tuple(_status(word) for word in asked.statuses),
        segment=asked.segment or None,
        owner=owner or None,
        owners=tuple(nobodys(crm)) if owner == "" else (),
        tag=asked.tag or None,
        place=asked.place or None,
        silent_since=subtract_span(crm.today, parse_span(asked.silent)) if asked.silent else None,
        complaint=True if asked.complaint else None,
        mood=_mood(crm, asked.mood) if asked.mood else None,
        blank=asked.blank,
    )
    return _sorted(crm.catalogue.rows(filters), asked.order)


def counts(rows: Sequence[ListRow], by: str) -> list[tuple[str, int]]:
    """Return how many of these customers have each status, segment, tag or place, most first.

    Raises:
        UsageProblem: `by` is something else; colleagues are never counted.
    """
    if by not in COUNTS:
        raise UsageProblem(
            _("Customers are counted by {names}.").format(names=", ".join(COUNTS)),
        )
    found: dict[str, int] = {}
    for row in rows:
        value = getattr(row, COUNTS[by])
        for one in value if isinstance(value, tuple) else (value,):
            found[one] = found.get(one, 0) + 1
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _sorted(rows: list[ListRow], order: str) -> list[ListRow]:
    if order == "place":
        return sorted(rows, key=lambda row: (row.zip or "~", row.city))
    if order == "silent":
        return sorted(rows, key=lambda row: row.last_touch or date.min)
    if order == "next":
        return sorted(rows, key=lambda row: row.next or date.max)
    return rows


def _status(word: str) -> str:
    known = STATUSES.get(plain(word))
    if known is None:
        names = ", ".join(
            in_language(name, language()) for name in dict.fromkeys(STATUSES.values())
        )
        raise UsageProblem(
            _("“{word}” is no status.").format(word=word), _("Known: {names}.").format(names=names)
        )
    return known


def _owner(crm: Crm, word: str) -> str | None:
    """Return whose customers are meant, "" for nobody's, None for everybody's."""
    found = whose(crm, word) if word else ALL
    return {ALL: None, NOBODY: ""}.get(found, found)


def _mood(crm: Crm, word: str) -> str:
    mood = crm.config.mood_of(word)
    if mood is None:
        raise UsageProblem(
            _("“{word}” is no mood I know.").format(word=word),
            _("Known: {names}.").format(
                names=", ".join(in_language(name, language()) for name in crm.config.moods)
            ),
        )
    return mood.name
