"""``crm init`` and ``crm demo``: a store of one's own, and one to look around in."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_md.cli.asking import somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.output import paint, put, put_json, say
from crm_md.cli.session import Session, remember_default
from crm_md.cli.table import COMMANDS
from crm_md.dates import say_date
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language, ngettext

if TYPE_CHECKING:
    from crm_md.config import Member
    from crm_md.history import Identity
    from crm_md.records.sample import Demo
    from crm_md.records.starting import Initialised

DEMO = "crm-demo"
SHOWN_CUSTOMER = "petersen"
SHOWN_WORDS = ("naht", "offen")
PROMISED = "ersatzlieferung"  # a word of what Ben promised them


@command(
    "init",
    N_(
        "Make a store in a folder, or add what it lacks: the settings with every one explained, "
        "the template, Git with what it has to know. Nothing that stands there is overwritten."
    ),
    N_("crm init\ncrm init ~/customers --language en"),
)
@click.argument("folder", required=False, metavar=N_("[DIR]"), type=click.Path(path_type=Path))
def init_command(session: Session, folder: Path | None) -> int:
    """Make a store, and say what was made and what is next."""
    from crm_md.records.starting import init_store

    where = folder or Path(session.store or ".")
    at_home = not session.store and folder is None and Path.cwd() == Path.home()
    if at_home and not (where / "crm.toml").exists():
        raise UsageProblem(
            _("Without a folder, your whole home folder would become the store."),
            _("Name one: crm init ~/customers"),
        )
    done = init_store(where, language(), session.now, ask_who if somebody_is_there() else None)
    is_default = remember_default(done.root)
    if session.json:
        put_json(
            {
                "path": str(done.root),
                "made": list(done.made),
                "team": done.me.short if done.me and done.in_team else None,
                "action": done.action or None,
                "default": is_default,
            }
        )
    else:
        put(str(done.root))
    _tell_made(done)
    if is_default:
        say(_("From now on it is your default store; crm finds it from every folder."))
    tell_me(done.root, done.me, in_team=done.in_team)
    if done.refusal:
        raise done.refusal
    say(_next(done.root), "faint")
    return 0


def _next(root: Path) -> str:
    """Return what comes next in a store: to fill it, to get what the others did, or to work."""
    from crm_md import history, store
    from crm_md.history.last_talk import newest

    if not any((root / store.CUSTOMERS).rglob("*.md")):
        return _("Next: crm new NAME, or crm import contacts.vcf")
    book = history.find(root)
    shared = book is not None and newest(book) is not None
    return _("Next: crm sync, then: crm call") if shared else _("Next: crm call")


def ask_who() -> Identity:
    """Ask who is at the keyboard, as Git does not know it."""
    from crm_md.history import Identity

    say(_("Git does not know you yet. What you save carries your name; it is kept in this store."))
    name = click.prompt(_("Your name"), err=True)
    return Identity(name, click.prompt(_("Your e-mail address"), err=True))


def _tell_made(done: Initialised) -> None:
    if done.new_git:
        say(_("Git watches over it from now on: nothing is lost, everything can be undone."))
    elif done.git != done.root.resolve():
        say(_("It belongs to the Git of {folder}.").format(folder=done.git))
    if done.made:
        completed = done.made == ("crm.toml",)
        said = _("Completed: {files}") if completed else _("Made: {files}")
        say(said.format(files=", ".join(done.made)), "good")
    else:
        say(_("Nothing was lacking: it is a store already."))
    if done.by_hand:
        say(
            ngettext(
                "1 customer file is not in the history as it stands: crm save",
                "{count} customer files are not in the history as they stand: crm save",
                done.by_hand,
            ).format(count=done.by_hand)
        )


def tell_me(root: Path, me: Member | None, *, in_team: bool) -> None:
    """Say who I am in the team of a store, or what to do to be somebody there.

    Args:
        root: the store.
        me: as Git knows me, None where it knows nobody.
        in_team: whether ``crm.toml`` knows me.
    """
    from crm_md.records.starting import team_entry

    if me is None:
        folder = shlex.quote(str(root))
        text = _("Your name is not known here yet; it is asked for by: crm init {folder}")
        say(text.format(folder=folder), "careful")
    elif in_team:
        say(_("You are {short} in the team.").format(short=me.short))
    else:
        say(_("You are not in the team of crm.toml; to be, add to it:"), "careful")
        say(team_entry(me).rstrip("\n"))


@command(
    "demo",
    N_(
        "Make a store from the sample book, whose story ends today and whose history has several "
        "authors; then show a call list, one customer and one search."
    ),
    N_("crm demo\ncrm demo ~/try-crm"),
)
@click.argument("folder", default=DEMO, metavar=N_("[DIR]"), type=click.Path(path_type=Path))
@click.pass_context
def demo_command(ctx: click.Context, session: Session, folder: Path) -> int:
    """Make the sample and show the main job."""
    from crm_md.records.sample import make_demo

    made = make_demo(folder, session.now)
    if session.json:
        put_json(
            {
                "path": str(made.root),
                "customers": made.customers,
                "entries": made.entries,
                "authors": made.authors,
                "ends": made.ends.isoformat(),
                "me": made.me,
                "fresh": made.fresh,
            }
        )
        return 0
    _tell_demo(made)
    session.store = str(made.root)
    _show_main_job(ctx)
    _tell_next(made.root)
    return 0


def _tell_demo(made: Demo) -> None:
    facts = {"customers": made.customers, "entries": made.entries, "authors": made.authors}
    say(
        _(
            "A sample store in {folder}: {customers} customers, {entries} entries by {authors} "
            "colleagues. All of it is invented."
        ).format(folder=made.root, **facts),
        "good",
    )
    if not made.fresh:
        say(
            _("It has changes of yours and stays as it is; its story ended on {day}.").format(
                day=say_date(made.ends, language())
            ),
            "careful",
        )
    say(_("You are {name} there; its own Git settings say so.").format(name=made.me))


def _show_main_job(ctx: click.Context) -> None:
    """Let the commands themselves answer, each under the line that asks it."""
    from crm_md.cli.calling import call_command
    from crm_md.cli.looking import show_command
    from crm_md.cli.searching import search_command

    _title(_("Who should I call today, and why?"), f"{_word('call')} --limit 5")
    ctx.invoke(call_command, limit=5)
    _title(_("Who is this, and what did we promise?"), f"{_word('show')} {SHOWN_CUSTOMER}")
    ctx.invoke(show_command, customer=(SHOWN_CUSTOMER,))
    _title(_("Where was that seam?"), f"{_word('search')} {' '.join(SHOWN_WORDS)}")
    ctx.invoke(search_command, words=SHOWN_WORDS, limit=5)


def _title(question: str, asked: str) -> None:
    put()
    put(paint(question, "title") + "  " + paint(f"$ crm {asked}", "faint"))
    put()


def _word(name: str) -> str:
    """Return the name of a command in the language spoken."""
    return COMMANDS[name].german if language() == "de" else name


def _tell_next(root: Path) -> None:
    """Name what to try, in lines that can be copied from where the reader stands."""
    put()
    put(paint(_("Try it yourself:"), "title"))
    here = _from_here(root)
    program = _program()
    if program == "crm":
        put(f"  cd {shlex.quote(here)}")
    else:
        program += f" --store {shlex.quote(here)}"
    logged = _('Call with Heike: replacement confirmed -m "Friday, by ferry." --mood good')
    for line in (
        f"{_word('call')} {_('--why')} {SHOWN_CUSTOMER}",
        f"{_word('log')} {SHOWN_CUSTOMER} {logged}",
        f"{_word('todo')} {SHOWN_CUSTOMER}",
        f"{_word('done')} {PROMISED}",
        f"{_word('solve')} {SHOWN_CUSTOMER} {_('replaced, with a credit note')}",
        f"{_word('next')} {SHOWN_CUSTOMER} {_('in 2 weeks ask how they sell')}",
        f"{_word('snooze')} tammena {_('in 3 weeks asks for quiet')}",
        _word("undo"),
        f"{_word('briefing')} {SHOWN_CUSTOMER}",
        _word("agenda"),
    ):
        put(f"  {program} {line}")


def _from_here(root: Path) -> str:
    """Return the folder as one would type it here."""
    here = Path.cwd()
    return str(root.relative_to(here)) if root.is_relative_to(here) else str(root)


def _program() -> str:
    """Return how this very program is called: ``crm`` if that is what the shell would find."""
    called = Path(sys.argv[0])
    found = shutil.which("crm")
    if called.name == "__main__.py":
        return "crm" if found else f"{Path(sys.executable).name} -m crm_md"
    if found and called.exists() and Path(found).resolve() == called.resolve():
        return "crm"
    return shlex.quote(str(called)) if called.exists() else "crm"
