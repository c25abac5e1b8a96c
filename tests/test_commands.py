"""Every command: help with an example, both names, a page, a Python twin, the shared options."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import click
import pytest

from crm_md.cli import run
from crm_md.cli.commands import CrmCommand, CrmGroup
from crm_md.cli.session import Session
from crm_md.cli.table import COMMANDS, GROUPS, canonical_name
from crm_md.messages import _, speaking
from tests.books import Book
from tests.terminals import run_on_terminal
from tools import reference

NAMES = tuple(COMMANDS)
# Words that no German sentence has; what a person types as it stands is taken out before.
ENGLISH = frozenset(
    [
        *("the", "of", "with", "what", "to", "and", "for", "by", "not", "is", "are", "try", "no"),
        *("show", "usage", "options", "value", "missing", "such", "customer", "customers"),
        *("message", "error", "date", "help"),
    ]
)
TYPED = re.compile(
    r"crm .*|--?[\w-]+|\[[^]]*\]|“[^”]*”|„[^“]*“|'[^']*'|\w+[:./*]\S*|CRM_STORE|TEXT|eval .*"
)


def loaded(name: str) -> CrmCommand:
    group = CrmGroup()
    found = group.get_command(click.Context(group, info_name="crm"), name)
    assert isinstance(found, CrmCommand)
    return found


def help_of(capsys: pytest.CaptureFixture[str], language: str, *words: str) -> str:
    assert run(["--language", language, *words, "--help"]) == 0
    return capsys.readouterr().out


def english_in(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", TYPED.sub(" ", text).casefold())
    return ENGLISH & set(words)


def test_every_command_stands_once_under_a_heading_of_the_help() -> None:
    assert sorted(name for _title, names in GROUPS for name in names) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_does_both_names_and_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    german = COMMANDS[name].german
    english_help = help_of(capsys, "en", name)
    german_help = help_of(capsys, "de", german)
    for text in (english_help, german_help):
        assert f"crm {name}" in text
        assert f"crm {german}" in text
    assert "Example:\n  " in english_help
    assert "Beispiel:\n  " in german_help
    assert "Diese Hilfe zeigen." in german_help
    assert not english_in(german_help)


def test_the_overview_is_german_for_germans(capsys: pytest.CaptureFixture[str]) -> None:
    overview = help_of(capsys, "de")
    assert overview.startswith("Aufruf: crm [OPTIONEN] BEFEHL|KUNDE …")
    assert "\nJeden Tag:\n  anrufen, call " in overview
    assert "Diese Hilfe zeigen." in overview
    translated = re.sub(r"^  \S+, \S+ ", "", overview, flags=re.MULTILINE)
    assert not english_in(translated)


def test_the_overview_is_english_again_after_german(capsys: pytest.CaptureFixture[str]) -> None:
    before = help_of(capsys, "en")
    help_of(capsys, "de")
    assert help_of(capsys, "en") == before
    assert before.startswith("Usage: crm [OPTIONS] COMMAND|CUSTOMER …")
    assert "\nEvery day:\n  call, anrufen " in before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_example_can_be_typed_as_it_stands(name: str, language: str) -> None:
    command = loaded(name)
    with speaking(language):
        lines = _(command.example).split("\n")
    for line in lines:
        found = re.search(r"\bcrm .*?(?=\)\"$| > |$)", line)
        assert found, line
        _crm, word, *arguments = shlex.split(found[0])
        assert canonical_name(word) == name
        assert word == (COMMANDS[name].german if language == "de" else name)
        with click.Context(CrmGroup(), info_name="crm", obj=Session()) as group:
            command.make_context(word, arguments, parent=group)


@pytest.mark.parametrize("name", NAMES)
def test_the_python_twin_is_there_and_documented(name: str) -> None:
    module, _dot, function = COMMANDS[name].twin.rpartition(".")
    twin = getattr(import_module(module), function)
    assert callable(twin)
    assert (twin.__doc__ or "").strip()


def test_every_command_has_its_page_and_none_is_stale() -> None:
    assert [path.name for path in reference.stale()] == []
    assert {path.stem for path in reference.FOLDER.glob("*.md")} == {*NAMES, "README"}


@pytest.mark.parametrize("name", NAMES)
def test_the_shared_options_are_taken_before_and_after_the_name(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shared = ["--store", str(tmp_path), "--json", "--language", "en", "--today", "2026-11-20"]
    assert run([*shared, name, "--help"]) == 0
    before = capsys.readouterr().out
    assert run([name, *shared, "--help"]) == 0
    assert capsys.readouterr().out == before


def test_the_shared_options_mean_the_same_on_both_sides(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = ["--store", str(book.root), "--json", "--today", "2026-11-20", "--language", "de"]
    answers = []
    for arguments in ([*shared, "call"], ["call", *shared], [*shared[:2], "call", *shared[2:]]):
        assert run(arguments) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1] == answers[2]
    assert "Zugesagt für" in answers[0]


@pytest.mark.parametrize("name", NAMES)
def test_both_names_and_plain_letters_lead_to_the_command(name: str) -> None:
    german = COMMANDS[name].german
    plain = german.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    assert canonical_name(name) == canonical_name(german) == canonical_name(plain) == name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("löschen", "remove"), ("loeschen", "remove"), ("ändern", "set"), ("suche", "search")],
)
def test_what_people_type_before_they_know_the_name_is_understood(typed: str, meant: str) -> None:
    assert canonical_name(typed) == meant


@pytest.mark.parametrize("words", [["hilfe"], ["help"], ["hilfe", "notieren"], ["help", "log"]])
def test_help_is_a_word_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--language", "de", *words]) == 0
    said = capsys.readouterr().out
    assert said == help_of(capsys, "de", *words[1:])


@pytest.mark.parametrize(
    "words",
    [
        ["neu", "Café Ost", "--telefon", "0441 77", "--ort", "26121 Oldenburg", "--mail", "a@b.de"],
        [
            "notieren",
            "petersen",
            "Anruf",
            "--stimmung",
            "gut",
            "--danach",
            "freitag",
            "--text",
            "x",
        ],
        ["notieren", "petersen", "Anruf", "--aufgabe", "Muster bis Freitag"],
        ["liste", "--ort", "26", "--still", "1d", "--schlagwort", "mode"],
    ],
)
def test_options_have_german_names(book: Book, words: list[str]) -> None:
    answer = book(*words, language="de")
    assert answer.code == 0, answer.err


def test_both_names_give_the_same_answer(book: Book) -> None:
    for name in ("call", "list", "where", "check"):
        assert book(name).out == book(COMMANDS[name].german).out
    assert book("show", "petersen").out == book("zeigen", "petersen").out
    assert book("search", "Naht").out == book("suchen", "Naht").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--status", "supplier"],
        ["search", "xylophon"],
        ["call", "--owner", "ben"],
        ["check"],
        ["changes", "unsaved"],
    ],
)
def test_json_of_what_lists_is_an_array_also_when_empty(book: Book, arguments: list[str]) -> None:
    book.write("customers/modehaus-petersen.md", "---\nname: Modehaus Petersen\n---\n", "quiet")
    book.write("customers/strandhotel-vierjahreszeiten.md", "---\nname: Hotel\n---\n", "quiet")
    book.write(".gitattributes", "customers/**/*.md -text merge=crm-md diff=crm-md\n", "rule")
    if "unsaved" in arguments:
        book.write("customers/unsaved.md", "---\nname: Unsaved\n---\n")
    assert book("--json", *arguments).json == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["search", "Naht"],
        ["call"],
        ["check"],
        ["changes", "petersen"],
        ["list", "--count", "tag"],
    ],
)
def test_json_of_what_lists_is_an_array_of_objects(book: Book, arguments: list[str]) -> None:
    found = book("--json", *arguments).json
    assert found
    assert all(isinstance(one, dict) for one in found)


def test_json_of_show_is_one_object(book: Book) -> None:
    assert book("--json", "show", "petersen").json["slug"] == "modehaus-petersen"


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["call", "--limt"], "Die Option „--limt“ gibt es nicht.", "crm call --help"),
        (["anrufen", "--limit"], "Hinter der Option „--limit“ fehlt der Wert.", "crm anrufen"),
        (["call", "--limit", "0"], "0 liegt nicht im Bereich", "crm call --help"),
        (["call", "--limit", "viele"], "„viele“ ist keine Zahl.", "crm call --help"),
        (["where", "petersen"], "„petersen“", "crm where --help"),
        (["list", "--sort", "x"], "„x“ ist keines von", "crm list --help"),
        (["show"], "Es fehlt 'KUNDE…'.", "crm show --help"),
        (["setzen", "petersen"], "Es fehlt 'ANGABE'.", "crm setzen --help"),
        (["call", "--json=3"], "Die Option „--json“ nimmt keinen Wert.", "crm call --help"),
        (["--nein"], "Die Option „--nein“ gibt es nicht.", "crm --help"),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_german(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, hint: str
) -> None:
    assert run(["--language", "de", *arguments]) == 2
    told = capsys.readouterr()
    first, second = told.err.rstrip("\n").split("\n")
    assert said in first
    assert second.startswith("  → Hilfe dazu: ")
    assert hint in second
    assert not english_in(first)
    assert told.out == ""


def test_a_slip_is_told_in_english_after_german(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--language", "de", "show"])
    capsys.readouterr()
    assert run(["--language", "en", "show"]) == 2
    assert capsys.readouterr().err == (
        "Missing argument 'CUSTOMER…'.\n  → How it is meant: crm show --help\n"
    )


@pytest.mark.parametrize(("typed", "gone"), [("j", True), ("ja", True), ("n", False), ("", False)])
def test_a_question_is_answered_in_german(book: Book, typed: str, gone: bool) -> None:
    shown = run_on_terminal(book, ["entfernen", "strandhotel"], typed=[typed], language="de")
    assert "Strandhotel Vierjahreszeiten entfernen? [j/N] " in shown
    assert (book.root / "customers/strandhotel-vierjahreszeiten.md").exists() is not gone


def test_an_answer_that_is_none_is_asked_for_again(book: Book) -> None:
    shown = run_on_terminal(book, ["remove", "strandhotel"], typed=["perhaps", "no"])
    assert "Please answer yes or no." in shown
    assert (book.root / "customers/strandhotel-vierjahreszeiten.md").exists()
