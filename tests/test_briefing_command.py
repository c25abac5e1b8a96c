"""``crm briefing``: a page to read before a visit, whatever stands in the file."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crm_md.exchange.page import Item, Link, Page, Section, as_markdown, flowing
from crm_md.questions.briefing import briefing
from crm_md.questions.briefing_page import page_of
from crm_md.questions.page_html import address_of, as_html
from tests.books import Book

SAMPLES = Path(__file__).parents[1] / "customers"
RICH = """---
name: Rundum GmbH
status: customer
segment: A
owner: anna
tags: [mode]
phone: 04922 9300-0
address:
  street: Strandstraße 7
  zip: "26757"
  city: Borkum
next: 2026-11-20 Angebot nachfassen
goal: Alleinlieferant bis 2027
contacts:
  - name: Heike Rundum
    role: Inhaberin
    address_as: Du, Heike
    decides: decision-maker
    phone: 04922 9300-12
    email: h.rundum@rundum.example
    reach: nie montags
    birthday: 1966-12-01
    away: 2026-12-21 bis 2027-01-06 Urlaub
    hobby: segelt eine Jolle
  - name: Okko Harms
    left: 2023-09
deals:
  - title: Winterkollektion
    stage: offered
    value: 24.000 €
    close: 2027-01-31
products:
  - name: Serie R7
    service_due: 2027-01-15
relations:
  - to: strandhotel-vierjahreszeiten
    as: Schwager
consent:
  - channel: mail
    allowed: yes
    basis: Art. 6 (1) a
    evidence: Messeformular Nr. 12
  - channel: phone
    allowed: no
    evidence: Widerspruch 4711
---

# Rundum GmbH

Drei Läden auf der Insel.

## Gemeinsames

- segelt; beide auf der Regatta 2019

## Vorsicht

- nicht auf den Bruder ansprechen

## Verlauf

### 2026-12-03 10:00 Besuch bei Heike Rundum: Kollektion (anna)

### 2026-11-12 Reklamation von Heike Rundum: Naht offen (ben)

Zum zweiten Mal.

- Stimmung:: verärgert
- [ ] Ersatz schicken due:2026-11-19 @ben
- [ ] schickt Fotos due:2026-11-27 @kunde

### 2026-10-02 Angebot an Heike Rundum: Winterkollektion (anna)

### 2026-05-01 Anruf mit Heike Rundum: Termin (anna)

### 2026-03-01 Auftrag von Heike Rundum: 600 Stück (anna)

- Stimmung:: gut

### 2019-02-20 Besuch bei Okko Harms: kalt hereingeschneit (ben)
"""


@pytest.fixture
def rich(book: Book) -> Book:
    """Return the book with a customer of whom everything is known."""
    book.write("customers/rundum.md", RICH, "rich")
    return book


def headings(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [
        after.content
        for token, after in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


class Seen(HTMLParser):
    """What a browser would see: tags, links, texts, and what it would have to load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "action", "style") or name.startswith("on"):
                self.loads.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


# What is on the page


def test_the_page_has_what_one_needs_before_the_door(rich: Book) -> None:
    answer = rich("briefing", "rundum")
    assert answer.code == 0
    assert headings(answer.out) == [
        "Rundum GmbH",
        *("People", "Careful", "Promises", "Last contacts", "The story in brief", "In common"),
        *("Where it goes", "Deals and products", "Connected with", "About them"),
        "Who of us knows them",
    ]
    for line in (
        "- **Address**: Strandstraße 7, 26757 Borkum",
        "- **Heike Rundum**: Inhaberin · „Du, Heike“ · decides · nie montags, 04922 9300-12, "
        "h.rundum@rundum.example",
        "  - away Mon 21 Dec 2026 to Wed 6 Jan 2027 (Urlaub)",
        "  - birthday in 11 days: 60",
        "  - hobby: segelt eine Jolle",
        "  - Thu 12 Nov 2026 Reklamation: Naht offen · verärgert (ben)",
        "- Complaint open since Thu 12 Nov 2026, 8 days ago: Naht offen",
        "- nicht auf den Bruder ansprechen",
        "- **We promised**: Ersatz schicken @ben (due Thu 19 Nov 2026, yesterday)",
        "- **They owe us**: schickt Fotos (due Fri 27 Nov 2026, in 7 days)",
        "- **Wed 20 Feb 2019**: First contact – Besuch bei Okko Harms: kalt hereingeschneit (ben)",
        "- **Fri 2 Oct 2026**: Angebot an Heike Rundum: Winterkollektion (anna)",
        "- **Mood**: gut (Sun 1 Mar 2026) → verärgert (Thu 12 Nov 2026)",
        "- segelt; beide auf der Regatta 2019",
        "- **Goal**: Alleinlieferant bis 2027",
        "- **Next**: Angebot nachfassen (Fri 20 Nov 2026, today)",
        "- **To come**: Thu 3 Dec 2026 10:00 Besuch bei Heike Rundum: Kollektion (anna)",
        "- **Winterkollektion**: offered · 24.000 € · closing Sun 31 Jan 2027, in 2 months",
        "- **Serie R7**: service due Fri 15 Jan 2027, in 8 weeks",
        "- **Strandhotel Vierjahreszeiten**: Schwager",
        "  > Drei Läden auf der Insel.",
        "- ben, anna",
    ):
        assert f"\n{line}\n" in answer.out


def test_quiet_they_asked_for_is_told_until_they_write(rich: Book) -> None:
    rich("set", "rundum", "snooze", "2027-03-01 seit 2026-11-15 bittet um Ruhe")
    quiet = "- Rests until: 2027-03-01 seit 2026-11-15 bittet um Ruhe\n"
    assert quiet in rich("briefing", "rundum").out
    rich("log", "rundum", "gestern", "Mail", "von", "Heike:", "wieder", "da")
    assert quiet not in rich("briefing", "rundum").out


def test_the_story_is_brief(rich: Book) -> None:
    story = rich("briefing", "rundum").out.split("## The story in brief")[1].split("\n## ")[0]
    assert "Termin" not in story
    assert story.count("\n- **") == 5


def test_the_last_three_contacts_come_with_their_words(rich: Book) -> None:
    last = rich("briefing", "rundum").out.split("## Last contacts")[1].split("\n## ")[0]
    assert re.findall(r"^- \*\*\w+ (\d+ \w+ 2026)\*\*", last, re.MULTILINE) == [
        "12 Nov 2026",
        "2 Oct 2026",
        "1 May 2026",
    ]
    assert "  > Zum zweiten Mal." in last


def test_words_without_a_subject_are_not_told_twice(book: Book) -> None:
    text = "---\nname: Kurz\n---\n\n## Verlauf\n\n### 2026-11-01 Anruf (anna)\n\nNur das.\n"
    book.write("customers/kurz.md", text)
    last = book("briefing", "kurz").out.split("## Last contacts")[1].split("\n## ")[0]
    assert last.count("Nur das.") == 1


@pytest.mark.parametrize("form", [[], ["--html"], ["--json"]])
def test_it_never_tells_of_consent_nor_ranks_colleagues(rich: Book, form: list[str]) -> None:
    shown = rich("briefing", "rundum", *form).out
    for word in ("Messeformular", "Widerspruch", "4711", "Art. 6", "consent", "evidence"):
        assert word not in shown


def test_a_person_who_was_asked_for_comes_first(book: Book) -> None:
    people = book("briefing", "kai").out.split("## People")[1]
    assert people.index("Kai Petersen") < people.index("Heike Petersen")


def test_a_relation_is_told_from_the_other_side(book: Book) -> None:
    assert "- Schwager of Strandhotel Vierjahreszeiten\n" in book("briefing", "petersen").out
    german = book("vorbereiten", "petersen", language="de").out
    assert "- Schwager von Strandhotel Vierjahreszeiten\n" in german


def test_it_speaks_german(rich: Book) -> None:
    shown = rich("vorbereiten", "rundum", language="de").out
    assert headings(shown)[1:5] == ["Ansprechpartner", "Vorsicht", "Zusagen", "Letzte Kontakte"]
    assert "- **Zugesagt**: Ersatz schicken @ben (fällig Do 19.11.2026, gestern)\n" in shown


def test_json_is_one_object(rich: Book) -> None:
    told = rich("--json", "briefing", "rundum").json
    assert told["slug"] == "rundum"
    assert [one["name"] for one in told["people"]] == ["Heike Rundum", "Okko Harms"]
    assert told["people"][0]["birthday_soon"] == "2026-12-01"
    assert [one["why"] for one in told["milestones"]] == ["first", "order", "offer", "complaint"]
    assert [one["mood"] for one in told["moods"]] == ["good", "bad"]
    assert told["promised"][0]["text"] == "Ersatz schicken"
    assert told["relations"][0]["as"] == "Schwager"


def test_a_customer_with_nothing_but_a_name_has_a_page(book: Book) -> None:
    book.write("customers/leer.md", "---\nname: Leer\n---\n")
    answer = book("briefing", "leer")
    assert (answer.code, answer.out) == (0, "# Leer\n\n- **As of**: Fri 20 Nov 2026\n")


def test_nobody_of_this_name_is_the_usual_error(book: Book) -> None:
    assert book("briefing", "xylophon").code == 20


# A day of visits


def test_today_is_everybody_whom_i_visit_meet_or_call(rich: Book) -> None:
    answer = rich("briefing", "--today")
    assert headings(answer.out)[:2] == ["Today, Fri 20 Nov 2026", "Rundum GmbH"]
    assert "- **Today**: Angebot nachfassen\n" in answer.out
    assert "Modehaus" not in answer.out
    assert "story in brief" not in answer.out


def test_a_day_can_be_given_behind_it(rich: Book) -> None:
    answer = rich("briefing", "--today", "2026-12-03")
    assert headings(answer.out)[:2] == ["Today, Thu 3 Dec 2026", "Rundum GmbH"]
    assert "- **Today**: 10:00 Visit Heike Rundum: Kollektion\n" in answer.out


def test_the_day_before_the_command_is_the_day_of_the_page(rich: Book) -> None:
    answer = rich("briefing", "--today", now=datetime(2026, 12, 1, 8, 0))
    assert headings(answer.out)[1] == "Modehaus Petersen GmbH & Co. KG"


def test_the_visits_of_a_day_come_by_their_time(book: Book) -> None:
    for name, at in (("Spät", "16:00"), ("Früh", "15:00")):
        text = f"---\nname: {name}\n---\n\n## Verlauf\n\n### 2026-11-20 {at} Besuch: Aufmaß\n"
        book.write(f"customers/{name}.md", text)
    book.write("customers/ohne.md", "---\nname: Ohne\nnext: 2026-11-20 anrufen\n---\n")
    shown = headings(book("briefing", "--today").out)
    assert [one for one in shown if one in ("Früh", "Spät", "Ohne")] == ["Früh", "Spät", "Ohne"]


def test_a_day_without_anybody_is_said(book: Book) -> None:
    answer = book("briefing", "--today")
    assert (answer.code, answer.out) == (1, "")
    assert "Nobody is to be visited, met or called today." in answer.err
    assert book("--json", "briefing", "--today").json == {"date": "2026-11-20", "customers": []}
    assert "Nobody is to be visited" in seen(book("briefing", "--today", "--html").out).text


def test_a_colleagues_day_can_be_asked_for(rich: Book) -> None:
    assert rich("briefing", "--today", "--owner", "ben").code == 1
    assert rich("briefing", "--today", "--owner", "anna").code == 0
    assert rich("briefing", "--today", "--owner", "all").code == 0


@pytest.mark.parametrize("asked", [[], ["rundum", "--owner", "ben"], ["--owner", "ben"]])
def test_what_is_not_meant_so_is_refused(rich: Book, asked: list[str]) -> None:
    assert rich("briefing", *asked).code == 2


# The phone


def test_the_page_for_the_phone_needs_no_network(rich: Book) -> None:
    html = rich("briefing", "rundum", "--html").out
    page = seen(html)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
    assert "prefers-color-scheme: dark" in html
    assert page.loads == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "url(" not in html
    assert page.links == [
        "geo:0,0?q=Strandstra%C3%9Fe%207%2C%2026757%20Borkum",
        "tel:+49492293000",
        "tel:+494922930012",
        "mailto:h.rundum@rundum.example",
    ]
    assert "Zum zweiten Mal." in page.text
    assert page.tags.count("h1") == 1


def test_lines_of_a_paragraph_flow_on_the_phone_and_lists_do_not() -> None:
    text = "Sie war nicht laut,\nnur kurz.\r\n\n- Stimmung:: gut\n- [ ] Muster\nBetrag:: 3 €"
    assert flowing(text) == (
        "Sie war nicht laut, nur kurz.\n\n- Stimmung:: gut\n- [ ] Muster\nBetrag:: 3 €"
    )
    assert flowing("```\na\nb\n```") == "```\na\nb\n```"


def test_only_who_cannot_be_met_stands_out_among_the_people(rich: Book) -> None:
    html = rich("briefing", "rundum", "--html").out
    assert '<li class="urgent"><strong>Okko Harms</strong>' in html
    quiet = RICH.replace("    away: 2026-12-21 bis 2027-01-06 Urlaub\n", "")
    rich.write("customers/rundum.md", quiet, "back")
    assert "<li><strong>Heike Rundum</strong>" in rich("briefing", "rundum", "--html").out


def test_every_text_is_a_text_on_the_page(book: Book) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    head = (
        f"---\nname: 'Bö & <b>se</b>'\ngoal: '{evil}'\nphone: '{evil}'\nemail: '{evil}'\n"
        f"website: 'javascript:alert(3)'\nreach: '{evil}'\ncontacts:\n  - name: '{evil}'\n"
        f"    role: '{evil}'\n    email: 'x@y.example?bcc=z@y.example'\n---\n\n{evil}\n\n"
        f"## Vorsicht\n\n- {evil}\n\n## Verlauf\n\n### 2026-11-01 Anruf: {evil}\n\n{evil}\n"
    )
    book.write("customers/boese.md", head)
    html = book("briefing", "boese", "--html").out
    page = seen(html)
    assert not {"script", "img", "b"} & set(page.tags)
    assert page.loads == []
    assert "<script>alert(1)</script>" in page.text
    assert all(link.startswith(("tel:", "mailto:", "geo:")) for link in page.links)
    assert not any("bcc=" in link for link in page.links)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (Link("tel", "(04922) 9300-12"), "tel:+49492293001"),
        (Link("tel", "0043 1 58858 0"), "tel:+431"),
        (Link("tel", "javascript:alert(1)"), ""),
        (Link("tel", "nur schriftlich"), ""),
        (Link("mailto", "h.p@x.example"), "mailto:h.p@x.example"),
        (Link("mailto", "x@y.example?cc=z"), ""),
        (Link("mailto", "keine"), ""),
        (Link("web", "https://x.example"), "https://x.example"),
        (Link("web", "javascript:alert(1)"), ""),
        (Link("web", "data:text/html,x"), ""),
        (Link("geo", "A & B, 1"), "geo:0,0?q=A%20%26%20B%2C%201"),
    ],
)
def test_a_link_leads_where_its_text_says_or_nowhere(link: Link, address: str) -> None:
    found = address_of(link, "DE")
    assert found.startswith(address)
    assert bool(found) is bool(address)


# Whatever stands in a file


NASTY = (
    "# Überschrift",
    "- [ ] Haken",
    "```",
    "~~~",
    "<!-- Kommentar",
    "<div style='display:none'>",
    "> Zitat",
    "---",
    "===",
    "1. eins",
    "[a]: https://x.example",
    "    Code",
    "\x1b[31mrot\x07\x00\u202e",
    "Ende #",
    "**fett",
    "a\\",
    "\\<b>x",
)


def test_a_page_keeps_its_own_headings_whatever_a_text_says(book: Book) -> None:
    lines = "\n".join(NASTY[:3])
    text = "\n\n".join(("## Verlauf", "### 2026-11-01 Anruf: # Thema", lines, "<!-- weg"))
    book.write("customers/wild.md", f"---\nname: 'Wild #'\n---\n\n{text}\n")
    shown = book("briefing", "wild").out
    assert headings(shown)[0] == "Wild \\#"
    ours = ["Promises", "Last contacts", "The story in brief", "About them"]
    assert headings(shown)[1:] == ours


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=30)), min_size=6, max_size=6))
def test_any_words_give_a_page_of_the_same_shape(texts: list[str]) -> None:
    title, line, label, more, told, last = (text or "x" for text in texts)
    told = f"{told}\n{line}\n\n{last}"
    items = (
        Item(f"{line}x", more=(f"{more}x",), told=told),
        Item(last, f"{label}x", links=(Link("mailto", line),)),
        Item("Ende"),
    )
    page = Page(f"{title}x", (Item("Anfang"),), (Section("Eins", items), Section("Zwei", items)))
    markdown = as_markdown([page, page], "Heute")
    tokens = MarkdownIt("commonmark").parse(markdown)
    tops = [token.tag for token in tokens if token.type == "heading_open" and token.level == 0]
    assert tops == ["h1", "h2", "h3", "h3", "h2", "h3", "h3"]
    inner = [child for token in tokens for child in token.children or ()]
    assert not [one for one in (*tokens, *inner) if one.type in ("html_block", "html_inline")]
    lists = [token for token in tokens if token.type == "list_item_open" and token.level == 1]
    assert len(lists) == 2 * (1 + 3 + 3)
    assert all(sign.isprintable() or sign in "\n\t" for sign in markdown if sign < "\xa0")
    page_seen = seen(as_html([page, page], title))
    assert page_seen.tags.count("li") == 2 * (1 + 3 + 3 + 2)
    assert page_seen.loads == []


def test_escape_sequences_never_reach_the_terminal(book: Book) -> None:
    text = (
        "---\nname: Bunt\n---\n\n## Verlauf\n\n### 2026-11-01 Anruf: a\x1b[31mb\n\n\x1b]0;x\x07y\n"
    )
    book.write("customers/bunt.md", text)
    for form in ([], ["--html"]):
        shown = book("briefing", "bunt", *form).out
        assert "\x1b" not in shown
        assert "\x07" not in shown


# Into a file


def test_it_goes_into_a_file_whole(rich: Book, tmp_path: Path) -> None:
    file = tmp_path / "rundum.html"
    answer = rich("briefing", "rundum", "--html", "--output", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert file.read_text("utf-8") == rich("briefing", "rundum", "--html").out


def test_a_customers_file_is_never_taken_for_a_page(rich: Book) -> None:
    before = rich.read("customers/rundum.md")
    link = rich.root / "seite.md"
    link.symlink_to(rich.root / "customers" / "rundum.md")
    for path in (rich.root / "customers" / "rundum.md", link):
        assert rich("briefing", "rundum", "--output", str(path)).code == 2
    assert rich.read("customers/rundum.md") == before


# The sample book


def test_every_customer_of_the_sample_book_has_a_page_in_both_forms(book: Book) -> None:
    shutil.copytree(SAMPLES, book.root / "customers", dirs_exist_ok=True)
    with book.open() as crm:
        for one in crm.catalogue.summaries():
            page = page_of(briefing(crm, one.path), crm.config)
            titles = [page.title, *(section.title for section in page.sections)]
            tokens = MarkdownIt("commonmark").parse(as_markdown([page]))
            assert sum(one.type == "heading_open" and not one.level for one in tokens) == len(
                titles
            )
            html = seen(as_html([page], page.title))
            assert html.loads == []
            assert all(title in html.text for title in titles)


def test_a_day_in_place_of_a_customer_asks_for_its_briefings(book: Book) -> None:
    assert book("vorbereiten", "heute").out == book("briefing", "--today").out
    assert book("briefing", "1.12.").out == book("briefing", "--today", "2026-12-01").out
    assert "Angebot nachfassen" in book("briefing", "1.12.").out
