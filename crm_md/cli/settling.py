"""``crm settle``: the questions that merges left, shown and decided one by one."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_done, tell_unreadable
from crm_md.cli.asking import somebody_is_there, told
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, named
from crm_md.cli.output import one_line, paint, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.errors import DateNotUnderstood, UsageProblem
from crm_md.messages import N_, _, language, ngettext
from crm_md.store import SETTINGS
from crm_md.team.settling import (
    Said,
    Settled,
    ToSettle,
    answer_of,
    settings_to_settle,
    settle,
    the_question,
    to_settle,
)


@command(
    "settle",
    N_(
        "The questions that merges left, as lines with #settle in the section “To settle”: two "
        "people changed one fact differently, or one changed what the other removed. Shows who "
        "said what when; at a terminal it asks one by one. Of a text that was kept twice, or "
        "although somebody removed it, a number says which stays; “both” keeps all. Every answer "
        "is one change of its own, and the line goes away with it. Lines that somebody wrote into "
        "the section by hand are shown, not asked."
    ),
    N_(
        "crm settle\n"
        "crm settle petersen\n"
        "crm settle petersen --take 2\n"
        "crm settle petersen --which phone --take both\n"
        'crm settle petersen --which phone --take "0351 13"'
    ),
)
@click.argument(
    "customer",
    required=False,
    default="",
    metavar=N_("[CUSTOMER]"),
    shell_complete=complete_customers,
)
@click.option(
    "--take",
    "--nimm",
    "take",
    metavar=N_("1|2|both|VALUE"),
    default="",
    help=N_(
        "Decide without being asked: the first value, the second, both, or a new one; =7 for a new "
        "one that is a number."
    ),
)
@click.option(
    "--which",
    "--welche",
    "which",
    metavar=N_("WORDS"),
    default="",
    help=N_("Of several questions the one about this: phone."),
)
def settle_command(session: Session, customer: str, take: str, which: str) -> int:
    """List the questions, or ask them, or take the answer given."""
    crm = session.crm
    who = named(session, customer) if customer else None
    if take:
        if who is None:
            raise UsageProblem(
                _("--take decides one question of one customer."), _("Name the customer.")
            )
        one = the_question(crm, who, which)
        _tell(session, settle(crm, one, answer_of(one, take)))
        return 0
    found = [the_question(crm, who, which)] if who and which else list(to_settle(crm, who))
    by_hand = crm.read(who.path).customer.settle if who else ()
    if session.json:
        put_json([_as_json(one) for one in found])
    elif found and somebody_is_there():
        _ask_all(session, found)
    else:
        for one in found:
            _put(one)
    for line in by_hand:
        say(_("Written by hand: {question}").format(question=one_line(line)), "faint")
    settings = () if who else settings_to_settle(crm)
    for number, value in settings:
        say(f"{SETTINGS}:{number}: {one_line(_('To settle: {question}').format(question=value))}")
    if settings:
        say(
            _("Another value won, further up. Put right what counts, and delete this line."),
            "faint",
        )
    if not (found or settings):
        say(_("Merges left nothing to settle."), "good")
        tell_unreadable(session)
    return 0 if found or settings else 1


def _ask_all(session: Session, found: list[ToSettle]) -> None:
    """Ask one by one; the enter key alone leaves a question for another time."""
    for one in found:
        _put(one)
        while answer := told(_asked(one)):
            if answer == "?":
                say(_explained(one), "faint")
                continue
            try:
                choice = answer_of(one, answer)
                done = settle(session.crm, one, choice)
            except (UsageProblem, DateNotUnderstood) as problem:  # a slip ends no walk
                say(one_line("  → ".join(filter(None, (str(problem), problem.hint)))), "careful")
                continue
            _tell(session, done)
            break


def _asked(one: ToSettle) -> str:
    if not one.values:
        return _("1 if the file is right as it stands, Enter to leave it:")
    if one.question.kind == "file":
        return _("1 to keep, 2 to remove, or Enter to leave it:")
    if one.question.kind == "gone":
        return _("1 or 2, or Enter to leave it:")
    if any(piece.sort == "entry" for piece in one.question.pieces):
        return _("1 to {last}, “both”, or Enter to leave it:").format(last=len(one.values))
    return _("1 to {last}, “both”, a new value, or Enter to leave it:").format(last=len(one.values))


def _explained(one: ToSettle) -> str:
    """Return what each answer does; the question itself says which there are."""
    sort = one.question.kind
    if sort == "file":
        return _("One of you removed the customer, the other went on. 1 keeps it, 2 removes it.")
    if not one.values:
        return _("The file has to be put right by hand; 1 only takes this question away.")
    if sort == "gone":
        return _("One of you removed it, the other changed it. 1 keeps it, 2 removes it.")
    if sort == "kept":
        return _("The number says which stays; “both” keeps all of them.")
    if sort == "task":
        return _("The number says which stays; the task itself is not ticked.")
    target = one.question.target
    field = target[-1] if target else ""
    if field == "phone":
        return _(
            "The number says which stays, “both” keeps them all; or type another phone number."
        )
    if field == "next":
        return _("The number says which stays; or type another step with its day: in 2 weeks …")
    return _("The number says which stays; or type what is right. Enter leaves it open.")


def _put(one: ToSettle) -> None:
    put(paint(f"{one.who.name}: {one_line(one.question.label)}", "title"))
    for number, said in enumerate(one.values, 1):
        standing = number == 1 or number <= len(one.question.pieces)
        put(f"  {number}  {_value(one, said)}{_source(said, standing=standing)}")
    if not one.values:
        place = f"{one.who.path}:{one.question.line}"
        put(f"  {one_line(one.question.lines[0].removeprefix('- [ ] '))}  ({one_line(place)})")


def _value(one: ToSettle, said: Said) -> str:
    if one.question.kind == "file":
        return {"keep": _("keep the customer"), "remove": _("remove the customer")}[said.value]
    if one.question.kind in ("kept", "gone") and not said.value:
        return _("(removed)")
    return one_line(said.value) if said.value else _("(none)")


def _source(said: Said, *, standing: bool) -> str:
    """Return who said a value and when, and whether it is the one in the file."""
    parts = []
    if said.by and said.when:
        day = say_date(said.when.date(), language())
        parts.append(_("{name} on {day}").format(name=one_line(said.by), day=day))
    if standing:
        parts.append(_("stands in the file"))
    return f"  ({', '.join(parts)})" if parts else ""


def _tell(session: Session, done: Settled) -> None:
    for sentence in done.told or (_("All stays as it stands."),):
        say(one_line(f"{done.name}: {sentence}"), "good")
    if done.left:
        say(
            ngettext(
                "1 question is left.",
                "{count} questions are left.",
                done.left,
            ).format(count=done.left),
            "careful",
        )
    tell_done(session, done.action)


def _as_json(one: ToSettle) -> dict[str, object]:
    return {
        "slug": one.who.slug,
        "name": one.who.name,
        "path": one.who.path,
        "line": one.question.line,
        "kind": one.question.kind,
        "about": one.question.about,
        "lines": list(one.question.lines),
        "values": [
            {
                "value": said.value,
                "by": said.by or None,
                "when": said.when.isoformat() if said.when else None,
            }
            for said in one.values
        ],
    }
