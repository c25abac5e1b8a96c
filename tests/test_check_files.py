"""What is wrong with the files themselves, around them, and in the settings of a store."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

from crm_md.messages import speak
from crm_md.model import Finding
from crm_md.quality import OF_A_FILE, OF_THE_CLONE, OF_THE_STORE, check
from crm_md.quality.settings import line_of_setting
from crm_md.quality.surroundings import MOST_IN_ONE_FOLDER
from tests.books import HOTEL, NOW, PETERSEN, SETTINGS, Book, make_book
from tests.repositories import repository
from tests.test_history_failures import without_root

ATTRIBUTES = "customers/**/*.md -text merge=crm-md diff=crm-md\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = make_book(tmp_path / "book")
    made.write(".gitattributes", ATTRIBUTES, "Attributes")
    return made


def found(book: Book, name: str = "", now: datetime = NOW) -> list[Finding]:
    """Return what is found in the store, by one check or by all."""
    with book.open(now) as crm:
        return [one for one in check(crm) if name in ("", one.check)]


def paths(book: Book, name: str) -> list[str]:
    """Return the files in which a check found something."""
    return [one.path for one in found(book, name)]


def customer(name: str) -> str:
    return f"---\nname: {name}\n---\n"


def test_in_a_store_that_is_well_nothing_is_found(book: Book) -> None:
    assert found(book) == []


# The files themselves


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("name: Müller".encode("utf-16"), "UTF-16"),
        (b"\0" * 100, "NUL"),
        (b"---\nname: x\n---\n" + b"x" * (16 * 1024 * 1024), "16 MiB"),
    ],
)
def test_a_file_that_is_no_text_is_an_error_and_the_others_are_read(
    book: Book, data: bytes, reason: str
) -> None:
    book.write("customers/quast.md", data)
    book.write("customers/roth.md", "---\nname: Roth\nphone: 12\n---\n")
    unreadable, short = found(book)
    assert (unreadable.check, unreadable.severity, unreadable.path) == (
        "unreadable",
        "error",
        "customers/quast.md",
    )
    assert reason in unreadable.text
    assert unreadable.remedy
    assert short.check == "phone-short"


def test_a_file_that_may_not_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    book = make_book(folder / "book")
    secret = book.write("customers/quast.md", customer("Quast"))
    codecs.lookup("ascii")
    assert found(book, "unreadable") == []  # loads what an ordinary user could not load later
    secret.chmod(0)
    try:
        with without_root(folder, secret):
            (one,) = found(book, "unreadable")
    finally:
        shutil.rmtree(folder)
    assert one.path == "customers/quast.md"
    assert "the permissions do not allow it" in one.text
    assert one.remedy


def test_a_folder_that_is_called_like_a_file_and_a_link_are_named(book: Book) -> None:
    (book.root / "customers" / "quast.md").mkdir()
    (book.root / "customers" / "roth.md").symlink_to("modehaus-petersen.md")
    (book.root / "customers" / "nord").mkdir()
    assert paths(book, "no-file") == ["customers/quast.md", "customers/roth.md"]


@pytest.mark.parametrize(
    "twin",
    [
        "customers/nord/modehaus-petersen.md",
        "customers/Modehaus-Petersen.md",
    ],
)
def test_a_second_file_of_the_same_name_is_an_error_that_names_the_first(
    book: Book, twin: str
) -> None:
    book.write(twin, PETERSEN)
    (one,) = found(book, "twins")
    files = {one.path, "customers/modehaus-petersen.md", twin}
    assert one.severity == "error"
    assert len(files) == 2 and any(path in one.text for path in files - {one.path})


def test_an_umlaut_written_in_two_ways_makes_two_files_of_one_name(book: Book) -> None:
    for form in ("NFC", "NFD"):
        book.write(f"customers/{unicodedata.normalize(form, 'müller')}.md", customer("Müller"))
    assert len(paths(book, "twins")) == 1


def test_names_that_only_resemble_are_no_twins(book: Book) -> None:
    book.write("customers/mueller.md", customer("Mueller"))
    book.write("customers/müller.md", customer("Müller"))
    assert paths(book, "twins") == []


@pytest.mark.parametrize(
    "name",
    [
        "modehaus-petersen (Annas conflicted copy 2026-11-20).md",
        "modehaus-petersen (In Konflikt stehende Kopie von Anna 2026-11-20).md",
        "modehaus-petersen (Konflikt-Kopie 2026-11-20 143000).md",
        "modehaus-petersen_conflict-20261120-143000.md",
        "modehaus-petersen.sync-conflict-20261120-143000-ABCDEFG.md",
        "modehaus-petersen-DESKTOP-4F7QK2.md",
        "modehaus-petersen (SFConflict anna@example.com 2026-11-20).md",
        "Kopie von modehaus-petersen.md",
        "Copy of modehaus-petersen.md",
        "modehaus-petersen - Kopie.md",
        "modehaus-petersen - Kopie (2).md",
        "modehaus-petersen copy.md",
        "modehaus-petersen (1).md",
        "modehaus-petersen 2.md",
    ],
)
def test_the_copy_that_a_cloud_left_is_named(book: Book, name: str) -> None:
    book.write(f"customers/{name}", PETERSEN)
    assert paths(book, "copy") == [f"customers/{name}"]


@pytest.mark.parametrize(
    "name",
    [
        *("copy-shop-mitte.md", "kopie-und-druck.md", "studio 54.md", "agentur (2).md"),
        *("konflikt-beratung.md", "desktop-publishing.md"),
    ],
)
def test_a_name_that_only_sounds_like_a_copy_is_left_alone(book: Book, name: str) -> None:
    book.write(f"customers/{name}", customer("Studio"))
    assert paths(book, "copy") == []


@pytest.mark.parametrize("name", ["quast.md.orig", "quast_REMOTE_4711.md", "quast.md.rej"])
def test_what_a_merge_left_is_named(book: Book, name: str) -> None:
    book.write(f"customers/nord/{name}", customer("Quast"))
    assert paths(book, "merge-litter") == [f"customers/nord/{name}"]


@pytest.mark.parametrize("name", ["quast.MD", "quast.md.txt", "quast.markdown"])
def test_a_file_that_is_almost_markdown_is_named(book: Book, name: str) -> None:
    book.write(f"customers/{name}", customer("Quast"))
    book.write("customers/liste.csv", "a;b\n")
    assert paths(book, "other-ending") == [f"customers/{name}"]


# Git, the template, the layout


def test_a_customer_that_git_ignores_is_an_error(book: Book) -> None:
    book.write(".gitignore", ".crm/\n*geheim*\n")
    book.write("customers/geheimrat.md", customer("Geheimrat"))
    book.write("customers/geheim.txt", "no customer\n")
    assert paths(book, "ignored") == ["customers/geheimrat.md"]


def test_derived_files_in_the_history_are_named(book: Book) -> None:
    book.write(".crm/search/old.seg", "x")
    book.git("add", "--force", ".crm")
    (one,) = found(book, "derived-tracked")
    assert one.path == ".crm/search/old.seg"


@pytest.mark.parametrize("text", [None, "*.png binary\n", "customers/**/*.md -text\n"])
def test_missing_attributes_are_named(book: Book, text: str | None) -> None:
    (book.root / ".gitattributes").unlink()
    if text is not None:
        book.write(".gitattributes", text)
    (one,) = found(book, "attributes")
    assert "crm init" in one.remedy


def test_attributes_above_the_store_count_as_well(tmp_path: Path) -> None:
    outer = make_book(tmp_path / "outer")
    inner = Book(outer.root / "firm")
    inner.write("crm.toml", SETTINGS)
    inner.write("customers/quast.md", customer("Quast"))
    assert paths(inner, "attributes") == [".gitattributes"]
    outer.write(".gitattributes", "**/customers/**/*.md -text merge=crm-md diff=crm-md\n")
    assert paths(inner, "attributes") == []


def test_a_store_inside_a_work_tree_names_its_own_files(tmp_path: Path) -> None:
    outer = make_book(tmp_path / "outer")
    inner = Book(outer.root / "firm")
    inner.write("crm.toml", SETTINGS)
    inner.write("customers/quast.md", customer("Quast"))
    outer.write(".gitignore", ".crm/\nquast.md\n")
    assert paths(inner, "ignored") == ["customers/quast.md"]


def test_a_folder_without_git_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    book = Book(folder)
    book.write("crm.toml", SETTINGS)
    book.write("customers/quast.md", customer("Quast"))
    (one,) = found(book)
    assert one.check == "no-git"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("---\nname: {{ name }}\n---\n{% if %}\n", 4),
        ("{{ name.__class__.__mro__ }}", 1),
        ("---\nname: {{ name }\n---\n", 2),
    ],
)
def test_a_template_that_cannot_be_filled_in_is_an_error(
    book: Book, template: str, line: int
) -> None:
    book.write("templates/customer.md", template)
    (one,) = found(book, "template")
    assert (one.path, one.line, one.severity) == ("templates/customer.md", line, "error")


def test_a_template_that_makes_broken_files_is_an_error(book: Book) -> None:
    book.write("templates/customer.md", "---\nname: {{ name | yaml }}\n\n# {{ name }}\n")
    (one,) = found(book, "template")
    assert "closing line" in one.text


def test_a_good_template_is_left_alone(book: Book) -> None:
    book.write("templates/customer.md", "---\nname: {{ name | yaml }}\n---\n\n# {{ name }}\n")
    assert found(book, "template") == []


def test_what_waits_to_be_saved_is_a_warning(book: Book) -> None:
    lock = book.root / ".git" / "index.lock"
    lock.touch()
    assert book("note", "petersen", "mag Tee").code >= 50
    (one,) = found(book, "waiting")
    assert "crm save" in one.remedy
    lock.unlink()
    assert book("save").code == 0
    assert found(book, "waiting") == []


@pytest.mark.parametrize(("more", "hints"), [(0, 0), (1, 1)])
def test_more_than_two_thousand_in_one_folder_is_a_hint(book: Book, more: int, hints: int) -> None:
    shutil.rmtree(book.root / "customers")
    for number in range(MOST_IN_ONE_FOLDER + more):
        book.write(f"customers/firma-{number}.md", customer(f"Firma {number}"))
    assert len(found(book, "layout")) == hints
    book.write("crm.toml", f'layout = "letters"\n{SETTINGS}')
    assert found(book, "layout") == []


# Settings


@pytest.mark.parametrize(
    ("setting", "line", "near"),
    [
        ('langauge = "de"', 1, "language"),
        ('[team.anna]\nemial = "a@b.example"', 2, "email"),
        ('[segemnts.A]\nevery = "4w"', 1, "segments"),
        ("[call.rules.promise-overdew]\npoints = 5", 1, "promise-overdue"),
        ("[kinds.call]\nwrods = []", 2, "words"),
    ],
)
def test_an_unknown_setting_is_named_with_what_may_be_meant(
    book: Book, setting: str, line: int, near: str
) -> None:
    book.write("crm.toml", setting)
    (one,) = found(book, "settings-unknown")
    assert (one.path, one.line) == ("crm.toml", line)
    assert near in one.remedy


@pytest.mark.parametrize(
    "setting",
    [
        'format = "1"',
        "language = 5",
        'language = "fr"',
        'layout = "deep"',
        "team = 5",
        '[team]\nanna = "Anna"',
        "[team.anna]\nname = 5",
        "[team.anna]\nemail = [5]",
        "[segments.A]\nevery = 4",
        '[segments.A]\nevery = "bald"',
        '[kinds.call]\ntouch = "maybe"',
        "[kinds.call]\nwords = 5",
        '[moods.bad]\ntone = "low"',
        '[call]\nlimit = "many"',
        "[call]\nrules = 5",
        '[call.rules.task-due]\npoints = "15"',
        '[call.rules.task-due]\non = "yes"',
    ],
)
def test_a_setting_of_the_wrong_type_is_named_in_its_line(book: Book, setting: str) -> None:
    book.write("crm.toml", f"# settings\n{setting}\n")
    (one,) = found(book, "settings-type")
    assert one.line == 1 + len(setting.split("\n"))
    assert one.remedy.startswith(("Write", "Make"))


def test_whatever_the_reader_of_settings_passes_over_is_a_finding(book: Book) -> None:
    for setting in ("language = 5", "team = 5", "[call]\nlimit = true", "[moods.bad]\ntone = 0.5"):
        book.write("crm.toml", setting)
        with book.open() as crm:
            assert crm.config.findings
        assert found(book, "settings-type")


def test_every_setting_that_is_explained_is_known(book: Book) -> None:
    book.write(
        "crm.toml",
        """format = 1
language = "en"
layout = "letters"
country = "AT"
[team.anna]
name = "Anna Krüger"
email = "anna@example.com"
left = 2026-03-31
[team.ben]
left = "2026-03"
[segments.A]
about = "trägt uns"
every = "4w"
[kinds.call]
words = ["anruf"]
touch = "talk"
[moods.bad]
words = "sauer"
tone = -1
[call]
every = "26w"
limit = 20
[call.rules.task-due]
on = true
points = 15
days = 5
""",
    )
    assert [one for one in found(book) if one.path == "crm.toml"] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_setting_that_init_explains_is_known(tmp_path: Path, language: str) -> None:
    made = Book(repository(tmp_path / "new").top)
    assert made("init", str(made.root), language=language).code == 0
    explained = re.sub(r"^#(?=[\[\w])", "", made.read("crm.toml"), flags=re.MULTILINE)
    made.write("crm.toml", explained)
    assert [one for one in found(made) if one.path == "crm.toml"] == []
    assert explained.count("\n[") > 5


def test_settings_that_cannot_be_read_are_an_error_in_their_line(book: Book) -> None:
    book.write("crm.toml", 'language = "de"\nteam = [\nname = ?\n')
    (one,) = found(book, "settings-unreadable")
    assert (one.severity, one.line) == ("error", 3)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("language",), 1),
        (("team", "anna", "name"), 3),
        (("team", "anna", "email"), 4),
        (("team", "anna", "left"), 2),
        (("team", "b.c", "name"), 6),
        (("call", "rules", "task-due", "on"), 8),
        (("unheard",), 1),
    ],
)
def test_a_setting_is_found_in_its_line(path: tuple[str, ...], line: int) -> None:
    text = (
        'language = "de"\n[ team.anna ]\nname = "A = B"\n  email = ["x"]\n'
        '[team."b.c"] # comment\nname = ""\n[call]\nrules.task-due.on = true\n'
    )
    assert line_of_setting(text, path) == line


# All of them


def fire_all(book: Book) -> list[Finding]:
    """Make a store in which every check of the store fires, and return what is found."""
    (book.root / ".gitattributes").unlink()
    book.write(".gitignore", "*geheim*\n")
    book.write("customers/geheim.md", customer("Geheim"))
    book.write(".crm/old", "x")
    book.git("add", "--force", ".crm/old")
    book.write("customers/nord/modehaus-petersen.md", PETERSEN)
    book.write("customers/Kopie von hotel.md", HOTEL)
    book.write("customers/quast.md.orig", "x")
    book.write("attachments/modehaus-petersen/modehaus-petersen.md", "x")
    book.write("customers/quast.markdown", "x")
    book.write("customers/roth.md", b"\0\0\0")
    (book.root / "customers" / "x.md").mkdir()
    book.write("templates/customer.md", "{{ name")
    book.write("crm.toml", "langauge = 5\nlanguage = 5\n# call.limit = 3 #settle\n")
    (book.root / ".git" / "crm" / "waiting").mkdir(parents=True)
    (book.root / ".git" / "crm" / "waiting" / "000001-abcdef.json").write_text("{}")
    return found(book)


def test_every_check_of_the_store_speaks_english_and_german(
    book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("crm_md.quality.surroundings.MOST_IN_ONE_FOLDER", 1)
    plain = Book(tmp_path / "plain")
    plain.write("customers/quast.md", customer("Quast"))
    plain.write("crm.toml", "= broken")
    speak("en")
    english = [*fire_all(book), *found(plain)]
    assert {one.check for one in english} >= {*OF_THE_STORE, *OF_THE_CLONE}
    speak("de")
    german = [*found(book), *found(plain)]
    for one, other in zip(english, german, strict=True):
        assert (one.check, one.path, one.line) == (other.check, other.path, other.line)
        if one.check in OF_THE_STORE or one.check in OF_THE_CLONE:
            assert one.text != other.text
            assert one.remedy != other.remedy
            assert "{" not in one.text + one.remedy or one.check == "template"


def test_every_check_explains_itself_for_the_manual() -> None:
    about = {name: one.about for name, one in OF_A_FILE.items()}
    about |= {name: one.about for name, one in OF_THE_STORE.items()}
    about |= {name: one.about for name, one in OF_THE_CLONE.items()}
    for name, words in about.items():
        assert words.endswith(".") and len(words) > 30, name


def test_errors_come_first_then_by_place(book: Book) -> None:
    book.write("customers/a.md", "---\nname: A\nphone: 12\nemail: x\nphone: 34\n---\n")
    book.write("customers/z.md", "---\nname: Z\n<<<<<<< x\n")
    order = [(one.severity, one.path, one.line) for one in found(book)]
    rank = {"error": 0, "warning": 1, "hint": 2}
    assert order == sorted(order, key=lambda one: (rank[one[0]], one[1], one[2]))
    assert {severity for severity, _path, _line in order} == {"error", "warning", "hint"}


def test_one_customer_is_checked_alone(book: Book) -> None:
    for name in ("a", "b"):
        book.write(f"customers/{name}.md", f"---\nname: {name}\nphone: 12\n---\n")
    book.write("crm.toml", "nonsense = 1\n")
    with book.open() as crm:
        assert [one.path for one in check(crm, "customers/b.md")] == ["customers/b.md"]


def test_checking_writes_nothing(book: Book) -> None:
    book.write("customers/a.md", "---\r\nname: A: B\r\nphone: 0351\r\n---\r\n")
    before = {path: path.read_bytes() for path in sorted((book.root / "customers").iterdir())}
    assert found(book)
    assert {path: path.read_bytes() for path in sorted((book.root / "customers").iterdir())} == (
        before
    )


def test_line_ends_as_on_windows_are_nothing_to_tell(book: Book) -> None:
    book.write("customers/acme.md", "---\r\nname: Acme\r\n---\r\n", "von Windows")
    assert book("check", "acme").both.count("acme.md") == 0


def test_mixed_line_ends_are_told_once(book: Book) -> None:
    book.write("customers/acme.md", "---\r\nname: Acme\r\n---\n", "gemischt")
    found = [one["check"] for one in book("--json", "check", "acme").json]
    assert found == ["line-ends-mixed"]
