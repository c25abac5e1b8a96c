"""What is asked and written when somebody on a walk has pressed a key; each answer is one action.

Every function returns the action, "" where somebody turned back and nothing was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from crm_md.cli.afterwords import tell_done
from crm_md.cli.keys import answered, line_typed, typed_again
from crm_md.cli.next_steps import rest_told
from crm_md.cli.one_call import done, log, log_talk
from crm_md.cli.output import one_line, put, say
from crm_md.cli.session import Session
from crm_md.errors import UsageProblem
from crm_md.messages import _
from crm_md.questions.one_call import OneCall
from crm_md.records import walking
from crm_md.records.dropping import Droppable, drop, droppable
from crm_md.records.next_steps import read_until, rest


def talked(session: Session, one: OneCall) -> str:
    """Ask what it was about, in what mood they were, what comes next and what is done."""
    return log_talk(session, one, _("What was it about? (Enter: back)"))


def tried(session: Session, one: OneCall) -> str:
    """Log the attempt."""
    way = one.answer.way
    return log(session, lambda: walking.not_reached(session.crm, one.row, way=way))


def mailed(session: Session, one: OneCall) -> str:
    """Ask for the subject of a mail, log it, and show the link that opens it.

    Raises:
        UsageProblem: no address is known, or they do not want mails.
    """
    address = walking.mail_address(one.row, one.answer.day)
    question = _("A mail to {address}: about what? (Enter: back)").format(address=address)
    subject = line_typed(one_line(question))
    if not subject:
        return ""
    with typed_again() as typed:
        typed.append(subject)
        action = log(session, lambda: walking.mailed(session.crm, one.row, subject))
        if action:
            typed.clear()
    if action:
        put(one_line(walking.mail_link(address, subject)))
    return action


def rested(session: Session, one: OneCall) -> str:
    """Ask until when they rest, and why."""
    today = session.now.date()
    until = answered(
        _("Until when? (Enter: back)"),
        lambda words: read_until(words, today, one.row.summary.slug) if words else None,
    )
    if until is None:
        return ""
    day, reason = until
    why = reason or line_typed(_("Why? (Enter: no reason)"))
    if why is None:
        return ""

    def write() -> str:
        fact = rest(session.crm, walking.named(one.row), day, why)
        said = rest_told(day, why, today)
        say(one_line(f"{fact.name}: {said}"), style="good")
        tell_done(session, fact.action)
        return fact.action

    return done(write)


def dropped(session: Session, one: OneCall) -> str:
    """Ask what is not needed any more where there are several, and why."""
    crm = session.crm
    found = droppable(crm, one.row, one.answer.day, one.answer.owner or crm.me)
    if not found:
        say(_("Nothing of it can be dropped; with {key} they rest.").format(key="r"))
        return ""
    chosen = found[0] if len(found) == 1 else _which(found)
    if chosen is None:
        return ""
    question = _("Drop {thing}. Why? (Enter: no reason)").format(thing=chosen.text)
    why = line_typed(one_line(question)) if chosen.takes_why else ""
    if why is None:
        return ""

    def write() -> str:
        action = drop(session.crm, one.row, chosen, why)
        say(one_line(_("Dropped: {thing}").format(thing=chosen.text)), style="good")
        tell_done(session, action)
        return action

    return done(write)


def _which(found: Sequence[Droppable]) -> Droppable | None:
    """Let somebody choose what is dropped; None where they turn back."""
    say(_("What is not needed any more?"))
    for number, one in enumerate(found, 1):
        say(f"  {number}  {one_line(one.text)}")

    def number_of(words: str) -> Droppable | None:
        if not words:
            return None
        if words.isdecimal() and 0 < int(words) <= len(found):
            return found[int(words) - 1]
        raise UsageProblem(_("A number from 1 to {count}, please.").format(count=len(found)))

    return answered(_("Which one? (Enter: back)"), number_of)


WRITING: Mapping[str, Callable[[Session, OneCall], str]] = MappingProxyType(
    {"talked": talked, "tried": tried, "mailed": mailed, "rested": rested, "dropped": dropped}
)
