"""``crm deal``: a deal moves on, its fact and its story are written, and nothing is counted."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crm_md.records.deal_words import DealWish, is_amount, read_wish
from tests.books import NOW, PETERSEN, Book
from tests.terminals import run_on_terminal

FILE = "customers/modehaus-petersen.md"
DEALS = """deals:
  - title: Winterkollektion 2027
    stage: talking   # seit der Messe
    value: 24.000 €
  - title: Winterkollektion 2025
    stage: lost
  - Schaufenster
"""
WITH_DEALS = PETERSEN.replace("contacts:\n", f"{DEALS}contacts:\n")


@pytest.fixture
def deals(book: Book) -> Book:
    """Return the book with three deals."""
    book.write(FILE, WITH_DEALS, "Geschäfte")
    return book


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("Winter", DealWish("Winter")),
        ("Winter angeboten", DealWish("Winter", "offered")),
        ("Winter offered 24.000 €", DealWish("Winter", "offered", "24.000 €")),
        ("Winter 2027 im Gespräch 24000", DealWish("Winter 2027", "talking", "24000")),
        ("Winter Angebot abgegeben 1.200,50 EUR", DealWish("Winter", "offered", "1.200,50 EUR")),
        ("Neuer Auftrag Dach Idee", DealWish("Neuer Auftrag Dach", "idea")),
        ("Winterkollektion 2027", DealWish("Winterkollektion 2027")),
        ("Winterkollektion 2027 26.000 €", DealWish("Winterkollektion 2027", value="26.000 €")),
        ("Winter 24000", DealWish("Winter", value="24000")),
        ("Auftrag", DealWish("Auftrag")),
        ("Halle 7 WON", DealWish("Halle 7", "won")),
        ("Halle verloren ca. 20 T€", DealWish("Halle", "lost", "ca. 20 T€")),
    ],
)
def test_title_stage_and_value_need_no_quotes(words: str, wish: DealWish) -> None:
    assert read_wish(words.split()) == wish


@pytest.mark.parametrize(
    "text", ["24.000 €", "24000", "€ 1.200", "12 TEUR", "CHF 4'500.-", "3.800"]
)
def test_an_amount_is_one(text: str) -> None:
    assert is_amount(text)


@pytest.mark.parametrize("text", ["2027", "Winter", "R7", "3. Stock", "", "Euro"])
def test_a_year_or_a_word_is_none(text: str) -> None:
    assert not is_amount(text)


def test_an_offer_changes_its_line_and_tells_the_history(deals: Book) -> None:
    answer = deals("deal", "petersen", "winter", "angeboten", "26.000 €", language="de")
    assert answer.code == 0
    entry = (
        "### 2026-11-20 14:30 Angebot: Winterkollektion 2027 – 26.000 € (anna)\n\n### 2026-11-12"
    )
    assert deals.read(FILE) == WITH_DEALS.replace(
        "stage: talking   # seit der Messe\n    value: 24.000 €",
        "stage: offered   # seit der Messe\n    value: 26.000 €",
    ).replace("### 2026-11-12", entry, 1)
    assert "Vorher: im Gespräch" in answer.err
    assert deals.subjects()[0] == (
        "Modehaus Petersen GmbH & Co. KG: Angebot: Winterkollektion 2027 – 26.000 €"
    )


def test_undo_brings_back_head_and_history(deals: Book) -> None:
    deals("deal", "petersen", "winter", "angeboten", "26.000 €")
    deals("undo")
    assert deals.read(FILE) == WITH_DEALS


def test_an_offer_is_a_contact_of_ours_and_a_stage_is_none(deals: Book) -> None:
    deals("deal", "petersen", "winter", "angeboten")
    deals("deal", "petersen", "winter", "gewonnen", now=datetime(2026, 11, 21, 9, 0))
    with deals.open() as crm:
        note, offer = crm.read(FILE).customer.entries[:2]
    assert (offer.kind, offer.touch, offer.direction) == ("offer", "written", "to")
    assert (note.kind, note.touch, note.direction) == ("note", "none", "")
    assert note.subject == "Winterkollektion 2027 – gewonnen"


def test_an_offer_goes_to_the_person_that_was_named(deals: Book) -> None:
    deals("deal", "heike", "winter", "angeboten")
    assert "Angebot an Heike Petersen: Winterkollektion 2027 (anna)" in deals.read(FILE)


def test_why_it_was_won_stands_with_the_entry(deals: Book) -> None:
    deals("deal", "petersen", "winter", "won", "--because", "die Farben")
    assert "Notiz: Winterkollektion 2027 – gewonnen (anna)\n\n- weil:: die Farben\n" in deals.read(
        FILE
    )
    shown = deals("deal", "petersen", "winterkollektion 2027").out
    assert "2026-11-20 Notiz: Winterkollektion 2027 – gewonnen (die Farben)" in shown


def test_why_is_asked_at_a_terminal_and_not_demanded(deals: Book) -> None:
    shown = run_on_terminal(deals, ["deal", "petersen", "winter", "lost"], typed=["zu teuer"])
    assert "Why lost?" in shown
    assert "- weil:: zu teuer" in deals.read(FILE)
    run_on_terminal(deals, ["deal", "petersen", "schaufenster", "won"], typed=[""])
    assert "Schaufenster – gewonnen" in deals.read(FILE)
    assert deals.read(FILE).count("weil::") == 1


def test_a_deal_that_is_a_title_alone_becomes_one_with_lines(deals: Book) -> None:
    deals("deal", "petersen", "schaufenster", "offered", "800 €")
    assert "  - title: Schaufenster\n    stage: offered\n    value: 800 €\n" in deals.read(FILE)


def test_a_new_title_adds_a_deal_and_says_so(book: Book) -> None:
    answer = book("deal", "petersen", "Frühjahr 2028", "im", "Gespräch", "30.000 €")
    assert "new deal: Frühjahr 2028 · talking · 30.000 €" in answer.err
    assert (
        "deals:\n  - title: Frühjahr 2028\n    stage: im Gespräch\n    value: 30.000 €\n"
        in book.read(FILE)
    )
    assert "Notiz: Frühjahr 2028 – im Gespräch, 30.000 € (anna)" in book.read(FILE)


def test_a_title_like_another_is_told(deals: Book) -> None:
    answer = deals("deal", "petersen", "Winterkolektion 2027", "offered")
    assert "Like it: Winterkollektion 2027" in answer.err


def test_a_title_like_another_is_asked_about_at_a_terminal(deals: Book) -> None:
    run_on_terminal(deals, ["deal", "petersen", "Winterkolektion 2027", "offered"], typed=["y"])
    assert "Winterkolektion" not in deals.read(FILE)
    assert "Angebot: Winterkollektion 2027" in deals.read(FILE)


def test_new_adds_one_whatever_it_is_called(deals: Book) -> None:
    deals("deal", "petersen", "Winterkollektion", "--new", language="de")
    titles = [deal["title"] for deal in deals("--json", "deal", "petersen").json]
    assert "Winterkollektion" in titles
    assert len(titles) == 4


def test_of_several_the_only_open_one_is_meant(deals: Book) -> None:
    assert "Winterkollektion 2027" in deals("deal", "petersen", "winter", "won").err


def test_several_open_ones_are_listed_and_nothing_is_written(deals: Book) -> None:
    deals.write(FILE, deals.read(FILE).replace("stage: lost", "stage: idea"), "noch offen")
    before = deals.read(FILE)
    answer = deals("deal", "petersen", "winter", "won")
    assert answer.code == 21
    assert "Winterkollektion 2025" in answer.err
    assert deals.read(FILE) == before


def test_without_a_stage_an_unknown_title_is_a_question_that_fails(deals: Book) -> None:
    answer = deals("deal", "petersen", "Halle")
    assert (answer.code, deals.read(FILE)) == (20, WITH_DEALS)
    assert "Winterkollektion 2027" in answer.err


def test_a_slip_in_the_stage_writes_nothing(deals: Book) -> None:
    answer = deals("deal", "petersen", "winter", "verhandelt", "24.000 €")
    assert (answer.code, deals.read(FILE)) == (20, WITH_DEALS)


def test_so_already_is_said(deals: Book) -> None:
    assert deals("deal", "petersen", "winter", "talking", "24.000 €").code == 1
    assert deals.read(FILE) == WITH_DEALS


def test_the_day_of_the_decision_is_a_day_as_people_type_it(deals: Book) -> None:
    deals("deal", "petersen", "winter", "offered", "--close", "31.1.")
    assert "    close: 2027-01-31\n" in deals.read(FILE)
    assert "Angebot: Winterkollektion 2027 – bis 2027-01-31 (anna)" in deals.read(FILE)


def test_an_offer_on_its_day_completes_the_next_step(deals: Book) -> None:
    later = datetime(2026, 12, 1, 9, 0)
    answer = deals("deal", "petersen", "winter", "offered", now=later)
    assert "Done with it: the next step of Tue 1 Dec 2026" in answer.err
    assert "next:" not in deals.read(FILE)


@pytest.mark.parametrize("more", [("won",), ("offered", "--keep-next")])
def test_what_is_no_contact_or_is_to_keep_it_leaves_the_next_step(
    deals: Book, more: tuple[str, ...]
) -> None:
    deals("deal", "petersen", "winter", *more, now=datetime(2026, 12, 1, 9, 0))
    assert "next: 2026-12-01" in deals.read(FILE)


def test_the_list_names_stage_value_and_day(deals: Book) -> None:
    answer = deals("deal", "petersen", language="de")
    assert answer.out.split("\n")[0] == "Winterkollektion 2027\tim Gespräch\t24.000 €\t"
    assert answer.out.split("\n")[2].startswith("Winterkollektion 2025\tverloren")


def test_the_list_as_json(deals: Book) -> None:
    first = deals("--json", "deal", "petersen").json[0]
    assert first == {"title": "Winterkollektion 2027", "stage": "talking", "value": "24.000 €"}
    assert deals("--json", "deal", "strandhotel").json == []


def test_english_files_are_written_in_english(book: Book) -> None:
    book.write("customers/acme.md", "---\nname: Acme\n---\n\n## History\n", "Acme")
    book("deal", "acme", "Roof", "won", "--because", "quick", "--on", "yesterday", language="de")
    assert "  - title: Roof\n    stage: won\n" in book.read("customers/acme.md")
    assert "### 2026-11-19 Note: Roof – won (anna)\n\n- because:: quick\n" in book.read(
        "customers/acme.md"
    )


def test_a_deal_kept_as_name_and_value_is_refused_and_stays(book: Book) -> None:
    text = "---\nname: Acme\ndeals:\n  Dach: angeboten\n---\n"
    book.write("customers/acme.md", text, "Acme")
    assert book("deal", "acme", "dach", "won").code == 40
    assert book.read("customers/acme.md") == text


def test_the_same_in_python(deals: Book) -> None:
    from crm_md.questions.naming import who_is
    from crm_md.records.deals import change_deal, deals_meant

    with deals.open(NOW) as crm:
        who = who_is(crm, "petersen")
        (deal,) = deals_meant(crm.read(who.path).customer, "winter")
        wish = DealWish("winter", "offered", close=date(2027, 1, 31))
        done = change_deal(crm, who, wish, deal)
    assert (done.deal.stage, done.deal.close) == ("offered", date(2027, 1, 31))
