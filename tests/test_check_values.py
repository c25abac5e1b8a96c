"""Every check of one file fires where it should, in English and in German, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from crm_md.messages import speak
from crm_md.model import Finding
from crm_md.quality import OF_A_FILE, check
from tests.books import NOW, Book, make_book

TEAM = """format = 1
[team.anna]
name = "Anna Krüger"
[team.ben]
name = "Ben Okafor"
[team.heiko]
name = "Heiko Tjarks"
left = 2022-12-31
[team.clara]
left = 2027-01-31
[segments.A]
every = "4w"
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What a check fires on, in which line; the same in a German file; and what it leaves alone."""

    check: str
    line: int
    fires: str
    german: str
    quiet: str


def head(*lines: str, body: str = "") -> str:
    """Return a file with a name, these lines in its head from line 3 on, and a body."""
    return "\n".join(("---", "name: Quast", *lines, "---", body))


CASES = (
    Case(
        "head-misread",
        4,
        head("address:", "  zip: 01067"),
        head("Adresse:", "  PLZ: 01067"),
        head("address:", '  zip: "01067"', "since: 2019", "consent:", "  - allowed: no"),
    ),
    Case("phone-short", 3, head("phone: -12"), head("Telefon: DW 12"), head("phone: 04922 93")),
    Case(
        "phone-two",
        3,
        head("phone: 04922 9300-0 / 0171 3920012"),
        head("Telefon: 04922 9300-0 oder +49 171 3920012"),
        head("phone: (04922) 93 00 / 12", "contacts:", "  - name: A", "    phone: 0351/123456"),
    ),
    Case(
        "email-wrong",
        3,
        head("email: heike.quast.example"),
        head("E-Mail: heike(at)quast.example"),
        head("email: Heike <heike@quäst.example>"),
    ),
    Case(
        "birthday-impossible",
        3,
        head("birthday: 2066-03-12"),
        head("Geburtstag: 12.3.1866"),
        head("birthday: 03-12", "contacts:", "  - name: A", "    birthday: 1930-01-01"),
    ),
    Case(
        "consent-undated",
        4,
        head("consent:", "  - channel: mail", "    allowed: yes"),
        head("Einwilligung:", "  - Kanal: Mail", "    erlaubt: ja"),
        head(
            *("consent:", "  - channel: mail", "    allowed: yes", "    date: 2025-01-02"),
            *("  - channel: phone", "    allowed: no"),
        ),
    ),
    Case(
        "next-done",
        3,
        head("next: 2026-11-10 ask", body="## History\n\n### 2026-11-12 Call: asked\n"),
        head("Wiedervorlage: 10.11.2026 fragen", body="## Verlauf\n\n### 2026-11-10 Anruf\n"),
        head(
            "next: 2026-11-10 ask",
            body="## History\n\n### 2026-11-25 Call: planned\n\n### 2026-11-12 Call: no answer\n\n"
            "### 2026-11-11 Note: she is away\n\n### 2026-11-09 Call: too early\n",
        ),
    ),
    Case(
        "solved-before",
        6,
        head(body="## History\n\n### 2026-10-02 Complaint: seam\n\nsolved:: 2026-09-05 replaced\n"),
        head(body="## Verlauf\n\n### 2.10.2026 Reklamation: Naht\n\n- gelöst:: 5.9.2026 ersetzt\n"),
        head(body="## History\n\n### 2026-10-02 Complaint: seam\n\nsolved:: 2026-10-02 at once\n"),
    ),
    Case(
        "author-unknown",
        6,
        head(body="## History\n\n### 2026-10-02 Call: seam (bem)\n"),
        head(
            body="## Verlauf\n\n### 2026-10-02 Anruf: Naht (jens)\n\n### 2026-10-01 Brief (jens)\n"
        ),
        head(body="## History\n\n### 2026-10-02 Call: size (large)\n\n### 2026-10-01 Mail (ben)\n"),
    ),
    Case(
        "unsettled",
        6,
        head(body="## To settle\n\n- [ ] phone: 1 #settle\n"),
        head(body="## Zu klären\n\n- [ ] goal: (entfernt) #settle\n"),
        head(body="## To settle\n\n- [x] phone: 1 #settle\n"),
    ),
    Case(
        "to-settle",
        7,
        head(body="## To settle\n\n\n- who pays?\n\n## History\n"),
        head(body="## Zu klären\n\n- [ ] fragen\n- wer zahlt?\n"),
        head(body="## To settle\n\n- [ ] ask Heike\n"),
    ),
    Case(
        "link-nowhere",
        4,
        head(body="We know her from [[modehaus-pettersen|Petersen]].\n"),
        head(body="Bekannt über [[Modehaus Petersn]].\n"),
        head(
            body="[[Petersen Borkum]], "
            "[[customers/modehaus-petersen#Verlauf]], [[plan]]\n\n```\n[[x]]\n```\n"
        ),
    ),
    Case(
        "relation-nowhere",
        4,
        head("relations:", "  - to: modehaus-pettersen", "    as: cousin"),
        head("Beziehungen:", "  - zu: Meyer", "    als: Vetter"),
        head("relations:", "  - to: modehaus-petersen", "    as: cousin"),
    ),
    Case(
        "owner-left",
        3,
        head("owner: heiko"),
        head("betreut: Heiko Tjarks", "Status: Kunde"),
        head("owner: clara"),
    ),
    Case(
        "task-left",
        5,
        head(body="\n- [ ] send the catalogue @heiko\n"),
        head(body="## Vorsicht\n- [ ] Katalog schicken due:2026-12-01 @heiko\n"),
        head(body="\n- [x] sent @heiko\n- [ ] call @clara\n- [ ] write @anna\n"),
    ),
    Case(
        "line-ends-mixed", 3, "---\nname: Q\n---\r\n", "---\r\nname: Q\r\n---\n", "---\r\n---\r\n"
    ),
    # What reading itself notices; `crm check` hands it on.
    Case("conflict", 4, head(body="<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"), "", head(body="<<")),
    Case(
        "entry-date",
        6,
        head(body="## History\n\n### 20.11. Call: no year\n"),
        head(body="## Verlauf\n\n### 2026-02-30 Anruf\n"),
        head(body="## History\n\n### 2026-11-20 Call\n"),
    ),
    Case("head-unclosed", 4, "---\nname: Quast\n\n# Quast\n", "", head()),
    Case("head-double-key", 2, head("name: Quast KG"), head("name: Quast KG"), head()),
    Case(
        "head-value", 3, head("goal: more: better"), head("Ziel: mehr: besser"), head("goal: more")
    ),
    Case("name-missing", 2, "---\nstatus: lead\n---\n", "---\nStatus: Lead\n---\n", head()),
    Case(
        "field-type",
        4,
        head("contacts:", "  - phone: 0351 123456"),
        head("Ansprechpartner:", "  - Telefon: 0351 123456"),
        head("contacts:", "  - role: buyer", "    phone: 0351 123456"),
    ),
    Case(
        "next-without-day", 3, head("next: ask"), head("Wiedervorlage: fragen"), head("goal: more")
    ),
    Case(
        "task-due",
        4,
        head(body="- [ ] call due:soon\n"),
        head(body="- [ ] anrufen fällig:2026-02-30\n"),
        head(body="- [ ] call due:2026-12-01\n"),
    ),
    Case(
        "unknown-colleague",
        3,
        head("owner: dora"),
        head("betreut: Dora"),
        head("owner: ben", body="- [ ] call @anna\n- [ ] sends photos @kunde\n"),
    ),
    Case("unknown-word", 3, head("status: hot"), head("Status: heiß"), head("status: Kunde")),
    Case(
        "field-date",
        3,
        head("birthday: someday"),
        head("Geburtstag: 30.2."),
        head("birthday: 3-12"),
    ),
    Case("unknown-word", 3, head("segment: Z"), head("Gruppe: Z"), head("segment: A")),
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = make_book(tmp_path / "book")
    made.write("crm.toml", TEAM)
    made.write("notes/plan.txt", "no customer\n")
    return made


def found(book: Book, text: str, now: datetime = NOW) -> list[Finding]:
    """Return what is found in a customer's file with this text."""
    path = "customers/quast.md"
    book.write(path, text)
    with book.open(now) as crm:
        return check(crm, path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_check_fires_with_its_line(book: Book, case: Case) -> None:
    lines = [one.line for one in found(book, case.fires) if one.check == case.check]
    assert lines[:1] == [case.line]


@pytest.mark.parametrize("case", [c for c in CASES if c.german], ids=lambda case: case.check)
def test_a_check_fires_in_a_german_file(book: Book, case: Case) -> None:
    assert case.check in {one.check for one in found(book, case.german)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_check_leaves_alone_what_is_well(book: Book, case: Case) -> None:
    assert case.check not in {one.check for one in found(book, case.quiet)}


def test_every_check_of_a_file_has_a_case() -> None:
    assert set(OF_A_FILE) <= {case.check for case in CASES}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.check in OF_A_FILE], ids=lambda case: case.check
)
def test_a_finding_speaks_german(book: Book, case: Case) -> None:
    english = [one for one in found(book, case.fires) if one.check == case.check]
    speak("de")
    german = [one for one in found(book, case.fires) if one.check == case.check]
    for one, other in zip(english, german, strict=True):
        assert one.text != other.text
        assert one.remedy != other.remedy
        assert (one.line, one.severity) == (other.line, other.severity)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_finding_is_a_sentence_with_a_remedy(book: Book, case: Case) -> None:
    for one in found(book, case.fires):
        assert one.path == "customers/quast.md"
        assert one.text.endswith((".", "?", "!")) and one.remedy
        assert "{" not in one.text + one.remedy


def test_an_unknown_mood_is_told_with_german_words(book: Book) -> None:
    book.write(
        "customers/neu.md",
        "---\nname: Neu\n---\n\n## Verlauf\n\n### 2026-11-01 Anruf\n\nStimmung:: komisch\n",
    )
    found = book("check", language="de").out
    assert "„komisch“ ist kein bekanntes Wort für „Stimmung“" in found
    assert "schlecht, neutral, gut" in found


def test_a_byte_order_mark_is_told_once(book: Book) -> None:
    book.write("customers/neu.md", "\ufeff---\nname: Neu\n---\n")
    found = book("--json", "check").json
    assert [one["check"] for one in found if one["path"] == "customers/neu.md"] == ["encoding"]


@pytest.mark.parametrize(
    ("language", "says"), [("en", "The closing "), ("de", "Hinten fehlt das ")]
)
@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_quotation_mark_that_was_not_closed_is_what_the_advice_names(
    book: Book, language: str, says: str, mark: str
) -> None:
    file = book.write("customers/nolte.md", f"---\nname: {mark}Glaserei Nolte\n---\n")
    answer = book("check", str(file), language=language)
    assert says + mark in answer.out
    assert answer.out.rstrip("\n").split("\n")[0].endswith(f": {mark}Glaserei Nolte{mark}")
