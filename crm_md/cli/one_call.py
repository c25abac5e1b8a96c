"""``crm call CUSTOMER``: whom to call and the number on top, the quick look, and then the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_md.cli.afterwords import tell_done, tell_waiting
from crm_md.cli.asking import somebody_is_there
from crm_md.cli.calling import as_json, put_suggestion
from crm_md.cli.keys import answered, line_typed, tell_failure, typed_again
from crm_md.cli.logging_contacts import tell_logged
from crm_md.cli.looking import SHOWN_ENTRIES
from crm_md.cli.looking import as_json as look_as_json
from crm_md.cli.offering import offer
from crm_md.cli.options import named
from crm_md.cli.output import one_line, paint, put, put_json
from crm_md.cli.quick_look_page import blocks, heading
from crm_md.cli.rows import put_blocks, put_row
from crm_md.cli.session import Session
from crm_md.errors import CrmError, NotSaved
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.model import Suggestion
from crm_md.questions.calling import Asked
from crm_md.questions.one_call import OneCall, one_call
from crm_md.records import walking
from crm_md.records.dropping import due_tasks
from crm_md.records.log_entry import Standing, Understood, log_entry
from crm_md.records.promised_days import next_step
from crm_md.words import NO, YES

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

WAITS = "waits"  # instead of an action that is written and not committed yet


def call_one(session: Session, words: str, asked: Asked) -> int:
    """Print what to know before calling a customer; at a terminal, ask what it was about."""
    who = named(session, words)
    one = one_call(session.crm, who.path, asked, person=who.person, entries=SHOWN_ENTRIES)
    if session.json:
        put_json({**look_as_json(one.look), "call": _as_json(one)})
    else:
        put_against(one)
        put_suggestion(session, one.answer, one.row)
        put()
        for row in heading(one.look, False):
            put_row(row, 0)
        put()
        put_blocks(blocks(one.look, False))
    tell_waiting(session)
    if somebody_is_there() and not session.json:
        put()
        log_talk(session, one, _("What was it about? (Enter: nothing)"))
    return 0


def put_against(one: OneCall) -> None:
    """Say on top what stands against turning to them today, a wish for no contact loudly."""
    for place, text in enumerate(one.against):
        loud = one.banned and not place
        line = one_line(f"!! {text} !!" if loud else f"! {text}")
        put(paint(line, "wrong" if loud else "careful"))


def log_talk(session: Session, one: OneCall, question: str) -> str:
    """Ask what a talk was about, their mood, what comes next and what is done; and log it.

    Args:
        session: the run of the program.
        one: whom the talk was with, and how one turned to them.
        question: the first one; enter alone, Esc and Ctrl-D answer that there is nothing to log.

    Returns:
        the action, "" where nothing was logged.
    """

    with typed_again() as typed:
        action = _logged_talk(session, one, question, typed)
        if action:
            typed.clear()
    return action


def _logged_talk(session: Session, one: OneCall, question: str, typed: list[str]) -> str:
    """Ask and log as `log_talk` does, and note every answer as it is typed."""
    row, way = one.row, one.answer.way

    def readable(words: str) -> tuple[str, Standing]:
        taken = words and walking.talked(session.crm, row, words, way=way)
        return words, taken.standing if taken else "note"

    def with_a_day(words: str) -> str:
        return words and next_step(words, session.now.date()).written

    words, standing = answered(question, readable) or ("", "note")
    if not words:
        return ""
    typed.append(words)
    session.look_again()  # the talk may have taken half an hour
    mood = line_typed(_("In what mood were they? (Enter: no word)"))
    if mood is None:
        return ""
    typed.append(mood)
    step = answered(_("What comes next, and when? (Enter: nothing)"), with_a_day)
    if step is None:
        return ""
    typed.append(step)
    reader = one.answer.owner or session.crm.me
    kept = _kept(session, row, reader) if standing != "attempt" else ()
    if kept is None:
        return ""

    def read() -> Understood:
        taken = walking.talked(session.crm, row, words, mood, step, way=way)
        return replace(taken, keeps=kept)

    return log(session, read)


def _kept(session: Session, row: Suggestion, reader: str) -> tuple[Promise, ...] | None:
    """Ask which of the promises that were the reason are done; None where somebody turns back."""
    kept: list[Promise] = []
    for task in due_tasks(session.crm, row, session.now.date(), reader):
        question = one_line(_("Is it done: {task}?").format(task=task.text))
        word = line_typed(f"{question} {_('[y/N]')}")
        if word is None:
            return None
        kept += [task] if word.casefold() in YES else []
    return tuple(kept)


def log(session: Session, read: Callable[[], Understood]) -> str:
    """Write an entry, say what was done, and offer then to add the strangers in it.

    Args:
        session: the run of the program.
        read: what there is to write, from the file as it is when it is written.

    Returns:
        the action, "" where nothing was logged.
    """

    taken: list[Understood] = []

    def write() -> str:
        logged = log_entry(session.crm, read())
        tell_logged(session, logged)
        tell_done(session, logged.action)
        taken[:] = [logged.understood]
        return logged.action

    action = done(write)
    for one in taken:
        offer(session, one)
    return action


def done(write: Callable[[], str]) -> str:
    """Do what was answered; where it fails, say so, and let somebody try again with the same words.

    Args:
        write: does it, says what was done and returns the action.

    Returns:
        the action, "" where nothing was written.
    """
    while True:
        try:
            return write()
        except NotSaved as failure:  # it stands in the file, and the commit is made up for
            tell_failure(failure)
            return WAITS
        except CrmError as failure:
            tell_failure(failure)
            again = line_typed(f"{_('Try again?')} {_('[Y/n]')}")
            if again is None or again.casefold() in NO:
                return ""


def _as_json(one: OneCall) -> dict[str, Any]:
    return {
        **as_json(one.answer, one.row),
        "on_the_list": one.on_list,
        "against": list(one.against),
    }
