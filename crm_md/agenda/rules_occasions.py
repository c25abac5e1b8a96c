"""Rules about days that come: offers and deals, service, birthdays and anniversaries.

One function a rule, whose docstring is its entry in the manual.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from crm_md.agenda.contacts import earliest, first_planned, last_touch, until
from crm_md.agenda.registry import days_of, reason, rule
from crm_md.agenda.rules_contact import has_later_plan
from crm_md.agenda.wording import said
from crm_md.config import Config
from crm_md.dates import Partial, next_anniversary, read_partial
from crm_md.messages import N_, _
from crm_md.model import Deal, Person, Reason, Summary, Touch

_SETTLED_STAGES = frozenset(("won", "lost"))


@rule(
    "deal-closing",
    points=50,
    title=N_("an offer or deal closes soon"),
    family="deal",
    days=14,
    wakes=lambda customer, _today, config: _ahead(
        min((deal.close for deal in _open_deals(customer) if deal.close), default=None),
        days_of("deal-closing", config),
    ),
)
def deal_closing(customer: Summary, today: date, config: Config) -> Reason | None:
    """An offer or deal closes soon, or should have been closed: the day of ``close`` is near.

    ``close: 2026-12-04`` speaks from 20 November on. ``days`` is how long before; deals that are
    won or lost keep silent.
    """
    near = today + timedelta(days=days_of("deal-closing", config))
    deals = [deal for deal in _open_deals(customer) if deal.close and deal.close <= near]
    if not deals:
        return None
    first = min(deals, key=lambda deal: (deal.close or date.max, deal.title))
    text = (
        _("{deal} is to be closed by {date}")
        if first.close and first.close >= today
        else _("{deal} was to be closed by {date}")
    ).format(deal=_named(first), date=said(first.close, today))
    return reason("deal-closing", config, text, first.close)


@rule(
    "offer-quiet",
    points=35,
    title=N_("an offer has gone quiet"),
    family="deal",
    days=10,
    wakes=lambda *args: _offer_wakes(*args),
)
def offer_quiet(customer: Summary, today: date, config: Config) -> Reason | None:
    """An offer has gone quiet: it is open, and nobody has been in touch for some days.

    ``### 2026-11-10 Angebot: Winterkollektion``, or a deal in stage ``offered``, speaks after
    ``days`` without a contact, unless a task or a next step says when to ask.
    """
    touch = last_touch(customer, today)
    title, person = _open_offer(customer, today)
    if touch is None or not title:
        return None
    if touch.date + timedelta(days=days_of("offer-quiet", config)) > today:
        return None
    if has_later_plan(customer, touch.date):
        return None
    text = _("Offer without an answer, last contact {date}: {deal}").format(
        date=said(touch.date, today), deal=title
    )
    return reason("offer-quiet", config, text, touch.date, person)


@rule(
    "service-due",
    points=20,
    title=N_("service is due"),
    family="occasion",
    days=14,
    wakes=lambda customer, _today, config: _ahead(
        min((day for day, _product in _services(customer)), default=None),
        days_of("service-due", config),
    ),
)
def service_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """A product of theirs is due for service: the day of ``service_due`` is near or has passed.

    ``service_due: 2026-12-04`` speaks from 20 November on. ``days`` is how long before.
    """
    services = _services(customer)
    if not services or services[0][0] > today + timedelta(days=days_of("service-due", config)):
        return None
    day, product = services[0]
    text = _("Service due {date}: {product}").format(date=said(day, today), product=product)
    return reason("service-due", config, text, day)


@rule(
    "birthday",
    points=15,
    title=N_("a birthday is near"),
    family="occasion",
    days=3,
    wakes=lambda customer, today, config: _ahead(
        earliest(*(_returns(one.birthday, today) for one in _celebrating(customer))),
        days_of("birthday", config),
    ),
)
def birthday(customer: Summary, today: date, config: Config) -> Reason | None:
    """A birthday is near: today or within some days.

    ``birthday: 1966-11-23`` speaks from 20 to 23 November. ``days`` is how long before; of 3, a
    Friday knows the weekend.
    """
    near = today + timedelta(days=days_of("birthday", config))
    coming = [
        (day, one)
        for one in _celebrating(customer)
        if (day := _returns(one.birthday, today)) and day <= near
    ]
    if not coming:
        return None
    day, one = min(coming, key=lambda pair: (pair[0], pair[1].name))
    born = _partial(one.birthday)
    when = said(day, today)
    text = (
        _("{name} turns {age} on {date}").format(name=one.name, age=day.year - born.year, date=when)
        if born and born.year and day.year > born.year
        else _("Birthday of {name} on {date}").format(name=one.name, date=when)
    )
    return reason("birthday", config, text, day, one.name)


@rule(
    "anniversary",
    points=12,
    title=N_("an anniversary is near"),
    family="occasion",
    days=3,
    wakes=lambda customer, today, config: _ahead(
        _returns(customer.anniversary, today), days_of("anniversary", config)
    ),
)
def anniversary(customer: Summary, today: date, config: Config) -> Reason | None:
    """An anniversary of the firm is near: today or within some days.

    ``anniversary: 1926-11-23`` speaks from 20 to 23 November. ``days`` is how long before.
    """
    day = _returns(customer.anniversary, today)
    if day is None or day > today + timedelta(days=days_of("anniversary", config)):
        return None
    founded = _partial(customer.anniversary)
    when = said(day, today)
    text = (
        _("Anniversary {date}: {years} years").format(date=when, years=day.year - founded.year)
        if founded and founded.year and day.year > founded.year
        else _("Anniversary {date}").format(date=when)
    )
    return reason("anniversary", config, text, day)


def _ahead(day: date | None, days: int) -> date | None:
    return day - timedelta(days=days) if day else None


def _open_deals(customer: Summary) -> list[Deal]:
    return [deal for deal in customer.deals if deal.stage not in _SETTLED_STAGES]


def _named(deal: Deal) -> str:
    return f"{deal.title} ({deal.value})" if deal.value else deal.title


def _open_offer(customer: Summary, today: date) -> tuple[str, str]:
    """What was offered and is not decided, and whom it went to; "" where there is no such offer.

    A deal tells its stage. Without deals an offer is open until they, or both, were in touch.
    """
    offered = [deal for deal in _open_deals(customer) if deal.stage == "offered"]
    if offered or customer.deals:
        return (_named(offered[0]), "") if offered else ("", "")
    entry = _unanswered_offer(customer, today)
    if entry is None:
        return "", ""
    return entry.gist or _("our offer"), entry.people[0] if entry.people else ""


def _unanswered_offer(customer: Summary, today: date) -> Touch | None:
    for touch in until(customer, today):
        if touch.kind == "offer" and touch.direction == "to":
            return touch
        if touch.touch != "none" and touch.direction != "to":
            return None
    return None


def _offer_wakes(customer: Summary, today: date, config: Config) -> date | None:
    planned = first_planned(customer, today)
    touch = last_touch(customer, today)
    if touch is None or not _open_offer(customer, today)[0]:
        return planned
    return earliest(touch.date + timedelta(days=days_of("offer-quiet", config)), planned)


def _services(customer: Summary) -> list[tuple[date, str]]:
    """The products whose next service has a day, the first due first."""
    found = ((product.service_due, product.name) for product in customer.products)
    return sorted((day, name) for day, name in found if day)


def _celebrating(customer: Summary) -> list[Person]:
    """Those whose birthday is known: the people, or a customer who is one person."""
    people = [one for one in customer.people if one.birthday and not one.left]
    if customer.birthday and not any(one.birthday == customer.birthday for one in people):
        people.append(Person(customer.name, birthday=customer.birthday))
    return people


@lru_cache(maxsize=4096)
def _partial(text: str) -> Partial | None:
    return read_partial(text) if text else None


def _returns(text: str, today: date) -> date | None:
    known = _partial(text)
    return next_anniversary(known, today) if known else None
