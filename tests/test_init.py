"""``crm init``: a folder becomes a store, and what stands in it stays as it is."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md import history, store
from crm_md.agenda import RULES
from crm_md.cli import run
from crm_md.cli.session import default_store
from crm_md.config import Config, Member, default_config, read_config
from crm_md.history import Identity
from crm_md.records.starting import (
    init_store,
    short_name,
    starter_settings,
    team_entry,
    with_lines,
)
from tests.books import NOW, PETERSEN, Answer, Book
from tests.repositories import ANNA, git, repository, saved

ALL = [".gitattributes", ".gitignore", "crm.toml", "customers/.gitkeep", "templates/customer.md"]
LITTER = [
    ".DS_Store", "Thumbs.db", "customers/x.md~", "customers/.x.md.swp", "customers/.#x.md",
    ".obsidian/workspace.json", "customers/.crm-tmp-12-x.md", ".crm/catalogue.db",
]  # fmt: skip
EVERY_SETTING = {
    "format", "language", "layout", "country",
    "team.berta.name", "team.berta.email", "team.berta.left",
    "segments.A.about", "segments.A.every",
    "call.every", "call.limit",
    "kinds.call.words", "kinds.service.words", "kinds.service.touch",
    "moods.bad.words", "moods.busy.words", "moods.busy.tone",
}  # fmt: skip


@pytest.fixture
def anna() -> None:
    """Let Git know Anna."""
    git(Path(), "config", "--global", "user.name", ANNA.name)
    git(Path(), "config", "--global", "user.email", ANNA.email)


def init(folder: Path, *options: str, language: str = "en") -> Answer:
    return Book(folder)("init", str(folder), *options, language=language)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not {".git", ".crm"} & set(file.relative_to(folder).parts)
    }


def live(language: str) -> str:
    """Return the starter with every setting switched on."""
    text = starter_settings(language, None)
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


def names(table: dict[str, object], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        inner = isinstance(value, dict)
        found |= names(value, f"{prefix}{key}.") if inner else {prefix + key}  # type: ignore[arg-type]  # it is a dict
    return found


@pytest.mark.usefixtures("anna")
def test_a_new_folder_becomes_a_store_in_one_commit_of_the_person(tmp_path: Path) -> None:
    answer = init(tmp_path / "shop")
    assert (answer.code, answer.out) == (0, f"{tmp_path / 'shop'}\n")
    assert sorted(tree(tmp_path / "shop")) == ALL
    assert not git(tmp_path / "shop", "status", "--porcelain")
    told = git(tmp_path / "shop", "log", "--format=%an <%ae>%n%B")
    assert re.fullmatch(
        rf"{ANNA.name} <{ANNA.email}>\nStore set up\n\nCrm-Action: init [a-z2-9]{{6}}\n+", told
    )


@pytest.mark.usefixtures("anna")
def test_only_format_language_and_your_team_entry_are_live(tmp_path: Path) -> None:
    init(tmp_path, language="de")
    assert tomllib.loads((tmp_path / "crm.toml").read_text("utf-8")) == {
        "format": 1,
        "language": "de",
        "team": {"anna": {"name": "Anna Krüger", "email": ["anna@example.com"]}},
    }


@pytest.mark.usefixtures("anna")
def test_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    init(tmp_path)
    before, head = tree(tmp_path), git(tmp_path, "rev-parse", "HEAD")
    again = init(tmp_path)
    assert again.code == 0
    assert "Nothing was lacking" in again.err
    assert "Next: crm new NAME" in again.err
    assert (tree(tmp_path), git(tmp_path, "rev-parse", "HEAD")) == (before, head)


@pytest.mark.usefixtures("anna")
def test_a_customer_can_be_added_at_once(tmp_path: Path) -> None:
    init(tmp_path)
    book = Book(tmp_path)
    assert book("new", "Bäckerei Sörensen").code == 0
    assert "Next: crm call\n" in init(tmp_path).err
    assert book.subjects() == ["Bäckerei Sörensen: new customer", "Store set up"]
    assert "owner: anna" in book.read("customers/baeckerei-soerensen.md")


def test_who_is_unknown_to_git_gets_a_store_and_is_told_that_it_is_not_saved(
    tmp_path: Path,
) -> None:
    answer = init(tmp_path)
    assert answer.code == 52
    assert sorted(tree(tmp_path)) == ALL
    assert "is not saved yet" in answer.err
    assert "git config --global user.name" in answer.err
    assert f"it is asked for by: crm init {tmp_path}" in answer.err
    assert history.initialise(tmp_path).head() is None


def test_as_long_as_git_does_not_know_them_it_is_told_again(tmp_path: Path) -> None:
    init(tmp_path)
    again = init(tmp_path)
    assert again.code == 52
    assert "Nothing was lacking" in again.err
    assert again.err.endswith("– then: crm save\n")


def test_once_git_knows_them_the_store_is_saved_and_they_are_in_the_team(tmp_path: Path) -> None:
    init(tmp_path)
    git(tmp_path, "config", "user.name", "Dr. Jörg Özal")
    git(tmp_path, "config", "user.email", "j@example.com")
    answer = init(tmp_path)
    assert answer.code == 0
    assert "You are jörg in the team." in answer.err
    config = read_config((tmp_path / "crm.toml").read_text("utf-8"))
    assert config.team == {"jörg": Member("jörg", "Dr. Jörg Özal", ("j@example.com",))}
    assert Book(tmp_path).subjects() == ["Dr. Jörg Özal is in the team", "Store set up"]


def test_an_author_in_the_environment_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ben Okafor")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ben@example.com")
    assert init(tmp_path).code == 0
    assert git(tmp_path, "log", "--format=%an %cn") == "Ben Okafor Ben Okafor\n"
    assert "[team.ben]" in (tmp_path / "crm.toml").read_text("utf-8")


def test_on_a_terminal_name_and_address_are_asked_and_kept_in_this_store(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "crm_md", "init", str(tmp_path / "shop"), "--language", "en"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=Path(__file__).parents[1]
    )
    os.close(theirs)
    os.write(ours, "Anna Krüger\nanna@example.com\n".encode())
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert (process.returncode, out) == (0, f"{tmp_path / 'shop'}\n".encode())
    assert git(tmp_path / "shop", "config", "--local", "user.name") == "Anna Krüger\n"
    assert git(tmp_path / "shop", "log", "--format=%an %ae") == "Anna Krüger anna@example.com\n"
    assert "[team.anna]" in (tmp_path / "shop/crm.toml").read_text("utf-8")


def test_nobody_is_asked_whom_git_knows(tmp_path: Path) -> None:
    repository(tmp_path)

    def never() -> Identity:
        raise AssertionError("asked")

    assert init_store(tmp_path, "de", NOW, never).in_team


@pytest.mark.usefixtures("anna")
def test_what_stands_there_stays_byte_for_byte(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.write("customers/petersen.md", PETERSEN.replace("\n", "\r\n"))
    book.write("crm.toml", '# mine\nlanguage = "en"\n')
    book.write("templates/customer.md", "---\nname: {{ name }}\n---\n")
    before = tree(tmp_path)
    answer = init(tmp_path)
    after = tree(tmp_path)
    assert answer.code == 0
    assert {path: after[path] for path in before} == before
    assert sorted(set(after) - set(before)) == [".gitattributes", ".gitignore"]
    assert "1 customer file is not in the history as it stands: crm save" in answer.err
    assert "customers/petersen.md" not in git(tmp_path, "ls-files")


@pytest.mark.usefixtures("anna")
def test_who_is_not_in_an_existing_team_is_put_into_it(tmp_path: Path) -> None:
    repository(tmp_path)
    settings = '# Team\n[team.ben]\nname = "Ben Okafor"\n\n#[team.x]\n\n[call]\nlimit = 3\n'
    Book(tmp_path).write("crm.toml", settings)
    answer = init(tmp_path)
    assert "You are anna in the team." in answer.err
    assert (tmp_path / "crm.toml").read_text("utf-8") == settings.replace(
        "\n\n#",
        '\n\n[team.anna]\nname = "Anna Krüger"\nemail = ["anna@example.com"]\n\n#',
    )
    assert "Anna Krüger gehört zum Team" in git(tmp_path, "log", "--format=%s", "-1")
    assert init(tmp_path).code == 0
    assert git(tmp_path, "rev-list", "--count", "HEAD").strip() == "2"


@pytest.mark.usefixtures("anna")
def test_a_short_name_that_a_colleague_has_is_left_to_them(tmp_path: Path) -> None:
    repository(tmp_path)
    Book(tmp_path).write("crm.toml", '[team.anna]\nname = "Anna Berg"\nemail = "a@berg.example"\n')
    assert "You are anna-k in the team." in init(tmp_path).err
    team = tomllib.loads((tmp_path / "crm.toml").read_text("utf-8"))["team"]
    assert [member["name"] for member in team.values()] == ["Anna Berg", "Anna Krüger"]


@pytest.mark.usefixtures("anna")
def test_where_a_team_is_written_in_one_line_it_is_told_what_to_add(tmp_path: Path) -> None:
    repository(tmp_path)
    Book(tmp_path).write("crm.toml", 'team = {ben = {name = "Ben Okafor"}}\n')
    answer = init(tmp_path)
    assert answer.code == 0
    lines = answer.err[answer.err.index("[team.anna]") : answer.err.index("Next:")]
    assert tomllib.loads(lines)["team"]["anna"]["name"] == "Anna Krüger"
    assert "anna" not in (tmp_path / "crm.toml").read_text("utf-8")


@pytest.mark.usefixtures("anna")
def test_rules_for_git_are_added_to_those_of_the_user(tmp_path: Path) -> None:
    Book(tmp_path).write(".gitignore", "secret/\n*~")
    Book(tmp_path).write(".gitattributes", "*.png binary\n")
    init(tmp_path)
    ignored = (tmp_path / ".gitignore").read_text("utf-8").split("\n")
    assert ignored[:3] == ["secret/", "*~", "# What crm derives from the files, and what a killed write leaves behind"]  # fmt: skip  # noqa: E501  # one line of the file
    assert ignored.count("*~") == 1
    assert (tmp_path / ".gitattributes").read_text("utf-8").startswith("*.png binary\n")
    told = git(tmp_path, "check-attr", "text", "merge", "diff", "--", "customers/mo/x.md")
    assert re.findall(r": (\S+)$", told, re.MULTILINE) == ["unset", "crm-md", "crm-md"]


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("path", LITTER)
def test_litter_of_editors_and_systems_is_ignored(tmp_path: Path, path: str) -> None:
    init(tmp_path)
    Book(tmp_path).write(path, "litter")
    assert git(tmp_path, "check-ignore", "--no-index", path) == f"{path}\n"


@pytest.mark.usefixtures("anna")
def test_a_folder_in_a_git_work_tree_uses_that_git(tmp_path: Path) -> None:
    outer = repository(tmp_path)
    saved(outer, "notes.txt")
    (tmp_path / "staged.txt").write_text("mine\n")
    git(tmp_path, "add", "staged.txt")
    answer = init(tmp_path / "crm")
    assert answer.code == 0
    assert f"It belongs to the Git of {tmp_path}." in answer.err
    assert not (tmp_path / "crm/.git").exists()
    shown = git(tmp_path, "show", "--format=", "--name-only", "HEAD").split()
    assert shown == [f"crm/{path}" for path in ALL]
    assert git(tmp_path, "diff", "--cached", "--name-only") == "staged.txt\n"


@pytest.mark.usefixtures("anna")
def test_a_linked_work_tree_is_a_good_place(tmp_path: Path) -> None:
    main = repository(tmp_path / "main")
    saved(main, "a.txt")
    git(tmp_path / "main", "worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert init(tmp_path / "linked").code == 0
    assert git(tmp_path / "linked", "log", "-1", "--format=%s") == "Store set up\n"


def test_a_git_file_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    answer = init(tmp_path)
    assert answer.code == 50
    assert f"{tmp_path / '.git'} does not lead to a Git repository." in answer.err
    assert not (tmp_path / "customers").exists()


def test_without_git_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = init(tmp_path / "shop")
    assert answer.code == 51
    assert not (tmp_path / "shop").exists()


@pytest.mark.parametrize("path", ["shop", "shop/customers", "shop/templates"])
def test_a_file_in_the_way_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("mine")
    answer = init(tmp_path / "shop")
    assert answer.code == 2
    assert f"{tmp_path / path} is in the way: it is a file" in answer.err
    assert (tmp_path / path).read_text() == "mine"
    assert not (tmp_path / "shop/.git").exists()


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    answer = init(tmp_path / "notes.txt" / "shop")
    assert f"{tmp_path / 'notes.txt'} is in the way: it is a file" in answer.err


def test_customers_that_are_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/customers").symlink_to(tmp_path / "elsewhere")
    answer = init(tmp_path / "shop")
    assert (answer.code, "it is a link" in answer.err) == (2, True)


def test_a_place_that_cannot_be_written_is_named() -> None:
    answer = init(Path("/proc/shop"))
    assert answer.code == 32
    assert "/proc/shop could not be written" in answer.err


@pytest.mark.parametrize("inner", ["customers/deep", "templates", ".git/x", "attachments/x"])
def test_the_folders_of_a_store_hold_no_other(book: Book, inner: str) -> None:
    answer = init(book.root / inner)
    assert answer.code == 2
    assert f"belongs to the store {book.root}" in answer.err


@pytest.mark.usefixtures("anna")
def test_settings_that_cannot_be_read_are_not_touched(tmp_path: Path) -> None:
    Book(tmp_path).write("crm.toml", "language = \n")
    assert init(tmp_path).code == 40
    assert tree(tmp_path) == {"crm.toml": b"language = \n"}


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    Book(tmp_path).write("crm.toml", "format = 99\n")
    assert init(tmp_path).code == 41
    assert tree(tmp_path) == {"crm.toml": b"format = 99\n"}


@pytest.mark.usefixtures("anna")
def test_it_becomes_the_default_store_if_there_is_none(tmp_path: Path) -> None:
    assert "your default store" in init(tmp_path / "first").err
    assert "your default store" not in init(tmp_path / "second").err
    assert default_store() == tmp_path / "first"


def test_the_home_folder_does_not_become_a_store_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--language", "de"]) == 2
    assert "crm einrichten ~/kunden" in capsys.readouterr().err
    assert tree(tmp_path) == {}


@pytest.mark.usefixtures("anna")
def test_without_a_folder_it_is_the_one_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}\n"
    assert sorted(tree(tmp_path)) == ALL


@pytest.mark.usefixtures("anna")
def test_german_is_spoken_and_written_where_it_is_asked_for(tmp_path: Path) -> None:
    answer = Book(tmp_path)("einrichten", str(tmp_path), language="de")
    assert "Ab jetzt passt Git darauf auf" in answer.err
    assert (tmp_path / "crm.toml").read_text("utf-8") == starter_settings(
        "de", Member("anna", ANNA.name, (ANNA.email,))
    )
    assert Book(tmp_path).subjects() == ["Kundenbuch eingerichtet"]


@pytest.mark.usefixtures("anna")
def test_json_tells_what_was_made(tmp_path: Path) -> None:
    answer = init(tmp_path, "--json").json
    assert re.fullmatch("[a-z2-9]{6}", answer.pop("action"))
    assert sorted(answer.pop("made")) == ALL
    assert answer == {"path": str(tmp_path), "team": "anna", "default": True}


@pytest.mark.usefixtures("anna")
def test_the_action_can_be_found_by_its_name(tmp_path: Path) -> None:
    done = init_store(tmp_path, "en", NOW)
    assert f"Crm-Action: init {done.action}" in git(tmp_path, "log", "-1", "--format=%B")


# The settings that a new store comes with


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_setting_is_explained_and_can_be_switched_on(language: str) -> None:
    raw = tomllib.loads(live(language))
    config = read_config(live(language))
    assert config.findings == ()
    rules = {f"call.rules.{name}.{key}" for name in RULES for key in ("points", "on")}
    assert names(raw) >= EVERY_SETTING | rules
    assert raw["language"] == language


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_switched_off_says_what_holds_anyway(language: str) -> None:
    config, default = read_config(live(language)), default_config()
    for setting in ("layout", "country", "every", "limit"):
        assert getattr(config, setting) == getattr(default, setting), setting
    for name, rule in RULES.items():
        assert config.rules[name].points == rule.points, name
        assert config.rules[name].on, name
    assert set(config.rules) == set(RULES)


def test_every_field_of_the_settings_has_its_place_in_the_file() -> None:
    sections = {"every": "call.every", "limit": "call.limit", "rules": "call.rules"}
    derived = {"kind_words", "kind_starts", "mood_words", "findings"}
    known = names(tomllib.loads(live("de")))
    for field in set(Config.__slots__) - derived:
        place = sections.get(field, field)
        assert any(name == place or name.startswith(f"{place}.") for name in known), field


def test_german_and_english_settings_are_the_same() -> None:
    assert names(tomllib.loads(live("de"))) == names(tomllib.loads(live("en")))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_shipped_kind_and_mood_is_named_in_the_settings(language: str) -> None:
    text = starter_settings(language, None).casefold()
    config = default_config()
    for kind in config.kinds.values():
        assert kind.word(language).casefold() in text, kind.name
    for mood in config.moods.values():
        assert mood.name in text


# Names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Anna Krüger", "anna"),
        ("Jörg", "jörg"),
        ("Dr. Anna Krüger", "anna"),
        ("Krüger, Anna", "anna"),
        ("Prof. Dr. med. Eva-Maria Groß", "eva-maria"),
        ("anna@work", "annawork"),
        ("(Anna)", "anna"),
        ("李 雷", "李"),
        ("...", "post"),
        ("Krüger,", "krüger"),
    ],
)
def test_the_short_name_is_the_first_name(name: str, short: str) -> None:
    assert short_name(name, "post@example.com") == short


@given(st.text(min_size=1), st.emails())
@settings(max_examples=100, deadline=None)
def test_any_name_gives_a_team_entry_that_is_read_back(name: str, email: str) -> None:
    me = Member(short_name(name, email), name, (email,))
    assert re.fullmatch(r"[\w-]+", me.short)
    config = read_config(starter_settings("de", me))
    assert config.team == {me.short: me}
    assert read_config(team_entry(me)).team == {me.short: me}


@given(st.lists(st.sampled_from(["*~", ".crm/", "mine", "# note", "", "*.swp"])), st.booleans())
@settings(max_examples=100, deadline=None)
def test_lines_are_added_behind_what_stands_there_once(lines: list[str], windows: bool) -> None:
    present = ("\r\n" if windows else "\n").join(lines).encode()
    wanted = b"# litter\n*~\n*.swp\n.crm/\n"
    once = with_lines(present, wanted)
    assert once.startswith(present)
    assert with_lines(once, wanted) == once
    assert {b"*~", b"*.swp", b".crm/"} <= set(once.replace(b"\r", b"").split(b"\n"))


def test_the_day_it_is_made_does_not_matter(tmp_path: Path) -> None:
    repository(tmp_path / "a")
    repository(tmp_path / "b")
    init_store(tmp_path / "a", "de", NOW)
    init_store(tmp_path / "b", "de", NOW + timedelta(days=400))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert date.today().isoformat() not in (tmp_path / "a/crm.toml").read_text("utf-8")
    assert store.is_store(tmp_path / "a")
