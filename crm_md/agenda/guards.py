"""What holds a customer back despite a reason to call: quiet they asked for, contact of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time

from crm_md.agenda.contacts import until
from crm_md.dates import say_date
from crm_md.frozen import dataclass
from crm_md.messages import _, language
from crm_md.model import Reason, Summary, Touch, Until
from crm_md.words import LETTER_CHANNELS, MAIL_CHANNELS, PHONE_CHANNELS, plain

# How one may turn to a customer, and the words of a consent that mean it; nobody refuses visits.
WAYS = {
    "call": PHONE_CHANNELS,
    "mail": MAIL_CHANNELS,
    "letter": LETTER_CHANNELS,
    "visit": frozenset(),
}
PRESSING = frozenset(("complaint-open", "promise-overdue"))


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A customer with reasons who is not to be called today, and why not.

    Attributes:
        guard: do_not_contact, refused, snooze, today, tried or away.
        reasons: what would put them on the list, the strongest first.
    """

    summary: Summary
    guard: str
    text: str
    reasons: tuple[Reason, ...] = ()

    @property
    def pressing(self) -> tuple[Reason, ...]:
        """The open complaint, and the promise of ours that is overdue, which wait all the same."""
        return tuple(one for one in self.reasons if one.rule in PRESSING)


def guard_of(summary: Summary, today: date, way: str = "call") -> HeldBack | None:
    """Return why this customer must be left alone today, or None.

    Args:
        way: how one would turn to them, one of `WAYS`.
    """
    return next(guards_of(summary, today, way), None)


def guards_of(summary: Summary, today: date, way: str = "call") -> Iterator[HeldBack]:
    """Yield everything that holds a customer back today, the weightiest first.

    Args:
        way: how one would turn to them, one of `WAYS`.
    """
    for guard, holds in _GUARDS.items():
        if text := holds(summary, today, way):
            yield HeldBack(summary, guard, text)


def cannot_wait(summary: Summary, reasons: Sequence[Reason], today: date, reader: str) -> bool:
    """Tell whether a contact of today settles nothing: what is most urgent is still to be done.

    An open complaint came in after it; or it was a colleague's, and the reader has a task there
    that is due.

    Args:
        reader: short name of whoever reads the list, "" if nobody is known.
    """
    ours = [touch for touch in until(summary, today) if touch.date == today and _is_ours(touch)]
    last = max((touch.time or time.min for touch in ours), default=time.min)
    for one in summary.complaints:
        if one.date == today and (one.time or time.max) > last:
            return True
    if not reader or any(touch.author == reader for touch in ours):
        return False
    return any(
        one.rule in ("task-due", "promise-overdue") and one.whose == reader for one in reasons
    )


def may_be(way: str, summary: Summary) -> bool:
    """Tell whether they have not refused this way."""
    return not any(plain(channel) in WAYS[way] for channel in summary.refused)


def rests(rest: Until | None, today: date, touches: Sequence[Touch]) -> bool:
    """Tell whether a ``snooze`` still holds: it ends on its day.

    Where the file says since when, it ends early when they get in touch or complain after that
    day.

    Args:
        touches: what may end it.
    """
    if rest is None or rest.day is None or rest.day <= today:
        return False
    since = rest.since
    return since is None or not any(
        since < touch.date <= today and (touch.direction == "from" or touch.kind == "complaint")
        for touch in touches
    )


def until_when(rest: Until) -> str:
    """Return until when somebody rests, and why, for the end of a sentence."""
    day = say_date(rest.day, language()) if rest.day else ""
    return f"{day} ({rest.text})" if rest.text else day


def _do_not_contact(summary: Summary, _today: date, _way: str) -> str:
    ban = summary.do_not_contact
    if ban is None:
        return ""
    text = _("does not want to be contacted")
    return f"{text}: {ban.text}" if ban.text else text


def _refused(summary: Summary, _today: date, way: str) -> str:
    if may_be(way, summary):
        return ""
    text = {
        "call": _("has not agreed to calls"),
        "mail": _("has not agreed to mails"),
        "letter": _("has not agreed to letters"),
    }[way]
    other = _other_way(summary, way)
    return f"{text}; {other}" if other else text


def _other_way(summary: Summary, way: str) -> str:
    mail = next((one.email for one in summary.people if one.email), summary.email)
    phone = next((one.phone for one in summary.people if one.phone), summary.phone)
    if way != "mail" and mail and may_be("mail", summary):
        return _("a mail is possible: {mail}").format(mail=mail)
    if way != "call" and phone and may_be("call", summary):
        return _("a call is possible: {phone}").format(phone=phone)
    if way != "letter" and summary.city and may_be("letter", summary):
        return _("a letter is possible")
    return ""


def _snooze(summary: Summary, today: date, _way: str) -> str:
    rest = summary.snooze
    if rest is None or not rests(rest, today, [*summary.entries, *summary.complaints]):
        return ""
    return _("rests until {date}").format(date=until_when(rest))


def _today(summary: Summary, today: date, _way: str) -> str:
    """A conversation or something of ours today, by anybody; never what came in."""
    for touch in until(summary, today):
        if touch.date < today:
            break
        if _is_ours(touch):
            if touch.author:
                return _("{who} was in touch today").format(who=touch.author)
            return _("somebody was in touch today")
    return ""


def _is_ours(touch: Touch) -> bool:
    """Tell whether it is a conversation, or something of ours that reached them."""
    if touch.attempt or touch.touch == "none":
        return False
    return touch.touch == "talk" or touch.direction == "to"


def _tried(summary: Summary, today: date, _way: str) -> str:
    """An attempt of today holds the row back until tomorrow."""
    if any(touch.attempt and touch.date == today for touch in summary.entries):
        return _("was not reached today; again tomorrow")
    return ""


_GUARDS = {
    "do_not_contact": _do_not_contact,
    "refused": _refused,
    "snooze": _snooze,
    "today": _today,
    "tried": _tried,
}
