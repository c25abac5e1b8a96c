"""The head is typed by its fields, in German and English, however people write it."""

from __future__ import annotations

from datetime import date

import pytest

from crm_md.config import read_config
from crm_md.document import Document
from crm_md.model import (
    Absence,
    Address,
    Consent,
    Contact,
    Customer,
    Deal,
    NextStep,
    Product,
    Relation,
    Until,
)
from crm_md.words import (
    DECIDES,
    DECIDES_WORDS,
    STAGE_WORDS,
    STAGES,
    STATUS_WORDS,
    STATUSES,
    plain,
)

STORE = read_config(
    '[team.anna]\nname = "Anna Krüger"\nemail = ["anna@example.com"]\n[team.ben]\n'
    "[segments.A]\n[segments.Stamm-Kunde]\n"
)


def document(head: str) -> Document:
    return Document.read(f"---\n{head}\n---\n".encode(), "customers/acme.md", STORE)


def customer(head: str) -> Customer:
    """A customer with this head, which must be without findings."""
    read = document(f"name: Acme\n{head}")
    assert read.findings == ()
    return read.customer


def findings(head: str) -> list[tuple[str, int]]:
    return [(f.check, f.line) for f in document(f"name: Acme\n{head}").findings]


def odd(head: str) -> Customer:
    """A customer with this head, whatever the findings."""
    return document(f"name: Acme\n{head}").customer


def test_the_head_of_the_design_is_read_without_a_finding() -> None:
    read = customer(
        "aliases: [Petersen Borkum]\nstatus: customer\nsegment: A\nowner: anna\n"
        "tags: [mode, insel]\nphone: 04922 9300-0\nreach: lieber vormittags\n"
        'address:\n  street: Strandstraße 7\n  zip: "26757"\n  city: Borkum\nevery: 6w\n'
        "next: 2026-12-01 Angebot nachfassen\ngoal: Alleinlieferant bis 2027\n"
        "contacts:\n  - name: Heike Petersen\n    role: Inhaberin\n    address_as: Du, Heike\n"
        '    decides: decision-maker\n    phone:\n      - 04922 9300-12\n      - "+491715550123"\n'
        "    email: h@example.com\n    reach: nie montags\n    birthday: 1966-03-12\n"
        "    away: 2026-12-21 bis 2027-01-06 Urlaub\n"
        "products:\n  - name: R7\n    since: 2019-04\n    service_due: 2027-01-15\n"
        "deals:\n  - title: Winter\n    stage: offered\n    value: 24.000 €\n"
        "    close: 2027-01-31\n"
        "relations:\n  - to: strandhotel\n    as: Schwager\n    who: Karl\n"
        "consent:\n  - channel: mail\n    allowed: yes\n    basis: Art. 6\n    date: 2025-01-02\n"
        "    evidence: Messeformular Nr. 12\n"
    )
    assert (read.aliases, read.status, read.segment) == (("Petersen Borkum",), "customer", "A")
    assert (read.owner, read.tags, read.phones) == ("anna", ("mode", "insel"), ("04922 9300-0",))
    assert read.address == Address("Strandstraße 7", "26757", "Borkum")
    assert (read.every, read.reach, read.goal[:5]) == ("6w", "lieber vormittags", "Allei")
    assert read.next == NextStep(
        date(2026, 12, 1), "Angebot nachfassen", "2026-12-01 Angebot nachfassen"
    )
    assert read.contacts == (
        Contact(
            name="Heike Petersen",
            role="Inhaberin",
            address_as="Du, Heike",
            decides="decision-maker",
            phones=("04922 9300-12", "+491715550123"),
            emails=("h@example.com",),
            reach="nie montags",
            birthday="1966-03-12",
            away=Absence(date(2026, 12, 21), date(2027, 1, 6), "Urlaub"),
            away_written="2026-12-21 bis 2027-01-06 Urlaub",
        ),
    )
    assert read.products == (Product("R7", "2019-04", date(2027, 1, 15)),)
    assert read.deals == (Deal("Winter", "offered", "24.000 €", date(2027, 1, 31)),)
    assert read.relations == (Relation("strandhotel", "Schwager", "Karl"),)
    assert read.consents == (Consent("mail", True, "Art. 6", "2025-01-02", "Messeformular Nr. 12"),)


def test_german_keys_and_words_mean_the_same_in_any_case() -> None:
    read = customer(
        "Auch: [Petersen]\nStatus: Kunde\nGRUPPE: a\nbetreut: Anna Krüger\n"
        "Stichworte: mode, insel\n"
        "Telefon: 04922\nErreichbar: früh\nPLZ: 01067\nOrt: Dresden\nStraße: Weg 1\nLand: DE\n"
        "Rhythmus: alle 6 Wochen\nZiel: alles\nnächster_Schritt: 1.12.2026 anrufen\n"
        "Ansprechpartner:\n  - Name: Heike\n    Funktion: Chefin\n    Anrede: Du\n"
        "    entscheidet: ja\n"
        "    E-Mail: h@example.com\n    Geburtstag: 12.3.\n    ausgeschieden: 2026-03\n"
        "Produkte:\n  - Bezeichnung: R7\n    seit: 2019\n    Wartung fällig: 15.1.2027\n"
        "Angebote:\n  - Titel: Winter\n    Phase: angeboten\n    Wert: 1 €\n"
        "    Abschluss: 31.1.2027\n"
        "Beziehungen:\n  - zu: hotel\n    als: Schwager\n    wer: Karl\n"
        "Einwilligung:\n  - Weg: mail\n    erlaubt: nein\n    am: 2.1.2025\n    Nachweis: Brief\n"
        "Ruhe bis: 2027-03-01 seit 2026-11-21 bittet um Ruhe\nQuelle: Messe\nSprache: de\n"
    )
    assert (read.status, read.segment, read.owner) == ("customer", "A", "anna")
    assert (read.tags, read.every) == (("mode", "insel"), "alle 6 Wochen")
    assert read.address == Address("Weg 1", "01067", "Dresden", "DE")
    assert read.next is not None
    assert read.next.day == date(2026, 12, 1)
    (heike,) = read.contacts
    assert (heike.role, heike.address_as, heike.decides) == ("Chefin", "Du", "decision-maker")
    assert (heike.birthday, heike.left) == ("12.3.", "2026-03")
    assert read.products == (Product("R7", "2019", date(2027, 1, 15)),)
    assert read.deals == (Deal("Winter", "offered", "1 €", date(2027, 1, 31)),)
    assert read.relations == (Relation("hotel", "Schwager", "Karl"),)
    assert read.consents == (Consent("mail", False, "", "2.1.2025", "Brief"),)
    assert read.snooze == Until(
        date(2027, 3, 1),
        "bittet um Ruhe",
        date(2026, 11, 21),
        "2027-03-01 seit 2026-11-21 bittet um Ruhe",
    )


def test_texts_stay_what_they_are() -> None:
    read = customer(
        'phone: ["0351 123456", "+49 351", 12:30, 1_000]\naddress: {zip: 01067}\nreach: NO'
    )
    assert read.phones == ("0351 123456", "+49 351", "12:30", "1_000")
    assert (read.address.zip, read.reach) == ("01067", "NO")


def test_a_key_that_no_field_knows_is_kept_as_written() -> None:
    read = customer(
        "Vergabenummer: 0047/B\ntitle: x\nlieferung:\n  tor: 3\n  zeiten: [früh, spät]\n"
    )
    assert read.extra == (
        ("Vergabenummer", "0047/B"),
        ("title", "x"),
        ("lieferung", "tor: 3; zeiten: früh, spät"),
    )
    (contact,) = customer("contacts:\n  - name: Heike\n    Titel: Dr.\n").contacts
    assert contact.extra == (("Titel", "Dr."),)
    (deal,) = customer("deals:\n  - title: X\n    because: zu teuer\n").deals
    assert deal.extra == (("because", "zu teuer"),)


@pytest.mark.parametrize(
    "head",
    [
        *("contacts: [Heike, Karl]", "contacts:\n  - Heike\n  - name: Karl\n"),
        *(
            "Kontakte:\n  - Ansprechpartner: Heike\n  - Person: Karl\n",
            "contacts:\n  Heike:\n  Karl:\n",
        ),
        *(
            "Ansprechpartner: Heike\nKontakt: Karl\n",
            "contacts:\n  - Vorname: Heike\n  - Nachname: Karl\n",
        ),
    ],
)
def test_people_may_be_listed_in_many_ways(head: str) -> None:
    assert customer(head).contacts == (Contact("Heike"), Contact("Karl"))


def test_one_mapping_is_one_contact_and_names_may_be_keys() -> None:
    assert customer("contacts:\n  name: Heike\n  phone: 1\n").contacts == (
        Contact("Heike", phones=("1",)),
    )
    assert customer("contacts:\n  - Vorname: Heike\n    Nachname: Petersen\n").contacts == (
        Contact("Heike Petersen"),
    )
    assert customer(
        "contacts:\n  Heike: 04922 9300\n  Karl: k@example.com\n  Jan: Lager\n"
        "  Eva: {role: Chefin}\n"
    ).contacts == (
        Contact("Heike", phones=("04922 9300",)),
        Contact("Karl", emails=("k@example.com",)),
        Contact("Jan", role="Lager"),
        Contact("Eva", role="Chefin"),
    )


def test_products_deals_relations_and_consents_are_as_tolerant() -> None:
    assert customer("products: [R7, R8]").products == (Product("R7"), Product("R8"))
    assert customer("products: {R7: 2019-04}").products == (Product("R7", "2019-04"),)
    assert customer("Produkt: R7").products == (Product("R7"),)
    assert customer("deals: {Winter: angeboten, Sommer: 1 €}").deals == (
        Deal("Winter", "offered"),
        Deal("Sommer", value="1 €"),
    )
    assert customer("relations: [hotel]").relations == (Relation("hotel"),)
    assert customer("relations: {hotel: Schwager}").relations == (Relation("hotel", "Schwager"),)
    assert customer('relations:\n  - to: "[[a/hotel|Das Hotel]]"\n').relations == (
        Relation("a/hotel"),
    )
    assert customer("consent: {mail: nein, phone: ja}").consents == (
        Consent("mail", False),
        Consent("phone", True),
    )


def test_an_item_without_a_name_is_a_finding_and_kept() -> None:
    assert findings("deals:\n  - stage: won\n    value: 1 €\n") == [("field-type", 4)]
    assert odd("deals:\n  - stage: won\n").extra == (("deals", "stage: won"),)


def test_several_phones_may_stand_in_a_list_in_labels_or_under_several_keys() -> None:
    for head in ("phone: [1, 2]", "phone: {Büro: 1, mobil: 2}", "Telefon: 1\nMobil: 2\n"):
        assert customer(head).phones == ("1", "2")
    assert customer("phone:").phones == ()
    assert customer("phone: [1, 1]").phones == ("1",)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Strandstraße 7, 26757 Borkum", Address("Strandstraße 7", "26757", "Borkum")),
        ("Gasse 3, A-6900 Bregenz", Address("Gasse 3", "6900", "Bregenz", "AT")),
        ("CH-8001 Zürich", Address("", "8001", "Zürich", "CH")),
        ("Hof, Weg 1, 26757 Borkum, DE", Address("Hof, Weg 1", "26757", "Borkum", "DE")),
        ("12 High Street, London SW1A 1AA", Address("12 High Street", "SW1A 1AA", "London")),
        ("12 High Street, Truro, TR1 1AA", Address("12 High Street", "TR1 1AA", "Truro")),
        ("Weg 1, Borkum", Address("Weg 1", "", "Borkum")),
        ("Hallig Hooge", Address("Hallig Hooge")),
    ],
)
def test_an_address_in_one_line_is_read_as_far_as_we_can_tell(line: str, address: Address) -> None:
    assert customer(f"address: {line}").address == address


def test_an_address_may_have_lines_and_keys_of_its_own() -> None:
    two_lines = "address: |\n  Strandstraße 7\n  26757 Borkum\n"
    assert customer(two_lines).address == Address("Strandstraße 7", "26757", "Borkum")
    read = customer("address:\n  Ort: Borkum\n  Postfach: 12\nPLZ: 26757\n")
    assert read.address == Address("", "26757", "Borkum", extra=(("Postfach", "12"),))


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("2027-03-01", Until(date(2027, 3, 1), "", None, "2027-03-01")),
        ("1.3.2027 Umbau", Until(date(2027, 3, 1), "Umbau", None, "1.3.2027 Umbau")),
        ("2027-03", Until(date(2027, 3, 1), "", None, "2027-03")),
        (
            "2027-03-01 since 2026-11-21, on leave",
            Until(
                date(2027, 3, 1),
                "on leave",
                date(2026, 11, 21),
                "2027-03-01 since 2026-11-21, on leave",
            ),
        ),
        ("nein", None),
        ("", None),
    ],
)
def test_a_rest_has_an_end_and_words(written: str, until: Until | None) -> None:
    assert customer(f"snooze: {written}").snooze == until


def test_do_not_contact_needs_no_day_but_a_rest_does() -> None:
    assert customer("do_not_contact: ja").do_not_contact == Until(None, "", None, "ja")
    assert customer("do_not_contact: 2026-03-01 hat widersprochen").do_not_contact == Until(
        date(2026, 3, 1), "hat widersprochen", None, "2026-03-01 hat widersprochen"
    )
    assert customer("do_not_contact: no").do_not_contact is None
    assert findings("snooze: bis bald") == [("field-date", 3)]
    assert odd("snooze: bis bald").snooze == Until(None, "bis bald", None, "bis bald")


def test_a_next_step_without_a_day_is_kept_and_said() -> None:
    assert findings("next: Angebot nachfassen") == [("next-without-day", 3)]
    assert odd("next: Angebot").next == NextStep(None, "Angebot", "Angebot")
    assert customer("next:").next is None
    assert customer("next: {Datum: 2026-12-01, was: Anruf}").next == NextStep(
        date(2026, 12, 1), "Anruf", "2026-12-01 Anruf"
    )
    assert findings("next: [2026-12-01 a, 2026-12-02 b]") == [("field-type", 3)]


@pytest.mark.parametrize(
    ("written", "away"),
    [
        (
            "2026-12-21 bis 2027-01-06 Urlaub",
            Absence(date(2026, 12, 21), date(2027, 1, 6), "Urlaub"),
        ),
        ("21.12.2026 – 6.1.2027", Absence(date(2026, 12, 21), date(2027, 1, 6))),
        ("2026-12-21 Messe", Absence(date(2026, 12, 21), date(2026, 12, 21), "Messe")),
        ("bis 2027-01-06 Kur", Absence(date.min, date(2027, 1, 6), "Kur")),
    ],
)
def test_an_absence_has_a_first_and_a_last_day(written: str, away: Absence) -> None:
    assert customer(f"away: {written}").away == away


@pytest.mark.parametrize("written", ["im Urlaub", "2027-01-06 bis 2026-12-21", "bis Ostern"])
def test_an_absence_without_days_is_a_finding(written: str) -> None:
    assert findings(f"contacts:\n  - name: Heike\n    away: {written}\n") == [("field-date", 5)]
    assert odd(f"contacts:\n  - name: Heike\n    away: {written}\n").contacts[0].away is None


@pytest.mark.parametrize(
    ("head", "check"),
    [
        ("every: bald", "field-rhythm"),
        ("birthday: 2026-02-30", "field-date"),
        ("birthday: im Mai", "field-date"),
        ("since: 2019-13", "field-date"),
        ("deals: [{title: X, close: 2026-02-30}]", "field-date"),
        ("products: [{name: X, service_due: bald}]", "field-date"),
        ("consent: [{channel: mail, allowed: vielleicht}]", "field-yes-no"),
        ("reach: [früh, spät]", "field-type"),
        ("status: unklar", "unknown-word"),
        ("deals: [{title: X, stage: fast}]", "unknown-word"),
        ("decides: manchmal", "unknown-word"),
        ("segment: Z", "unknown-word"),
        ("owner: niemand", "unknown-colleague"),
        ("reach: früh\nerreichbar: spät", "field-twice"),
    ],
)
def test_what_does_not_fit_its_field_is_a_finding(head: str, check: str) -> None:
    assert findings(head) == [(check, 3)]


def test_an_unknown_word_is_a_hint_at_most_and_stays() -> None:
    read = document("name: A\nstatus: unklar\ndecides: manchmal\nowner: niemand\nsegment: Z")
    assert {finding.severity for finding in read.findings} == {"hint"}
    assert (read.customer.status, read.customer.decides) == ("unklar", "manchmal")
    assert (read.customer.owner, read.customer.segment) == ("niemand", "Z")


def test_a_value_that_is_no_day_is_kept_beside() -> None:
    (deal,) = odd("deals: [{title: X, close: nach Ostern}]").deals
    assert (deal.close, deal.extra) == (None, (("close", "nach Ostern"),))
    assert odd("reach: [früh, spät]").reach == "früh, spät"


def test_a_month_ends_with_its_last_day() -> None:
    assert customer("deals: [{title: X, close: 2028-02}]").deals[0].close == date(2028, 2, 29)
    assert customer("deals: [{title: X, close: 12/9999}]").deals[0].close == date(9999, 12, 31)


def test_of_two_spellings_of_one_key_the_last_counts() -> None:
    assert odd("reach: früh\nerreichbar: spät").reach == "spät"
    assert odd("reach: früh\nreach: spät").reach == "spät"


def test_the_owner_may_be_named_in_any_way() -> None:
    for name in ("anna", "Anna", '"@anna"', "Anna Krüger", "anna@example.com"):
        assert customer(f"owner: {name}").owner == "anna"


def test_a_segment_is_known_in_any_case() -> None:
    assert customer("segment: a").segment == "A"
    assert customer("segment: stamm-kunde").segment == "Stamm-Kunde"


def test_tags_lose_their_sign_and_come_once() -> None:
    assert customer('tags: ["#mode", insel, mode]').tags == ("mode", "insel")
    assert customer("tags: mode, insel; küste").tags == ("mode", "insel", "küste")


def test_a_customer_without_contacts_may_be_a_private_person() -> None:
    read = customer("phone: 1\nemail: a@example.com\nbirthday: 03-12\naddress_as: Sie, Frau X")
    assert (read.phones, read.emails, read.birthday) == (("1",), ("a@example.com",), "03-12")
    assert (read.address_as, read.contacts) == ("Sie, Frau X", ())


def test_a_key_without_a_value_is_as_good_as_none() -> None:
    keys = "status segment owner tags phone address every next contacts products snooze away since"
    read = customer("".join(f"{key}:\n" for key in keys.split()))
    assert read == customer("")
    assert customer("deals:\n  - title: X\n    close:\n").deals == (Deal("X"),)
    assert odd("consent:\n  - basis: Art. 6\n").consents == ()


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("tags: [a: b]", ("a: b",)),
        ("tags: [a: b, c]", ("a: b", "c")),
        ("tags:\n  - Messe: Köln", ("Messe: Köln",)),
        ("tags: {a: b}", ("a: b",)),
    ],
)
def test_a_tag_with_a_colon_is_the_text_that_stands_there(head: str, tags: tuple[str, ...]) -> None:
    assert customer(head).tags == tags


def test_an_alias_with_a_colon_is_the_text_that_stands_there() -> None:
    assert customer("aliases: [Müller: Söhne]").aliases == ("Müller: Söhne",)


def test_a_label_before_a_number_is_still_none_of_it() -> None:
    assert customer("phone:\n  Büro: 0351 4711").phones == ("0351 4711",)


@pytest.mark.parametrize(
    ("known", "shown"),
    [(STATUSES, STATUS_WORDS), (STAGES, STAGE_WORDS), (DECIDES, DECIDES_WORDS)],
)
def test_every_word_that_we_show_is_one_that_we_read(
    known: dict[str, str], shown: dict[str, dict[str, str]]
) -> None:
    for canonical, words in shown.items():
        assert {known[plain(word)] for word in words.values()} == {canonical}
