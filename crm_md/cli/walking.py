"""``crm call --walk``: through the call list one by one, each row answered with one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

from crm_md.cli import walk_keys
from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.asking import somebody_is_there
from crm_md.cli.calling import put_suggestion, tell_nobody, tell_pressing
from crm_md.cli.keys import key_pressed, tell_failure
from crm_md.cli.one_call import WAITS, put_against
from crm_md.cli.output import one_line, paint, put, say
from crm_md.cli.quick_look_page import short_blocks
from crm_md.cli.rows import put_blocks
from crm_md.cli.session import Session
from crm_md.cli.walk_answers import WRITING
from crm_md.errors import CrmError, FileNotReadable, UsageProblem
from crm_md.messages import _, ngettext
from crm_md.questions.calling import Asked
from crm_md.questions.one_call import OneCall
from crm_md.questions.walking import Walk, begin_walk, row_now
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
    tell_pressing(begun.answer)


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
        self.moving: dict[str, Callable[[OneCall], bool]] = {
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
        elif not name:
            say(_("That key means nothing here: ? tells the keys."), style="careful")
        else:
            self.session.look_again()  # it may be half an hour since the row was shown
            return self._done(name, one)
        return False

    def _done(self, name: str, one: OneCall) -> bool:
        """Do what was answered; tell whether the row is done with."""
        try:
            if name in self.moving:
                return self.moving[name](one)
            action = WRITING[name](self.session, one)
        except CrmError as failure:
            tell_failure(failure)
            return False
        if not action:
            return False
        self.given.append(Given(self.at, name, action))
        self._forget_skip()
        if name != "dropped":  # something else may still speak for the row
            self.at += 1
        return True

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


def _counted(name: str, count: int) -> str:
    return {
        "talked": ngettext("1 talk", "{count} talks", count),
        "tried": ngettext("1 not reached", "{count} not reached", count),
        "mailed": ngettext("1 mail", "{count} mails", count),
        "rested": ngettext("1 rests", "{count} rest", count),
        "dropped": ngettext("1 dropped", "{count} dropped", count),
        "skipped": ngettext("1 skipped", "{count} skipped", count),
    }[name].format(count=count)
