"""The table of commands: both names, what each does, where it lives, its twin in Python."""

from __future__ import annotations

from typing import NamedTuple

from crm_md.messages import N_


class Listed(NamedTuple):
    """A command in the table.

    Attributes:
        module: the file it lives in.
        german: its German name.
        summary: what it does, in a line.
        twin: the function that a Python program calls for the same.
    """

    module: str
    german: str
    summary: str
    twin: str


COMMANDS: dict[str, Listed] = {
    "init": Listed(
        "starting",
        "einrichten",
        N_("Make a store, or add what a folder lacks."),
        "crm_md.records.starting.init_store",
    ),
    "demo": Listed(
        "starting",
        "vorführen",
        N_("Make a sample store and show the main job."),
        "crm_md.records.sample.make_demo",
    ),
    "new": Listed(
        "customers",
        "neu",
        N_("Add a customer; only the name is needed."),
        "crm_md.records.customers.new_customer",
    ),
    "show": Listed(
        "looking",
        "zeigen",
        N_("The quick look: who is this, what was promised."),
        "crm_md.questions.quick_look.quick_look",
    ),
    "log": Listed(
        "logging_contacts",
        "notieren",
        N_("Add a dated entry in one line of words."),
        "crm_md.records.log_entry.log_entry",
    ),
    "solve": Listed(
        "solving",
        "lösen",
        N_("Solve a complaint: how it was made good."),
        "crm_md.records.solving.solve",
    ),
    "settle": Listed(
        "settling",
        "klären",
        N_("Settle what two people changed differently."),
        "crm_md.team.settling.settle",
    ),
    "deal": Listed(
        "deals",
        "geschäft",
        N_("A deal: its stage, value, and why it was won or lost."),
        "crm_md.records.deals.change_deal",
    ),
    "search": Listed(
        "searching",
        "suchen",
        N_("Search everything that was ever written."),
        "crm_md.questions.searching.search",
    ),
    "list": Listed(
        "listing",
        "liste",
        N_("List customers by what you ask for."),
        "crm_md.questions.listing.customers",
    ),
    "call": Listed(
        "calling", "anrufen", N_("Who to call today, and why."), "crm_md.questions.calling.calls"
    ),
    "agenda": Listed(
        "coming",
        "termine",
        N_("What the coming days bring; also as a calendar."),
        "crm_md.questions.coming_days.coming_days",
    ),
    "briefing": Listed(
        "briefing",
        "vorbereiten",
        N_("A page to read before a visit or a meeting."),
        "crm_md.questions.briefing.briefing",
    ),
    "todo": Listed(
        "todo", "aufgaben", N_("What is to be done, by day."), "crm_md.questions.todo.todo"
    ),
    "done": Listed("done", "erledigt", N_("Tick a task."), "crm_md.records.tasks.end_tasks"),
    "next": Listed(
        "next_steps",
        "nächstes",
        N_("What comes next with a customer, and when."),
        "crm_md.records.next_steps.set_next",
    ),
    "snooze": Listed(
        "next_steps",
        "ruhe",
        N_("Leave somebody alone until a day."),
        "crm_md.records.next_steps.snooze",
    ),
    "set": Listed("facts", "setzen", N_("Change one fact."), "crm_md.records.facts.set_fact"),
    "note": Listed(
        "facts",
        "merken",
        N_("Add a line to the free text, common ground or careful."),
        "crm_md.records.facts.note",
    ),
    "edit": Listed(
        "handwork", "bearbeiten", N_("Open the file in the editor."), "crm_md.records.handwork.save"
    ),
    "save": Listed(
        "handwork", "speichern", N_("Save what was edited by hand."), "crm_md.records.handwork.save"
    ),
    "clone": Listed(
        "cloning",
        "klonen",
        N_("Get a store that others share."),
        "crm_md.team.cloning.clone",
    ),
    "sync": Listed(
        "sharing",
        "abgleichen",
        N_("Share with the team: fetch, join, push, tell."),
        "crm_md.team.syncing.sync",
    ),
    "changes": Listed(
        "telling_changes",
        "änderungen",
        N_("Who changed what, and when."),
        "crm_md.questions.told_changes.changes_of",
    ),
    "review": Listed(
        "reviewing",
        "neues",
        N_("What colleagues did since you last looked."),
        "crm_md.team.review.review",
    ),
    "undo": Listed(
        "undoing", "zurücknehmen", N_("Take an action back."), "crm_md.records.undoing.undo"
    ),
    "rename": Listed(
        "customers",
        "umbenennen",
        N_("Give a customer another name."),
        "crm_md.records.customers.rename_customer",
    ),
    "remove": Listed(
        "customers",
        "entfernen",
        N_("Remove a customer; undo brings it back."),
        "crm_md.records.customers.remove_customer",
    ),
    "check": Listed(
        "checking",
        "prüfen",
        N_("Find what is wrong in the files, with the remedy."),
        "crm_md.quality.checking.check",
    ),
    "server-hook": Listed(
        "hosting",
        "server-haken",
        N_("Let a host refuse what would break the store."),
        "crm_md.quality.server_hook.refusals",
    ),
    "import": Listed(
        "importing",
        "importieren",
        N_("Read an address book (vCard)."),
        "crm_md.records.importing.carry_out",
    ),
    "reindex": Listed(
        "tending",
        "neuindexieren",
        N_("Build the derived data anew."),
        "crm_md.records.rebuilding.rebuild",
    ),
    "where": Listed(
        "where",
        "wo",
        N_("Which store, its state, what waits."),
        "crm_md.questions.state.store_state",
    ),
    "completion": Listed(
        "tending",
        "vervollständigung",
        N_("Completion for your shell."),
        "crm_md.cli.tending.completion_script",
    ),
}
# The help's headings, each with its commands, what a day needs first.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Every day"), ("call", "show", "log", "todo", "done", "next", "snooze", "agenda")),
    (N_("Customers"), ("search", "list", "briefing", "solve", "deal", "new", "set", "note")),
    (
        N_("What changed"),
        ("undo", "changes", "review", "sync", "settle", "edit", "save", "rename", "remove"),
    ),
    (
        N_("The book itself"),
        (
            *("init", "demo", "clone", "import", "check", "where"),
            *("reindex", "completion", "server-hook"),
        ),
    ),
)
GERMAN = {listed.german: name for name, listed in COMMANDS.items()}
# What people type for a command before they know its name.
GUESSED = {
    **dict.fromkeys(("löschen", "delete"), "remove"),
    **dict.fromkeys(("ändern", "change"), "set"),
    **dict.fromkeys(("aufgabe", "todos", "tasks"), "todo"),
    **dict.fromkeys(("abhaken", "fertig"), "done"),
    **dict.fromkeys(("suche", "finden", "find"), "search"),
    **dict.fromkeys(("listen", "auflisten"), "list"),
    **dict.fromkeys(("rückgängig", "zurück"), "undo"),
    **dict.fromkeys(("anlegen", "add"), "new"),
    **dict.fromkeys(("gelöst", "solved"), "solve"),
    **dict.fromkeys(("kalender", "calendar"), "agenda"),
    **dict.fromkeys(("geschäfte", "vorhaben", "deals"), "deal"),
    **dict.fromkeys(("durchsehen", "news"), "review"),
    **dict.fromkeys(("vorbereitung", "prepare"), "briefing"),
    **dict.fromkeys(("anruf", "anrufliste", "calls", "heute", "today"), "call"),
    **dict.fromkeys(("zeige", "zeig", "ansehen"), "show"),
    **dict.fromkeys(("notiere", "eintragen"), "log"),
    **dict.fromkeys(("notiz", "vermerk"), "note"),
    **dict.fromkeys(("nächste", "nächster", "wiedervorlage"), "next"),
    **dict.fromkeys(("ruhen", "pause"), "snooze"),
    **dict.fromkeys(("kunden", "customers"), "list"),
    **dict.fromkeys(("termin", "tagesplan"), "agenda"),
}
# What people type for a command with an option: ``crm reklamationen``.
MEANT = dict.fromkeys(("reklamationen", "beschwerden", "complaints"), ("list", "--complaint"))
HELP = ("help", "hilfe")
FALLBACK = "show"


def canonical_name(word: str) -> str | None:
    """Return the command a word names, in English or German, umlauts spelled out or not."""
    if word in COMMANDS:
        return word
    if word in GERMAN:
        return GERMAN[word]
    from crm_md.words import plain

    others = {**GERMAN, **GUESSED}
    return next((name for other, name in others.items() if plain(other) == plain(word)), None)


def written_out(arguments: list[str]) -> list[str]:
    """Return a command line, with what is meant where people type one word for it."""
    first = arguments[0]
    if first in COMMANDS or first in GERMAN:
        return arguments
    from crm_md.words import plain

    return [*MEANT.get(plain(first), (first,)), *arguments[1:]]
