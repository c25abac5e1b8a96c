"""``crm new``, ``crm rename``, ``crm remove``: customers come, are renamed, and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, chosen, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import one_line, put, put_json, say
from crm_md.cli.session import Session
from crm_md.crm import Crm
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _
from crm_md.questions.naming import told_apart
from crm_md.records.customers import (
    linked_from,
    maybe_the_same,
    new_customer,
    remove_customer,
    rename_customer,
)
from crm_md.records.placing import folder_for_new, is_begun

if TYPE_CHECKING:
    from crm_md.likeness import Alike

_PLACEHOLDERS = frozenset(("NAME", "CUSTOMER", "KUNDE"))  # as our own hints write them


@command(
    "new",
    N_(
        "Add a customer from templates/customer.md; only the name is needed. Customers that may "
        "be the same are named, with why."
    ),
    N_(
        'crm new Bäckerei Sörensen\ncrm new "Müller & Söhne" --phone 0351 471100 --city Dresden\n'
        "crm new Inselhotel Juist --folder north"
    ),
    numbers=("--phone", "--telefon"),
)
@click.argument("name", nargs=-1, required=True, metavar=N_("NAME…"))
@click.option("--phone", "--telefon", default="", help=N_("Their phone number."))
@click.option("--email", "--mail", default="", help=N_("Their e-mail address."))
@click.option(
    "--city", "--ort", default="", help=N_("Where they are; a postcode may stand before it.")
)
@click.option("--status", default="", help=N_("lead, prospect, customer …"))
@click.option(
    "--folder",
    "--ordner",
    metavar=N_("FOLDER"),
    help=N_("Where the file goes, below customers; one that is not there is begun."),
)
def new_command(
    session: Session,
    name: tuple[str, ...],
    phone: str,
    email: str,
    city: str,
    status: str,
    folder: str | None,
) -> int:
    """Add a customer, after naming those that may be the same."""
    crm = session.crm
    shown = " ".join(name)
    if shown.rstrip("…") in _PLACEHOLDERS:
        raise UsageProblem(
            _("“{word}” stands for the name of the customer.").format(word=shown),
            _("For example: crm new Bäckerei Sörensen"),
        )
    first, _blank, town = city.partition(" ")
    code, town = (first, town) if first[:1].isdigit() and town else ("", city)
    fields = {"phone": phone, "email": email, "zip": code, "city": town, "status": status}
    fields["owner"] = crm.me
    same = maybe_the_same(crm, shown, fields)
    for one in same[:5]:
        say(one_line(_maybe_the_same(crm, one)), style="careful")
    if same and somebody_is_there() and not agreed(_("Add all the same?")):
        text = _("Nothing was added. To see who is there: crm show {slug}")
        say(text.format(slug=same[0].slug))
        return 0
    place = _folder(crm, folder)
    if not is_begun(crm, place):
        say(_("A new folder: {folder}").format(folder=one_line(place)), style="careful")
    given = {key: value for key, value in fields.items() if value}
    made = new_customer(crm, shown, given, folder=place)
    if session.json:
        put_json({"slug": made.slug, "name": made.name, "path": made.path, "action": made.action})
    else:
        put(made.path)
    say(_("{name} is in the book.").format(name=made.name), style="good")
    tell_done(session, made.action)
    from crm_md.quality.edits import findings_of

    for slip in findings_of(crm, crm.read(made.path)):
        say(one_line(f"{slip.path}:{slip.line}: {slip.text} → {slip.remedy}"), style="careful")
    return 0


def _maybe_the_same(crm: Crm, one: Alike) -> str:
    """Return who may be the same as somebody new, so that it can be told without a look."""
    named = ", ".join(filter(None, (one.name, told_apart(crm, one.slug))))
    return _("May be the same: {name} – {why} ({slug})").format(
        name=named, why="; ".join(one.why), slug=one.slug
    )


def _folder(crm: Crm, asked: str | None) -> str:
    """Return where a new customer goes; of several folders of a part, somebody chooses."""
    folders = crm.part.folders if crm.part else ()
    if asked is None and len(folders) > 1 and somebody_is_there():
        return folders[chosen(_("In which folder?"), folders)]
    return folder_for_new(crm, asked)


@command(
    "rename",
    N_(
        "Give a customer another name: the file and the attachments move, links and relations of "
        "others follow, and the old name stays as an alias."
    ),
    N_('crm rename petersen "Modehaus Petersen & Töchter"'),
)
@customer_argument
@click.argument("name", nargs=-1, required=True, metavar=N_("NAME…"))
def rename_command(session: Session, customer: str, name: tuple[str, ...]) -> None:
    """Rename."""
    done = rename_customer(session.crm, named(session, customer), " ".join(name))
    say(_("{old} is now called {new}.").format(old=done.old, new=done.new), style="good")
    if done.relinked:
        say(_("Links followed at: {names}.").format(names=", ".join(done.relinked)))
    put(done.path)
    tell_done(session, done.action)


@command(
    "remove",
    N_("Remove a customer and the attachments. Undo brings all of it back."),
    N_("crm remove petersen"),
)
@customer_argument
@click.option("-y", "--yes", "--ja", is_flag=True, help=N_("Do not ask."))
def remove_command(session: Session, customer: str, yes: bool) -> None:
    """Remove, after naming who links here."""
    who = named(session, customer)
    linked = linked_from(session.crm, who)
    if linked:
        names = ", ".join(linked)
        say(_("Named at: {names}. Those links will lead nowhere.").format(names=names), "careful")
    question = _("Remove {name}?").format(name=who.name)
    if not yes and somebody_is_there() and not agreed(question):
        raise click.Abort
    done = remove_customer(session.crm, who)
    say(_("{name} is removed.").format(name=done.name), style="good")
    tell_done(session, done.action)
