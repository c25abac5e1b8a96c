"""``crm call --walk``: through the call list one by one, each row answered with one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from crm_md.cli import walk_keys
from crm_md.cli.afterwords import tell_done, tell_unreadable
from crm_md.cli.asking import somebody_is_there
from crm_md.cli.calling import put_suggestion, tell_nobody
from crm_md.cli.keys import answered, key_pressed, line_typed, tell_failure
from crm_md.cli.one_call import WAITS, done, log, log_talk, put_against
from crm_md.cli.output import one_line, paint, put, say
from crm_md.cli.quick_look_page import short_blocks
from crm_md.cli.rows import put_blocks
from crm_md.cli.session import Session
from crm_md.errors import CrmError, FileNotReadable, UsageProblem
from crm_md.messages import _, ngettext
from crm_md.questions.calling import Asked
from crm_md.questions.one_call import OneCall
from crm_md.questions.walking import Walk, begin_walk, row_now
from crm_md.records import walking
from crm_md.records.dropping import Droppable, drop, droppable
from crm_md.records.skipped import skip, unskip
from crm_md.records.undoing import undo, undone_sentence

INTERRUPTED = 130


class Given(NamedTuple):
    """An answer that was written: at which row, and the action that it was."""

    at: int
    name: str
    action: str


def walk(
    session: Session,
    asked: Asked,
    limit: int | None,
    customer: Collection[str] = (),
    *,
    again: bool = False,
) -> int:
    """Walk through the call list until its end, or until somebody has enough.

    Raises:
        UsageProblem: nobody is there to press a key, or a customer was named.
    """
    if customer:
        raise UsageProblem(
            _("--walk goes through the list, so no customer can follow."),
            _("Without it: crm call {customer}").format(customer=" ".join(customer)),
        )
    if session.json or not somebody_is_there():
        raise UsageProblem(
            _("A walk wants somebody at a terminal who answers."), _("The list itself: crm call")
        )
    begun = begin_walk(session.crm, asked, limit=limit, again=again)
    tell_unreadable(session)
    if not begun.answer.rows:
        _tell_empty(session, begun)
        return 1
    walker = Walker(session, begun)
    try:
        walker.go()
    except KeyboardInterrupt:
        say("")
        walker.sum_up()
        return INTERRUPTED
    walker.sum_up()
    return 0


def _tell_empty(session: Session, begun: Walk) -> None:
    if begun.skipped:
        say(_("Nobody is left to call today."))
        _tell_skipped(begun.skipped)
    else:
        tell_nobody(session, begun.answer, begun.asked)


def _tell_skipped(count: int) -> None:
    text = ngettext(
        "1 skipped today: crm call --walk --again",
        "{count} skipped today: crm call --walk --again",
        count,
    )
    say(text.format(count=count), style="faint")


class Walker:
    """Somebody on the way through the list: where they are, and what they have answered."""

    def __init__(self, session: Session, begun: Walk) -> None:
        self.session = session
        self.walk = begun
        self.rows = [row.summary for row in begun.answer.rows]
        self.at = 0
        self.given: list[Given] = []
        self.skips: set[int] = set()
        self.turned = False  # by going back: the row is shown whether or not it is on the list
        self.over = False
        self.answers: dict[str, Callable[[OneCall], bool]] = {
            "talked": self._talked,
            "tried": self._tried,
            "mailed": self._mailed,
            "rested": self._rested,
            "dropped": self._dropped,
            "skipped": self._skipped,
            "back": self._back,
            "undo": self._undo,
            "end": self._end,
        }

    def go(self) -> None:
        """Show each row as it is at that moment, and do what is answered."""
        if self.walk.skipped:
            _tell_skipped(self.walk.skipped)
        while not self.over and self.at < len(self.rows):
            one = self._now()
            if one is None:
                self.at += 1
                continue
            self.turned = False
            self._show(one)
            while not self._answered(one):
                pass

    def _now(self) -> OneCall | None:
        """The row as it is now; None, and said why, if it is passed over."""
        summary = self.rows[self.at]
        try:
            one = row_now(self.session.crm, self.walk, summary.path)
        except FileNotReadable as failure:
            tell_failure(failure)
            return None
        if one.on_list or self.turned:
            return one
        if not any(given.at == self.at for given in self.given):
            why = ", ".join(one.against) or _("no reason any more")
            say(one_line(_("Passed over: {name} – {why}").format(name=summary.name, why=why)))
        return None

    def _show(self, one: OneCall) -> None:
        put()
        place = _("{number} of {count}").format(number=self.at + 1, count=len(self.rows))
        put(paint(f"── {place} ──", "faint"))
        put_against(one)
        put_suggestion(self.session, one.answer, one.row)
        put()
        if any(blocks := list(short_blocks(one.look))):
            put_blocks(blocks)
            put()

    def _answered(self, one: OneCall) -> bool:
        """Wait for one key and do it; tell whether the row is done with."""
        nothing = {"back"} if not self.at else set()
        walk_keys.ask(nothing if self.given else nothing | {"undo"})
        pressed = key_pressed()
        if not pressed:
            return self._end(one)
        name = walk_keys.meant(pressed)
        if name == "help":
            walk_keys.tell()
        if name not in self.answers:
            if name != "help":
                say(_("That key means nothing here: ? tells the keys."), style="careful")
            return False
        self.session.look_again()  # it may be half an hour since the row was shown
        try:
            return self.answers[name](one)
        except CrmError as failure:
            tell_failure(failure)
            return False

    def _written(self, name: str, action: str, *, on: bool = True) -> bool:
        """Remember what was written, and go on to the next row, or look at this one again."""
        if not action:
            return False
        self.given.append(Given(self.at, name, action))
        self._forget_skip()
        self.at += on
        return True

    def _talked(self, one: OneCall) -> bool:
        question = _("What was it about? (Enter: back)")
        action = log_talk(self.session, one.row, one.answer.way, question)
        return self._written("talked", action)

    def _tried(self, one: OneCall) -> bool:
        session, way = self.session, one.answer.way
        action = log(session, lambda: walking.not_reached(session.crm, one.row, way=way))
        return self._written("tried", action)

    def _mailed(self, one: OneCall) -> bool:
        address = walking.mail_address(one.row, one.answer.day)
        question = _("A mail to {address}: about what? (Enter: back)").format(address=address)
        subject = line_typed(one_line(question))
        if not subject:
            return False
        session = self.session
        action = log(session, lambda: walking.mailed(session.crm, one.row, subject))
        if action:
            put(one_line(walking.mail_link(address, subject)))
        return self._written("mailed", action)

    def _rested(self, one: OneCall) -> bool:
        today = self.session.now.date()
        until = answered(
            _("Until when? (Enter: back)"),
            lambda words: walking.read_until(words, today) if words else None,
        )
        if until is None:
            return False
        day, reason = until
        if not reason:
            typed = line_typed(_("Why? (Enter: no reason)"))
            if typed is None:
                return False
            reason = typed

        def write() -> str:
            fact = walking.rest(self.session.crm, one.row, day, reason)
            for sentence in fact.told:
                say(one_line(f"{fact.name}: {sentence}"), style="good")
            tell_done(self.session, fact.action)
            return fact.action

        return self._written("rested", done(write))

    def _dropped(self, one: OneCall) -> bool:
        """Drop one thing; the row stays as long as something else speaks for it."""
        crm = self.session.crm
        found = droppable(crm, one.row, one.answer.day, one.answer.owner or crm.me)
        if not found:
            say(_("Nothing of it can be dropped; with {key} they rest.").format(key="r"))
            return False
        chosen = found[0] if len(found) == 1 else _which(found)
        if chosen is None:
            return False
        why: str | None = ""
        if chosen.takes_why:
            question = _("Drop {thing}. Why? (Enter: no reason)").format(thing=chosen.text)
            why = line_typed(one_line(question))
        if why is None:
            return False
        reason = why

        def write() -> str:
            action = drop(self.session.crm, one.row, chosen, reason)
            say(one_line(_("Dropped: {thing}").format(thing=chosen.text)), style="good")
            tell_done(self.session, action)
            return action

        return self._written("dropped", done(write), on=False)

    def _skipped(self, one: OneCall) -> bool:
        skip(self.session.crm, self.walk.list_, one.row.summary.path)
        self.skips.add(self.at)
        self.at += 1
        return True

    def _back(self, _one: OneCall) -> bool:
        if not self.at:
            say(_("This is the first one."), style="careful")
            return False
        self.at -= 1
        self.turned = True
        self._forget_skip()
        return True

    def _undo(self, _one: OneCall) -> bool:
        if not self.given or self.given[-1].action == WAITS:
            say(_("There is nothing to take back on this walk."), style="careful")
            return False
        last = self.given[-1]
        undone = undo(self.session.crm, last.action)
        say(one_line(undone_sentence(undone.told, undone.restored)), style="good")
        self.given.pop()
        self.at, self.turned = last.at, True
        return True

    def _end(self, _one: OneCall) -> bool:
        self.over = True
        return True

    def _forget_skip(self) -> None:
        if self.at in self.skips:
            self.skips.discard(self.at)
            unskip(self.session.crm, self.walk.list_, self.rows[self.at].path)

    def sum_up(self) -> None:
        """Say in one line what was done, and what is left."""
        counts = Counter(given.name for given in self.given)
        counts["skipped"] = len(self.skips)
        parts = [
            text for name, count in counts.items() if count for text in [_counted(name, count)]
        ]
        left = len(self.rows) - self.at + self.walk.answer.total - len(self.rows)
        if left:
            text = ngettext("1 left: crm call --walk", "{count} left: crm call --walk", left)
            parts.append(text.format(count=left))
        say(_("Walk: {told}").format(told=" · ".join(parts) or _("nothing done")), style="title")


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


def _counted(name: str, count: int) -> str:
    return {
        "talked": ngettext("1 talk", "{count} talks", count),
        "tried": ngettext("1 not reached", "{count} not reached", count),
        "mailed": ngettext("1 mail", "{count} mails", count),
        "rested": ngettext("1 rests", "{count} rest", count),
        "dropped": ngettext("1 dropped", "{count} dropped", count),
        "skipped": ngettext("1 skipped", "{count} skipped", count),
    }[name].format(count=count)
