"""``crm todo``: what is to be done, by day, and writing a task that needs no entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_done, tell_empty, tell_gone, tell_twin, tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import (
    complete_customers,
    day_named,
    limit_option,
    named,
    owner_option,
)
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.rows import Piece, Row, apart, put_blocks
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import CUSTOMER
from crm_md.questions.naming import candidates
from crm_md.questions.todo import Some, Todo, asked, due, todo
from crm_md.words import MENTION_CUSTOMER, MENTION_ME, plain

if TYPE_CHECKING:
    from crm_md.crm import Crm
    from crm_md.index.promises import Promise

TITLES = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "this week": N_("This week"),
    "later": N_("Later"),
    "any day": N_("Without a day"),
}


@command(
    "todo",
    N_(
        "What is to be done, by day: our tasks, the next steps that are due, what they owe us, the "
        "open complaints; at my customers and at nobody's, and my own anywhere. With a day, what "
        "is due by then. The code in front ticks a task: crm done CODE. With --add, a task is "
        "written that needs no entry."
    ),
    N_(
        "crm todo\n"
        "crm todo tomorrow\n"
        "crm todo petersen\n"
        'crm todo petersen --add "send the catalogue due:friday @ben"\n'
        "crm todo --owner all --limit 50"
    ),
)
@click.argument(
    "customer", nargs=-1, metavar=N_("[CUSTOMER|DATE]"), shell_complete=complete_customers
)
@click.option(
    "--add",
    "--neu",
    "new",
    metavar=N_("TEXT"),
    default="",
    help=N_("Write a task: “… due:friday @ben”."),
)
@owner_option
@limit_option
@click.option(
    "--all", "--alle", "everything", is_flag=True, help=N_("Every row, not only the first.")
)
def todo_command(
    session: Session,
    customer: tuple[str, ...],
    new: str,
    owner: str,
    limit: int | None,
    everything: bool,
) -> int:
    """Print what is open, or add to it."""
    if new:
        _add(session, customer, new)
        return 0
    words = " ".join(customer)
    day = day_named(session, words) if words else None
    who = named(session, words) if words and day is None else None
    most = 0 if everything else limit
    until = (day.until or day.date) if day else None
    found = todo(session.crm, who, owner=owner, limit=most, until=until)
    if session.json:
        put_json([_as_json(one) for one in found.rows])
    else:
        _print(session, found, one_customer=who is not None, narrowed=bool(owner or words))
    tell_unreadable(session)
    return 0 if found.rows else 1


def _add(session: Session, customer: tuple[str, ...], words: str) -> None:
    """Write a task. What follows the customer's name belongs to it, quotation marks or not."""
    from crm_md.records.tasks import add_task  # the list does without the grammar of files

    if not customer:
        raise UsageProblem(
            _("Whose task is it? The customer is missing."),
            _('For example: crm todo petersen --add "send the catalogue due:friday"'),
        )
    crm = session.crm
    crm.ask_who_i_am()
    whole = " ".join(customer)
    if len(customer) > 1 and not candidates(crm, whole) and candidates(crm, customer[0]):
        whole, words = customer[0], " ".join((words, *customer[1:]))
    added = add_task(crm, named(session, whole), words)
    task, today = added.task, session.now.date()
    code = crm.catalogue.promises.shown([added.code])[added.code]
    say(_("{name}: to do: {task}").format(name=added.name, task=one_line(task.text)), "good")
    if task.due:
        day = say_date(task.due, language())
        relative = say_when(task.due, today, language())
        said = _("Due {day} ({relative}).").format(day=day, relative=relative)
        say(said, "careful" if task.due < today else "plain")
    if task.whose == CUSTOMER:
        say(_("It is theirs to do."))
    elif task.whose not in ("", crm.me):
        member = crm.config.member(task.whose)
        say(_("For {name}.").format(name=one_line(member.name if member else task.whose)))
    unknown = [one for one in task.mentions if crm.config.team and not _is_known(crm, one)]
    for one in unknown:
        say(_("“{name}” is nobody of the team.").format(name=one), "careful")
    tell_gone(session, task.mentions)
    if added.twin:
        tell_twin(added.twin)
    say(_("Tick it: crm done {code}").format(code=code), "faint")
    tell_done(session, added.action)


def _is_known(crm: Crm, mention: str) -> bool:
    return bool(crm.config.member(mention)) or plain(mention) in MENTION_CUSTOMER | MENTION_ME


def _print(session: Session, found: Todo, *, one_customer: bool, narrowed: bool) -> None:
    if found.everybody and not one_customer and not session.crm.in_team:
        say(_("Everybody's list: you are in no team of crm.toml."), style="faint")
    blocks = [*_by_day(session, found, one_customer, narrowed)]
    for title, some in ((_("They owe us"), found.theirs), (_("Open complaints"), found.complaints)):
        if some.rows:
            rows = [_row(session, found, one, one_customer) for one in some.rows]
            blocks.append([Row(title), *rows, *_more(some, narrowed)])
    if found.questions:
        blocks.append([Row(_("To settle")), *_questions(found, one_customer)])
    put_blocks(blocks)
    if not blocks:
        say(_("Nothing is open."))
        tell_empty(session)
    if found.ours.rows or found.theirs.rows:
        first = found.codes[(found.ours.rows or found.theirs.rows)[0].code]
        say(_("Tick one: crm done {code}").format(code=first), style="faint")
    if found.questions:
        slugs = {one.slug for one in found.questions}
        command = " ".join((_("crm settle"), *(slugs if len(slugs) == 1 else ())))
        say(_("Decide what is to be settled: {command}").format(command=command), style="faint")


def _questions(found: Todo, one_customer: bool) -> Iterator[Row]:
    """Yield what merges left, without codes: nobody ticks it."""
    for one in found.questions:
        name = "" if one_customer else one_line(one.name)
        parts = [Piece(one_line(asked(one)), "plain"), Piece(name, "title")]
        yield Row("", tuple(apart(parts)))


def _by_day(
    session: Session, found: Todo, one_customer: bool, narrowed: bool
) -> Iterator[list[Row]]:
    today = session.now.date()
    rows: dict[str, list[Row]] = {}
    for one in found.ours.rows:
        rows.setdefault(due(one, today), []).append(_row(session, found, one, one_customer))
    blocks = [[Row(_(TITLES[day])), *rows[day]] for day in TITLES if day in rows]
    if blocks:
        blocks[-1] += _more(found.ours, narrowed)
    yield from blocks


def _more(some: Some, narrowed: bool) -> list[Row]:
    rest = some.total - len(some.rows)
    if not rest:
        return []
    if narrowed:
        text = ngettext("{count} more: --all", "{count} more: --all", rest)
    else:
        text = ngettext("{count} more: crm todo --all", "{count} more: crm todo --all", rest)
    return [Row("", (Piece(text.format(count=rest), "faint"),))]


def _row(session: Session, found: Todo, one: Promise, one_customer: bool) -> Row:
    """Code, what, at whom, when, and whose it is if not mine."""
    today = session.now.date()
    day = one.said_on if one.kind == "complaint" else one.due
    is_late = one.kind == "complaint" or (one.due is not None and one.due < today)
    when = f"{say_date(day, language())} ({say_when(day, today, language())})" if day else ""
    whose = "" if one.whose in ("", CUSTOMER, session.crm.me) else f"@{one.whose}"
    text = _("Next step: {step}").format(step=one.text or "–") if one.kind == "step" else one.text
    parts = [
        Piece(one_line(text), "plain"),
        Piece("" if one_customer else one_line(one.name), "title"),
        Piece(when, "careful" if is_late else "faint", whole=True),
        Piece(one_line(whose), "hit"),
    ]
    return Row(found.codes[one.code], tuple(apart(parts)), "faint")


def _as_json(one: Promise) -> dict[str, Any]:
    """Return a row; its code is the whole one, of which any beginning will do."""
    return {
        "code": one.code or None,
        "kind": one.kind,
        "slug": one.slug,
        "name": one.name,
        "owner": one.owner or None,
        "text": one.text,
        "due": one.due and one.due.isoformat(),
        "whose": one.whose or None,
        "state": one.state,
        "said_on": one.said_on and one.said_on.isoformat(),
        "path": one.path,
        "line": one.line,
        "to_settle": asked(one) if one.kind == "question" else None,
    }
