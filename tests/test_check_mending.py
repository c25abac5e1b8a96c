"""What `crm check --fix` mends says the same afterwards, and nothing else changes."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import default_config
from crm_md.document import Document, plain_value
from crm_md.errors import ConfigMalformed, FileChanged
from crm_md.quality import Mending, check, mend, plan_mending
from crm_md.quality.mending import with_quotes
from tests.books import NOW, PETERSEN, SETTINGS, Book, book

__all__ = ["book"]

CONFIG = default_config()


def quoted(*lines: str, body: str = "") -> str:
    """Return a head of these lines with the quotation marks it needs."""
    text = "\n".join(("---", *lines, "---", body))
    document, _count = with_quotes(Document.read(text.encode(), "customers/x.md", CONFIG))
    return "\n".join(document.text.split("\n")[1 : 1 + len(lines)])


def plan(book: Book, now: datetime = NOW) -> Mending:
    with book.open(now) as crm:
        return plan_mending(crm)


def do(book: Book, only: str = "", now: datetime = NOW) -> str:
    """Mend all that can be; return the action's name, "" if nothing could."""
    with book.open(now) as crm:
        planned = plan_mending(crm, only)
        return mend(crm, planned) if planned else ""


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("zip: 01067", 'zip: "01067"'),
        ("PLZ: 01067   # Dresden", 'PLZ: "01067"   # Dresden'),
        ("phone: +491715550123", 'phone: "+491715550123"'),
        ("phone: [0351123456, 04922 93]", 'phone: ["0351123456", 04922 93]'),
        ("value: 24.000", 'value: "24.000"'),
        ("country: NO", 'country: "NO"'),
        ("no: x", '"no": x'),
        ("since: 2026-02-30", 'since: "2026-02-30"'),
        ("name: Müller: Söhne", 'name: "Müller: Söhne"'),
        ("owner: @anna", 'owner: "@anna"'),
        ("name: &Co KG", 'name: "&Co KG"'),
        ("name: Müller #1", 'name: "Müller #1"'),
        ('name: "A" & Söhne', 'name: "\\"A\\" & Söhne"'),
        ("tags: [a, &b]", 'tags: [a, "&b"]'),
        ("reach: 12:30", 'reach: "12:30"'),
    ],
)
def test_a_value_gets_quotation_marks_and_nothing_else(line: str, mended: str) -> None:
    assert quoted("goal: more", line, "source: fair") == f"goal: more\n{mended}\nsource: fair"


@pytest.mark.parametrize(
    "line",
    [
        *("zip: 26757", "since: 2019", "birthday: 1966-03-12", "allowed: yes", "erlaubt: nein"),
        *('zip: "01067"', "zip: '01067'", "name: A # comment", "goal:", "phone: 04922 9300-0"),
        *("goal: |\n  01067", "extra: {a: b}", "tags: [mode, insel]"),
    ],
)
def test_what_needs_no_quotation_marks_gets_none(line: str) -> None:
    assert quoted(*line.split("\n")) == line


def test_a_nested_value_is_quoted_in_its_place() -> None:
    lines = (
        "contacts:",
        "  - name: Heike: Petersen",
        "    phone:",
        "      - 0491",
        "      - 0171 5",
    )
    assert quoted(*lines) == "\n".join(
        (
            "contacts:",
            '  - name: "Heike: Petersen"',
            "    phone:",
            '      - "0491"',
            "      - 0171 5",
        )
    )


def test_line_ends_and_bytes_that_are_no_text_stay() -> None:
    data = b"---\r\nname: M\xfcller\r\nzip: 01067\r\n---\r\nGr\xfc\xdfe\r\n"
    document, count = with_quotes(Document.read(data, "customers/x.md", CONFIG))
    assert count == 1
    assert document.data == data.replace(b"01067", b'"01067"')


def test_a_value_with_bytes_that_are_no_text_stays_as_it_is() -> None:
    data = b"---\nname: M\xfcller: S\xf6hne\n---\n"
    document, count = with_quotes(Document.read(data, "customers/x.md", CONFIG))
    assert (document.data, count) == (data, 0)


VALUES = st.one_of(
    st.text(alphabet="0123456789+-.:_~=", min_size=1, max_size=8),
    st.sampled_from(
        ["NO", "yes", "Müller: Söhne", "@anna", "&Co KG", "!Heinz", "A #1", "[a", "{b", "*x", "'a"]
    ),
    st.text(alphabet="abäß01: #&!'\"[]{},|>-", min_size=1, max_size=12),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_every_value_says_the_same_before_and_after(values: list[str]) -> None:
    lines = [f"k{number}: {value}" for number, value in enumerate(values)]
    text = "\n".join(("---", *lines, "---", "", "# Body: 01067", ""))
    before = Document.read(text.encode(), "customers/x.md", CONFIG)
    after, _count = with_quotes(before)
    assert plain_value(after.head.root) == plain_value(before.head.root)
    assert after.text[after.head.body_start :] == before.text[before.head.body_start :]
    again, count = with_quotes(after)
    assert (again.data, count) == (after.data, 0)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(alphabet="0123456789+-.:_", min_size=1, max_size=8), min_size=1, max_size=4)
)
def test_afterwards_every_program_sees_the_text_that_we_see(values: list[str]) -> None:
    text = "\n".join(("---", *(f"k{n}: {value}" for n, value in enumerate(values)), "---", ""))
    after, _count = with_quotes(Document.read(text.encode(), "customers/x.md", CONFIG))
    ours = plain_value(after.head.root)
    others = yaml.safe_load(after.text[after.head.start : after.head.end])
    assert isinstance(ours, dict)
    assert {key: str(value) for key, value in others.items()} == ours


# The next step


def test_a_completed_next_step_is_taken_out_with_its_line_only(book: Book) -> None:
    book.write("customers/modehaus-petersen.md", PETERSEN.replace("2026-12-01", "2026-11-10"))
    assert do(book)
    assert book.read("customers/modehaus-petersen.md") == PETERSEN.replace(
        "next: 2026-12-01 Angebot nachfassen\n", ""
    )


def test_a_next_step_of_today_or_later_stays(book: Book) -> None:
    assert not plan(book)


@pytest.mark.parametrize(
    "steps",
    [
        "next:\n  - 2026-11-10 ask\n  - 2027-01-10 visit\n",
        "next: 2027-01-10 visit\nnext: 2026-11-10 ask\n",
        "Wiedervorlage: 2027-01-10 visit\nnext: 2026-11-10 ask\n",
    ],
)
def test_of_several_next_steps_none_is_taken_out(book: Book, steps: str) -> None:
    text = f"---\nname: a\n{steps}---\n\n### 2026-11-12 Call\n"
    book.write("customers/a.md", text)
    do(book)
    assert book.read("customers/a.md") == text


def test_a_next_step_of_today_stays_although_there_was_a_contact_today(book: Book) -> None:
    answer = book("log", "petersen", "Anruf mit Heike", "--next", "heute Muster schicken")
    assert answer.code == 0
    assert not plan(book)
    assert plan(book, NOW + timedelta(days=1))


def test_all_is_one_action_that_can_be_taken_back(book: Book) -> None:
    before = {}
    for name in ("a", "b"):
        path = f"customers/{name}.md"
        before[path] = f"---\nname: {name}: x\nzip: 01067\n---\n"
        book.write(path, before[path], f"New: {name}")
    commits = len(book.subjects())
    action = do(book)
    assert len(book.subjects()) == commits + 1
    assert book.subjects()[0] == "Mended: 4 values in quotation marks"
    assert set(book.git("show", "--format=", "--name-only").split()) == set(before)
    assert book("undo", action).code == 0
    assert {path: book.read(path) for path in before} == before


def test_of_many_files_the_one_edited_by_hand_is_saved_first_as_its_own_sentence(
    book: Book,
) -> None:
    for number in range(120):
        book.write(f"customers/{number}.md", f"---\nname: Firma {number}\nzip: 01067\n---\n")
    book.git("add", "--all")
    book.git("commit", "--quiet", "-m", "Many")
    book.write("customers/7.md", "---\nname: Firma 7\nzip: 01067\ngoal: mehr\n---\n")
    do(book)
    mended, by_hand, before = book.subjects()[:3]
    assert mended == "Mended: 120 values in quotation marks"
    assert by_hand.startswith("Firma 7:")
    assert before == "Many"
    assert book.git("status", "--porcelain") == ""


def test_mending_twice_changes_nothing(book: Book) -> None:
    book.write(
        "customers/a.md", "---\nname: a: x\nnext: 2026-11-10 ask\n---\n\n### 2026-11-12 Call\n"
    )
    assert do(book)
    commits = book.subjects()
    assert do(book) == ""
    assert book.subjects() == commits


def test_what_was_mended_is_no_finding_any_more(book: Book) -> None:
    book.write("customers/a.md", "---\nname: a: x\nzip: 01067\nnext: 2026-11-10 ask\n---\n"
               "\n### 2026-11-12 Call\n")  # fmt: skip
    with book.open() as crm:
        assert len(check(crm, "customers/a.md")) == 3
    do(book)
    with book.open() as crm:
        assert check(crm, "customers/a.md") == []


def test_one_customer_is_mended_alone(book: Book) -> None:
    for name in ("a", "b"):
        book.write(f"customers/{name}.md", "---\nname: x\nzip: 01067\n---\n")
    do(book, only="customers/a.md")
    assert "zip: 01067" in book.read("customers/b.md")
    assert 'zip: "01067"' in book.read("customers/a.md")
    assert book.subjects()[0] == "x: 1 value in quotation marks"


def test_a_file_changed_since_it_was_shown_is_not_touched(book: Book) -> None:
    path = "customers/a.md"
    book.write(path, "---\nname: x\nzip: 01067\n---\n")
    with book.open() as crm:
        planned = plan_mending(crm)
        book.write(path, "---\nname: x\nzip: 01069\n---\n")
        with pytest.raises(FileChanged):
            mend(crm, planned)
    assert book.read(path) == "---\nname: x\nzip: 01069\n---\n"


# Folders of two letters


FEW = 3


@pytest.fixture
def large(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Return a store with one customer too many for one folder, which takes only a few."""
    monkeypatch.setattr("crm_md.quality.mending.MOST_IN_ONE_FOLDER", FEW)
    shutil.rmtree(book.root / "customers")
    for number in range(FEW):
        book.write(f"customers/firma-{number}.md", f"---\nname: Firma {number}\n---\n")
    book.write("customers/modehaus-petersen.md", PETERSEN)
    book.write("customers/nord/insel.md", "---\nname: Insel\n---\n")
    book.git("add", "--all")
    book.git("commit", "--quiet", "-m", "Many")
    return book


def test_too_many_go_into_folders_of_two_letters(large: Book) -> None:
    (large.root / "crm.toml").write_text(f"# ours\n{SETTINGS}", encoding="utf-8")
    large.git("commit", "--quiet", "--all", "-m", "Settings")
    commits = len(large.subjects())
    action = do(large)
    assert large.read("customers/mo/modehaus-petersen.md") == PETERSEN
    assert len(list((large.root / "customers" / "fi").iterdir())) == FEW
    assert (large.root / "customers" / "nord" / "insel.md").exists()
    assert not list((large.root / "customers").glob("*.md"))
    settings_now = large.read("crm.toml")
    assert settings_now.startswith("# ours\nformat = 1\n")
    assert 'layout = "letters"' in settings_now
    assert len(large.subjects()) == commits + 1
    assert do(large) == ""
    assert large("show", "petersen").code == 0
    assert large("undo", action).code == 0
    assert large.read("customers/modehaus-petersen.md") == PETERSEN
    assert large.read("crm.toml") == f"# ours\n{SETTINGS}"


def test_what_was_written_after_the_moving_stays_when_the_moving_is_taken_back(large: Book) -> None:
    action = do(large)
    large("log", "petersen", "heute Anruf mit Heike: alles da")
    assert large("undo", action).code == 0
    text = large.read("customers/modehaus-petersen.md")
    assert "alles da" in text
    assert text.replace(text[text.index("### 2026-11-20") : text.index("### 2026-11-12")], "") == (
        PETERSEN
    )


def test_the_story_before_the_moving_is_still_told(large: Book) -> None:
    assert large("set", "petersen", "goal", "Alleinlieferant").code == 0
    do(large)
    assert "Alleinlieferant" in large("changes", "petersen").out
    known = large("show", "petersen", "--at", "2026-11-20")
    assert known.code == 0


def test_a_file_put_into_another_folder_by_hand_keeps_its_story(book: Book) -> None:
    assert book("set", "petersen", "goal", "Alleinlieferant").code == 0
    (book.root / "customers" / "nord").mkdir()
    book.git("mv", "customers/modehaus-petersen.md", "customers/nord/modehaus-petersen.md")
    book.git("commit", "--quiet", "-m", "Sorted")
    assert "Alleinlieferant" in book("changes", "petersen").out


def test_the_moving_tells_how_far_it_is(large: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_md.changing.FEW", FEW)
    told: list[tuple[int, int]] = []
    with large.open() as crm:
        planned = plan_mending(crm)
        crm.progress = lambda done, total: told.append((done, total))
        mend(crm, planned)
    assert (0, 2 * (FEW + 1) + 1) in told


def test_no_file_is_moved_onto_another(large: Book) -> None:
    large.write("customers/mo/modehaus-petersen.md", "---\nname: Der andere\n---\n")
    do(large)
    assert large.read("customers/modehaus-petersen.md") == PETERSEN
    assert "Der andere" in large.read("customers/mo/modehaus-petersen.md")


def test_settings_that_cannot_be_read_stop_the_moving(large: Book) -> None:
    large.write("crm.toml", "layout = ")
    with large.open() as crm, pytest.raises(ConfigMalformed):
        plan_mending(crm)
    assert (large.root / "customers" / "modehaus-petersen.md").exists()


def test_no_more_than_fit_stay_in_one_folder(large: Book) -> None:
    Path(large.root / "customers" / "firma-0.md").unlink()
    assert not plan(large)
