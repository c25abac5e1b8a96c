"""``crm sync --quiet``, as a clock starts it: say what a person has to do, and that once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from crm_md.cli.afterwords import tell_beside, tell_note
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.session import Session
from crm_md.cli.sharing import as_json, tell_questions, tell_waits
from crm_md.dates import say_date
from crm_md.errors import CrmError, StoreLocked
from crm_md.history.last_talk import newest
from crm_md.messages import _, language
from crm_md.records.told_first import first_today, told_first

if TYPE_CHECKING:
    from crm_md.team.syncing import Synced

PATIENCE = timedelta(days=3)  # a weekend without the office's drive is nothing to do


def sync_quietly(session: Session, share: Callable[[], Synced]) -> int:
    """Share; what passes by itself is said after days, all else once a day as long as it is so.

    Returns:
        0, or the exit code of what hindered it, also where that was said before.

    Raises:
        CrmError: it could not be shared, which was not said today.
    """
    try:
        done = share()
    except CrmError as problem:
        passes = isinstance(problem, StoreLocked)
        if passes and not _for_days(session):
            return problem.exit_code
        if first_today(session.crm, [type(problem).__name__]):
            raise
        return problem.exit_code
    if session.json:
        put_json(as_json(done))
    for note in done.notes:
        tell_note(note)
    tell_questions(done.questions)
    if done.not_shared and (new := told_first(session.crm, done.not_shared)):
        tell_beside(new)
    _tell_wrong(session, done)
    return 0


def _tell_wrong(session: Session, done: Synced) -> None:
    """Say what stays wrong until somebody puts it right."""
    away = bool(done.offline) and _for_days(session)
    wrong = list(_wrong(session, done))
    new = first_today(session.crm, [*wrong, *(["away"] if away else [])])
    for one in wrong:
        if one in new:
            say(one, "careful")
    if "away" in new:
        say(one_line(done.offline), "careful")
        _tell_since(session)
        tell_waits(done.waits)


def _wrong(session: Session, done: Synced) -> Iterator[str]:
    problems: list[CrmError] = [*(done.saved.left_out if done.saved else ())]
    problems += session.crm.held_up()
    for problem in problems:
        yield one_line(f"{problem}  → {problem.hint}")
    if session.crm.config_problem:
        yield one_line(str(session.crm.config_problem))


def _for_days(session: Session) -> bool:
    """Tell whether it is days since something could be shared."""
    last = newest(session.crm.git)
    return last is None or session.now - last.when > PATIENCE


def _tell_since(session: Session) -> None:
    last = newest(session.crm.git)
    if last:
        day = say_date(last.when.date(), language())
        say(_("Nothing was shared since {day}.").format(day=day))
