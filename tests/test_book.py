"""The sample book, on which demo, documentation and tests stand, is sound and invented."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2.sandbox import SandboxedEnvironment

from crm_md.config import read_config
from crm_md.document import Document, people_of
from crm_md.document.people import Names
from crm_md.words import DECIDES, KEYS, KINDS, STAGES, STATUSES, plain

ROOT = Path(__file__).parent.parent
STORY_ENDS = date(2026, 11, 20)
ENTRY = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})(?: (?P<time>\d\d:\d\d))?"
    r"(?: (?P<words>[^(]*?))?(?: \((?P<author>\w+)\))?$"
)
TASK = re.compile(r"[-*+] \[(?P<box>.)] (?P<text>.*)")
DUE = re.compile(r"(?:due:|fällig:|📅 )(\d{4}-\d\d-\d\d)")
UNKNOWN_ON_PURPOSE = {
    "vergabenummer",
    "aktenzeichen insolvenz",
    "offen zur tabelle angemeldet",
    "because",
    "weil",
}
STRANGERS_ON_PURPOSE = {"Insolvenzverwalter", "Siobhán O’Brien"}
DATE_FIELDS = {"birthday", "date", "close", "service_due", "anniversary"}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a file, read here without the program's own parser."""

    day: date
    time: str
    words: str
    author: str
    body: str

    def is_complaint(self) -> bool:
        return self.words.startswith(("Reklamation", "Complaint"))

    def is_open(self) -> bool:
        return not re.search(r"^(?:- )?(?:gelöst|solved):: ", self.body, re.M)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the book: its head under canonical keys, and its entries."""

    path: Path
    text: str
    head: dict[str, Any]
    entries: tuple[Told, ...]

    @property
    def slug(self) -> str:
        return self.path.stem

    def people(self) -> list[dict[str, Any]]:
        return list(self.head.get("contacts", [])) or [self.head]


class LoaderThatRefusesTwins(yaml.BaseLoader):
    """Scalars as text; a key that stands twice is an error."""


def mapping_without_twins(loader: LoaderThatRefusesTwins, node: yaml.MappingNode) -> dict[str, Any]:
    keys = [key.value for key, _ in node.value]
    assert len(keys) == len(set(keys)), keys
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


LoaderThatRefusesTwins.add_constructor("tag:yaml.org,2002:map", mapping_without_twins)


def canonical(value: Any) -> Any:
    """Give every key its canonical English name, German files included."""
    if isinstance(value, dict):
        return {KEYS.get(plain(key), plain(key)): canonical(item) for key, item in value.items()}
    return [canonical(item) for item in value] if isinstance(value, list) else value


def told(text: str) -> Iterator[Told]:
    for block in re.split(r"^#{2,3} (?=\d)", text, flags=re.M)[1:]:
        heading, _, body = block.partition("\n")
        match = ENTRY.match(heading)
        assert match, heading
        written = match["date"]
        iso = "-".join(reversed(written.split("."))) if "." in written else written
        yield Told(
            date.fromisoformat(iso),
            match["time"] or "",
            match["words"] or "",
            match["author"] or "",
            body,
        )


@cache
def book() -> tuple[File, ...]:
    files = []
    for path in sorted((ROOT / "customers").rglob("*.md")):
        text = path.read_bytes().decode("utf-8")
        head = yaml.load(text.split("---\n")[1], LoaderThatRefusesTwins)
        files.append(File(path, text, canonical(head), tuple(told(text))))
    return tuple(files)


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "crm.toml").read_text("utf-8"))


def tasks(file: File) -> list[tuple[str, str, date | None]]:
    """Every task of a file: its box, its words, and when it is due."""
    found = [(match["box"], match["text"]) for match in TASK.finditer(file.text)]
    dues = [DUE.search(words) for _, words in found]
    return [
        (box, words, date.fromisoformat(due[1]) if due else None)
        for (box, words), due in zip(found, dues, strict=True)
    ]


def scalars(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from scalars(item, KEYS.get(plain(str(key)), str(key)))
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item, field)
    else:
        yield field, value


def document(file: File) -> Document:
    path = file.path.relative_to(ROOT).as_posix()
    return Document.read(file.path.read_bytes(), path, read_config((ROOT / "crm.toml").read_text()))


def test_the_program_reads_every_file_without_a_finding() -> None:
    for file in book():
        assert document(file).findings == (), file.slug


def test_the_program_finds_every_entry_that_stands_there() -> None:
    for file in book():
        customer = document(file).customer
        read = [(entry.date, entry.author) for entry in customer.entries]
        assert read == [(entry.day, entry.author) for entry in file.entries], file.slug
        assert len(customer.tasks) == len(tasks(file)), file.slug
        assert customer.name == file.head["name"]


def test_every_person_in_an_entry_is_a_contact_of_the_file_or_a_stranger_on_purpose() -> None:
    strangers = set()
    for file in book():
        customer = document(file).customer
        names = Names(people_of(customer))
        people = {person for entry in customer.entries for person in entry.people}
        strangers |= {person for person in people if not names.contact(person)}
    assert strangers == STRANGERS_ON_PURPOSE


def test_every_file_is_plain_utf8_with_line_feeds_and_a_closed_head() -> None:
    for file in book():
        assert file.text.startswith("---\n"), file.slug
        assert file.text.endswith("\n"), file.slug
        assert not set(file.text) & set("\r\t\ufeff\x00"), file.slug
        assert file.text.count("\n---\n") == 1, file.slug


def test_every_key_is_known_or_unknown_on_purpose() -> None:
    known = set(KEYS.values()) | UNKNOWN_ON_PURPOSE

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    for file in book():
        assert keys(file.head) <= known, file.slug


def test_no_yaml_reader_of_another_program_misreads_a_value() -> None:
    for file in book():
        for field, value in scalars(yaml.safe_load(file.text.split("---\n")[1])):
            if field == "allowed":
                assert isinstance(value, bool) or value in ("ja", "nein"), (file.slug, value)
            elif field in DATE_FIELDS:
                assert isinstance(value, date | str), (file.slug, field, value)
            else:
                assert isinstance(value, str), (file.slug, field, value)


def test_every_entry_is_newest_first_and_none_is_later_than_the_end_of_the_story() -> None:
    for file in book():
        moments = [(entry.day, entry.time) for entry in file.entries]
        assert moments == sorted(set(moments), reverse=True), file.slug
        assert moments[0][0] <= STORY_ENDS, file.slug
    assert max(file.entries[0].day for file in book()) == STORY_ENDS


def test_authors_and_owners_are_in_the_team_and_a_leaver_writes_nothing_afterwards() -> None:
    team = settings()["team"]
    for file in book():
        assert file.head.get("owner", "anna") in team, file.slug
        assert file.head.get("segment", "A") in settings()["segments"], file.slug
        for entry in file.entries:
            assert not entry.author or entry.author in team, (file.slug, entry)
            left = team.get(entry.author, {}).get("left")
            assert left is None or entry.day <= left, (file.slug, entry)


def test_links_and_relations_lead_to_customers_of_the_book() -> None:
    names = {plain(file.slug) for file in book()}
    for file in book():
        names |= {plain(alias) for alias in file.head.get("aliases", [])}
    for file in book():
        wanted = [relation["to"] for relation in file.head.get("relations", [])]
        wanted += re.findall(r"\[\[([^\]|#]+)", file.text)
        for name in wanted:
            assert plain(name) in names, (file.slug, name)
            assert plain(name) != plain(file.slug), file.slug


def test_nobody_real_can_be_called_or_written_to() -> None:
    drama = re.compile(r"017139200\d\d|01522881\d{4}|017604069\d{3}")
    for file in book():
        for address in re.findall(r"[\w.+-]+@([\w.-]+\w)|https?://([^\s/]+)", file.text):
            assert "".join(address).endswith(".example"), (file.slug, address)
        for mobile in re.findall(r"(?:\+49|\b0)1[567]\d+", file.text):
            assert drama.fullmatch(mobile.replace("+49", "0")), (file.slug, mobile)


def test_no_two_people_share_a_mobile_number() -> None:
    mobiles = [number for file in book() for number in re.findall(r"\+491\d+", file.text)]
    assert len(mobiles) == len(set(mobiles))


def test_a_next_step_is_still_ahead_of_the_last_contact() -> None:
    for file in book():
        if "next" in file.head:
            assert date.fromisoformat(file.head["next"][:10]) > file.entries[0].day, file.slug


def test_a_task_that_is_done_was_done_and_the_open_ones_of_leavers_are_closed() -> None:
    for file in book():
        for box, words, due in tasks(file):
            assert box in "xX -", (file.slug, words)
            assert (box in "xX") == ("done:" in words), (file.slug, words)
            assert box != " " or due is not None, (file.slug, words)
        for entry in file.entries:
            assert entry.author != "heiko" or "[ ]" not in entry.body, (file.slug, entry)


def test_the_book_is_large_and_varied_enough_to_be_believed() -> None:
    entries = [entry for file in book() for entry in file.entries]
    assert len(book()) >= 26
    assert len(entries) >= 250
    assert min(entry.day for entry in entries).year == 2019
    assert {"anna", "ben", "clara", "david"} <= {entry.author for entry in entries}
    assert len([file for file in book() if file.head.get("language") == "en"]) >= 5
    assert {STATUSES[plain(file.head["status"])] for file in book()} == set(STATUSES.values())
    assert {file.head.get("segment") for file in book()} == {"A", "B", "C", None}
    stages = {
        STAGES[plain(deal["stage"])] for file in book() for deal in file.head.get("deals", [])
    }
    assert stages == set(STAGES.values())
    decides = {
        DECIDES[plain(person["decides"])]
        for file in book()
        for person in file.people()
        if "decides" in person
    }
    assert decides == set(DECIDES.values())
    zips = [file.head["address"]["zip"] for file in book() if "address" in file.head]
    assert any(code.startswith("01") for code in zips)
    assert any(len(code) == 4 for code in zips)


def test_every_kind_of_entry_is_told_somewhere() -> None:
    words = {
        canonical_kind: {
            plain(word) for word in (canonical_kind, german, english, *more.split(","))
        }
        for canonical_kind, (_, german, english, more) in KINDS.items()
    }
    begun = [plain(entry.words) for file in book() for entry in file.entries]
    for kind, spellings in words.items():
        starts = tuple(word for word in spellings if word)
        assert any(words.startswith(starts) for words in begun), kind


def test_the_last_day_has_something_of_everything_for_the_call_list() -> None:
    late: dict[str, int] = {}
    complaints: set[str] = set()
    for file in book():
        owner = file.head.get("owner", "nobody")
        late[owner] = late.get(owner, 0) + sum(
            box == " " and due is not None and due < STORY_ENDS and "@kunde" not in words
            for box, words, due in tasks(file)
        )
        if any(entry.is_complaint() and entry.is_open() for entry in file.entries):
            complaints.add(owner)
    assert late["anna"] and late["ben"] and late["clara"] and late["david"]
    assert {"anna", "ben", "clara", "david"} <= complaints
    heads = [file.head for file in book()]
    people = [person for file in book() for person in file.people()]
    assert any(head.get("snooze", "")[:10] > str(STORY_ENDS) for head in heads)
    assert any("do_not_contact" in head for head in heads)
    assert any("do_not_contact" in person and "role" in person for person in people)
    assert any("snooze" in person and "role" in person for person in people)
    assert any(person.get("away", "9")[:10] <= str(STORY_ENDS) for person in people)
    assert any("owner" not in head for head in heads)


def test_the_names_that_the_documentation_asks_for_mean_one_customer() -> None:
    for asked in ("petersen", "heike", "vierjahreszeiten", "visser"):
        meant = [
            file.slug
            for file in book()
            if asked in plain(file.slug)
            or any(asked in plain(person["name"]) for person in [file.head, *file.people()])
        ]
        assert len(meant) == 1, (asked, meant)


def test_the_template_asks_for_nothing_but_a_name() -> None:
    rendering = SandboxedEnvironment(keep_trailing_newline=True)
    rendering.filters["yaml"] = lambda text: f'"{text}"'
    template = rendering.from_string((ROOT / "templates" / "customer.md").read_text("utf-8"))
    least = template.render(name="Müller & Söhne #1", language="de")
    head = yaml.safe_load(least.split("---\n")[1])
    assert head == {"name": "Müller & Söhne #1", "status": "lead"}
    assert least.endswith("# Müller & Söhne #1\n\n## Gemeinsames\n\n## Vorsicht\n\n## Verlauf\n")
    most = template.render(name="N", owner="anna", phone="01", email="a@b.example", language="en")
    assert list(yaml.safe_load(most.split("---\n")[1])) == [
        "name", "status", "owner", "phone", "email",
    ]  # fmt: skip
    assert most.endswith("## Common ground\n\n## Careful\n\n## History\n")
