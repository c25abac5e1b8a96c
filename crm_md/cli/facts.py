"""``crm set`` and ``crm note``: change one fact, add one line."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, chosen, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.document.body_edits import NoteRole
from crm_md.document.field_labels import label
from crm_md.errors import UsageProblem
from crm_md.frozen import replace
from crm_md.messages import N_, _
from crm_md.questions.naming import Named
from crm_md.records.facts import FactSet, note, set_fact
from crm_md.records.whose_fact import field_of, whose
from crm_md.words import plain

SECTION_WORDS: dict[str, NoteRole] = {
    **dict.fromkeys(("common", "gemeinsames", "gemeinsam", "bezugspunkte"), "common"),
    **dict.fromkeys(("careful", "vorsicht"), "careful"),
}


@command(
    "set",
    N_(
        "Change one fact of the head; every other byte of the file stays. If the customer was "
        "named by a person, a fact that people have is that person's; of another one crm asks "
        "whose it is. A person, a deal or a relation comes beside those that are there; a mobile "
        "number never takes the place of a landline."
    ),
    N_(
        "crm set petersen segment B\n"
        "crm set heike phone 04922 9300-12\n"
        "crm set heike mobile 0171 5550123\n"
        "crm set petersen contacts Enno Reh, purchasing, 04922 9300-17\n"
        "crm set petersen contacts.heike.reach mornings\n"
        "crm set petersen tags --add islands"
    ),
)
@customer_argument
@click.argument("field", metavar=N_("FIELD"))
@click.argument("values", nargs=-1, metavar=N_("VALUE…"))
@click.option(
    "--add", "--dazu", is_flag=True, help=N_("Add to a list: a tag, a second number, a person.")
)
@click.option("--remove", "--weg", is_flag=True, help=N_("Take one out of a list."))
@click.option("--delete", "--löschen", is_flag=True, help=N_("Remove the whole fact."))
def set_command(
    session: Session,
    customer: str,
    field: str,
    values: tuple[str, ...],
    add: bool,
    remove: bool,
    delete: bool,
) -> None:
    """Set, add, remove or delete."""
    from crm_md.quality.edits import new_findings

    how = _how(values, add=add, remove=remove, delete=delete)
    who, field = _meant(session, named(session, customer), field)
    done = set_fact(session.crm, who, field, values, how)
    _tell(session, done)
    if done.kept:
        say(_("Stays as it was: {kept}").format(kept=done.kept))
    for one in new_findings(session.crm, done.before, done.after):
        say(one_line(f"{one.path}:{one.line}: {one.text} → {one.remedy}"), style="careful")


@command(
    "note",
    N_(
        "Add one line: to the free text about a customer, to what we have in common (common), or "
        "to what to be careful about (careful)."
    ),
    N_("crm note petersen common sails, too\ncrm note petersen careful never mention the brother"),
)
@customer_argument
@click.argument("words", nargs=-1, required=True, metavar=N_("[common|careful] TEXT…"))
def note_command(session: Session, customer: str, words: tuple[str, ...]) -> None:
    """Add a line."""
    who = named(session, customer)
    section = _section(words[0]) if len(words) > 1 else ""
    _tell(session, note(session.crm, who, section, " ".join(words[1:] if section else words)))


def _meant(session: Session, who: Named, field: str) -> tuple[Named, str]:
    """Return whose fact is meant and how it is typed, asked on a terminal where it is not sure."""
    if not somebody_is_there() or not (who.person or who.people):
        return who, field
    document = session.crm.read(who.path)
    found = whose(document, who, field)
    owner = found.owners[0]
    if len(found.owners) > 1:
        shown = [one or document.customer.name for one in found.owners]
        question = _("{field}: whose is meant?").format(field=label(found.field))
        owner = found.owners[chosen(question, shown, likeliest=False)]
    elif not found.sure:
        question = _("{field} is a fact of the whole customer: {customer}. Change it there?")
        customer = document.customer.name
        if not agreed(question.format(field=label(found.field), customer=customer)):
            raise click.Abort
    return replace(who, person="", people=()), field_of(document, owner, field)


def _how(values: tuple[str, ...], *, add: bool, remove: bool, delete: bool) -> str:
    chosen = [word for word, on in (("add", add), ("remove", remove), ("delete", delete)) if on]
    if len(chosen) > 1:
        raise UsageProblem(_("Only one of --add, --remove and --delete goes at a time."))
    how = chosen[0] if chosen else "set"
    if how == "delete" and values:
        raise UsageProblem(
            _("--delete takes the whole fact away, so no value can follow."),
            _("One of several goes with --remove, as in: crm set petersen tags --remove islands"),
        )
    if how != "delete" and not values:
        raise UsageProblem(
            _("The new value is missing."),
            _("For example: crm set petersen segment B. To remove the fact: --delete"),
        )
    return how


def _section(word: str) -> NoteRole:
    """Return the section a word names, "" where it is a word of the text."""
    return SECTION_WORDS.get(plain(word.rstrip(":")), "")


def _tell(session: Session, done: FactSet) -> None:
    whose = f"{done.person} ({done.name})" if done.person else done.name
    for sentence in done.told:
        say(f"{whose}: {sentence}", style="good")
    tell_done(session, done.action)
