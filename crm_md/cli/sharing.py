"""``crm sync``: share with the team, and tell what came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_beside, tell_held_up, tell_note, told_together
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.session import Session
from crm_md.errors import CrmError, UsageProblem
from crm_md.messages import N_, _, ngettext
from crm_md.records.told_first import told_first
from crm_md.team.syncing import Synced, sync

if TYPE_CHECKING:
    from crm_md.records.handwork import SavedAll
    from crm_md.team.alike import ToldTogether
    from crm_md.team.telling import ToldCustomer


@command(
    "sync",
    N_(
        "Share with the team: save what was edited by hand, fetch what the others did, join both, "
        "and share yours. Nothing is ever lost, asked or forced; what people must decide becomes a "
        "line in the file. May run unattended and be interrupted at any moment."
    ),
    N_(
        "crm sync\ncrm sync git@example.com:firm/customers.git\n"
        "*/10 * * * * cd ~/customers && ~/.local/bin/crm sync --quiet"
    ),
)
@click.argument("address", default="", metavar=N_("[URL]"))
@click.option(
    "--follow",
    "--übernehmen",
    "follow",
    is_flag=True,
    help=N_("Where the other side lacks what was shared, do without it; bring your own along."),
)
@click.option(
    "--give-back",
    "--zurückgeben",
    "give_back",
    is_flag=True,
    help=N_("Where the other side lacks what was shared, give it back."),
)
@click.option(
    "--quiet",
    "--leise",
    "quiet",
    is_flag=True,
    help=N_("Speak only when there is something to do for a person, such as for cron."),
)
def sync_command(session: Session, address: str, follow: bool, give_back: bool, quiet: bool) -> int:
    """Share, and tell what came in."""
    if follow and give_back:
        raise UsageProblem(
            _("Either do without what is missing there, or give it back."),
            _("Help: crm sync --help"),
        )

    def share() -> Synced:
        return sync(session.crm, address=address, follow=follow, give_back=give_back)

    if quiet:
        from crm_md.cli.sharing_quietly import sync_quietly

        return sync_quietly(session, share)
    _share_and_tell(session, share)
    return 0


def share_now(session: Session) -> None:
    """Share after a command that wrote, and tell what came in and whether it arrived.

    Raises:
        CrmError: it could not be shared; what was written is saved here and waits.
    """
    _share_and_tell(session, lambda: sync(session.crm))


def _share_and_tell(session: Session, share: Callable[[], Synced]) -> None:
    with _telling_in_any_case(session):
        done = share()
    if session.json:
        put_json(as_json(done))
    else:
        _print(done.came, done.came_alike)
    _tell(session, done)


@contextmanager
def _telling_in_any_case(session: Session) -> Iterator[None]:
    """Tell what came in before ours was refused; programs hear it with their next answer."""
    try:
        yield
    except CrmError:
        if not session.json:
            from crm_md.team.arrivals import arrived_untold

            with suppress(CrmError):
                came = arrived_untold(session.crm)
                _print(came.customers, came.alike)
                _tell_more(came.more, bool(came.customers))
                tell_questions(came.questions)
        raise


def _print(customers: Sequence[ToldCustomer], alike: Sequence[ToldTogether]) -> None:
    """Print what came in, as `crm review` would."""
    if not (customers or alike):
        return
    from crm_md.cli.telling_news import in_order, put_customer, put_together
    from crm_md.team.alike import ToldTogether

    for one in in_order(customers, alike):
        if isinstance(one, ToldTogether):
            put_together(one)
        else:
            put_customer(one)


def _tell(session: Session, done: Synced) -> None:
    """Say what was saved, shared, and left to do."""
    if done.saved:
        _tell_saved(done.saved)
    _tell_more(done.came_more, bool(done.came))
    for note in done.notes:
        tell_note(note)
    _tell_lost(done)
    _tell_shared(done)
    tell_questions(done.questions)
    if done.not_shared and (new := told_first(session.crm, done.not_shared)):
        tell_beside(new)
    tell_held_up(session)


def _tell_more(count: int, others: bool) -> None:
    """Say how many customers came in of which nothing was told; ``others`` if of some it was."""
    if count and others:
        say(
            ngettext(
                "And 1 customer more: crm review", "And {count} customers more: crm review", count
            ).format(count=count)
        )
    elif count:
        say(
            ngettext(
                "1 customer came in: crm list", "{count} customers came in: crm list", count
            ).format(count=count)
        )


def tell_questions(count: int) -> None:
    """Say how many questions came in."""
    if count:
        say(
            ngettext(
                "1 question to settle: crm settle", "{count} questions to settle: crm settle", count
            ).format(count=count),
            "careful",
        )


def _tell_saved(saved: SavedAll) -> None:
    """Say what was saved first, and what of it could not be."""
    for sentence in saved.caught_up:
        say(_("Saved now: {sentence}").format(sentence=one_line(sentence)), "good")
    for line in told_together(saved.files):
        say(_("Saved: {what}").format(what=one_line(line)), "good")
    for problem in saved.left_out:
        say(one_line(f"{problem}  → {problem.hint}"), "careful")


def _tell_lost(done: Synced) -> None:
    """Say what became of what was shared, and gone from the other side."""
    if done.given_back:
        say(
            ngettext(
                "{address} had an older state: 1 change was missing there, and is there again.",
                "{address} had an older state: {count} changes were missing there, and are there "
                "again.",
                done.given_back,
            ).format(count=done.given_back, address=done.address),
            "good",
        )
    if done.kept:
        say(
            _(
                "What is gone there is kept as branch {kept}; all comes back by: git merge {kept}"
            ).format(kept=done.kept)
        )


def tell_waits(count: int) -> None:
    """Say how many changes the others do not have yet."""
    say(
        ngettext(
            "1 change waits to be shared; it goes along with the next crm sync.",
            "{count} changes wait to be shared; they go along with the next crm sync.",
            count,
        ).format(count=count)
        if count
        else _("Nothing waits to be shared.")
    )


def _tell_shared(done: Synced) -> None:
    if done.offline:
        say(one_line(done.offline), "careful")
        tell_waits(done.waits)
    elif done.shared:
        say(
            ngettext(
                "1 change shared with {place}.", "{count} changes shared with {place}.", done.shared
            ).format(count=done.shared, place=done.remote),
            "good",
        )
    elif not (done.came or done.came_alike or done.came_more or done.given_back):
        say(_("Nothing new, here as there."))


def as_json(done: Synced) -> dict[str, Any]:
    """Return what was done, for programs."""
    return {
        "remote": done.remote,
        "address": done.address,
        "saved": [one.path for one in done.saved.files] if done.saved else [],
        "came": [_came(one) for one in done.came],
        "alike": [
            {
                "what": one.what,
                "by": one.by,
                "change": one.sentence,
                "paths": list(one.paths),
            }
            for one in done.came_alike
        ],
        "more": done.came_more,
        "files": list(done.came_else),
        "shared": done.shared,
        "given_back": done.given_back,
        "kept": done.kept or None,
        "waiting": done.waits,
        "offline": done.offline or None,
        "questions": done.questions,
        "not_shared": list(done.not_shared),
        "notes": [note._asdict() for note in done.notes],
    }


def _came(one: ToldCustomer) -> dict[str, Any]:
    return {
        "path": one.path,
        "name": one.name,
        "by": [work.by for work in one.works if work.by],
        "changes": [piece.sentence for work in one.works for piece in work.news],
        "urgency": one.urgency.name.lower(),
    }
