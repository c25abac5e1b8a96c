"""Ask what there is to log where nobody typed it behind the command: words, mood, next step."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.cli.asking import somebody_is_there
from crm_md.cli.editor import has_editor, text_from_editor
from crm_md.cli.keys import answered, line_typed, typed_again
from crm_md.cli.session import Session
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.questions.naming import Named
from crm_md.records.log_entry import Wish, understand
from crm_md.records.promised_days import next_step


def wish_written(
    session: Session, everybody: Sequence[Named], wish: Wish, *, editor: bool
) -> Wish | None:
    """Return a wish with the words that somebody writes now, None where that is nothing.

    Questions on the screen, or the editor of whoever has chosen one.

    Args:
        session: the run of the program.
        everybody: whose entry it is.
        wish: what the command's options say already.
        editor: it is asked for.
    """
    names = ", ".join(who.name for who in everybody)
    if not (editor or has_editor()) and somebody_is_there():
        return _asked(session, everybody[0], names, wish)
    question = _("What was it about at {name}? First line: the entry.")
    return replace(wish, words=text_from_editor(question.format(name=names)))


def _asked(session: Session, who: Named, names: str, wish: Wish) -> Wish | None:
    """Ask; what was answered in vain is shown, so that it is not lost."""

    def readable(words: str) -> str:
        if words:
            understand(session.crm, who, replace(wish, words=words))
        return words

    def with_a_day(words: str) -> str:
        return words and next_step(words, session.now.date()).written

    with typed_again() as typed:
        question = _("{name}: what was it about, in one line? (Enter: nothing)")
        words = answered(question.format(name=names), readable)
        if not words:
            return None
        typed.append(words)
        mood = wish.mood or line_typed(_("In what mood were they? (Enter: no word)"))
        if mood is None:
            return None
        typed.append(mood)
        step: str | None = wish.next
        if not step and not wish.keep_next:
            step = answered(_("What comes next, and when? (Enter: nothing)"), with_a_day)
        if step is None:
            return None
        typed.clear()
    return replace(wish, words=words, mood=mood, next=step)
