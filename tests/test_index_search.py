"""The search: dated entries and what is known of customers, in every form of the words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import Config, read_config
from tests.index_builders import Book, markdown

TEAM = read_config('[team.anna]\nname = "Anna Krüger"\n[team.ben]\nname = "Ben Okafor"\n')

PETERSEN = markdown(
    "Modehaus Petersen",
    "2026-11-20 14:30 Anruf mit Heike Petersen: Lieferung verspätet (anna)\n\n"
    "Zum zweiten Mal. Ersatz bis Freitag zugesagt.\n\n- Stimmung:: verärgert\n"
    "- [ ] Ersatz bestätigen due:2026-11-24",
    "2026-10-02 Reklamation von Heike Petersen: Naht offen (ben)\n\n"
    "Die Straße nach Emden war gesperrt.",
    "2025-03-01 Besuch bei Heike Petersen (ben)\n\nSchöne Muster, gute Idee.",
    head="""status: customer
owner: anna
tags: [mode, Übersee]
segment: A
phone: 04922 9300-0
address:
  zip: "26757"
  city: Borkum
contacts:
  - name: Heike Petersen
    phone: 04922 9300-12
    email: h.petersen@modehaus-petersen.example
""",
    text="Kennt sich mit Reißverschluss-Serien aus.\n\n## Gemeinsames\n\n- segelt auf der Elbe\n",
)
MUELLER = markdown(
    "Müller Metallbau",
    "2026-11-01 Mail an Jörg Lüders: Angebot (anna)\n\nPreise für 400 Stück, schon bestätigt.",
    "2026-05-05 Notiz: Elbe (ben)\n\nHat die Ware noch nicht geliefert bekommen.",
    head="status: lead\nowner: ben\ntags: [stahl]\ncontacts:\n  - name: Jörg Lüders\n",
)
BOOK = Book(PETERSEN, MUELLER, config=TEAM)


def found(typed: str, **wishes: object) -> list[str]:
    return BOOK.found(typed, **wishes)


CALL = "Modehaus Petersen 2026-11-20"
COMPLAINT = "Modehaus Petersen 2026-10-02"
VISIT = "Modehaus Petersen 2025-03-01"
MAIL = "Müller Metallbau 2026-11-01"
NOTE = "Müller Metallbau 2026-05-05"


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("verspätet", [CALL]),
        ("VERSPÄTET", [CALL]),
        ("verspaetet", [CALL]),
        ("verspatet", [CALL]),
        ("strasse", [COMPLAINT]),
        ("Straße", [COMPLAINT]),
        ("lieferung", [CALL, NOTE]),
        ("Lieferungen", [CALL, NOTE]),
        ("liefern", [CALL, NOTE]),
        ("geliefert", [NOTE, CALL]),
        ("reißverschlussserie", ["Modehaus Petersen"]),
        ("Reissverschluss", ["Modehaus Petersen"]),
        ("verschluss", ["Modehaus Petersen"]),
        ("segelt", ["Modehaus Petersen"]),
        ("borkum emden", [COMPLAINT]),
        ("petersen lieferung", [CALL]),
        ("lüders preise", [MAIL]),
        ("400", [MAIL]),
        ("2026-10-02", [COMPLAINT]),
        ("lief*", [CALL]),
        ("Bestä*", [CALL, MAIL]),
        ('"zum zweiten mal"', [CALL]),
        ("„zweiten Mal“", [CALL]),
        ('"mal zweiten"', []),
        ("elbe -segelt", [NOTE]),
        ("heike -Lieferung -naht -phone", [VISIT, "Modehaus Petersen"]),
        ('ersatz -"zum zweiten mal"', []),
        ('ersatz -"zweiten zum mal"', [CALL]),
    ],
)
def test_words_find_the_entries_where_they_stand(typed: str, hits: list[str]) -> None:
    result = BOOK.search(typed)
    if hits:
        assert result.all_words
        assert found(typed) == hits
    else:
        assert not (result.hits and result.all_words)


@pytest.mark.parametrize(
    "typed",
    [
        "+49 4922 930012",
        "04922/9300-12",
        "(04922) 9300 12",
        "0049 4922 9300-12",
        "9300-12",
        "h.petersen@modehaus-petersen.example",
        "h.petersen@",
        "@modehaus-petersen.example",
    ],
)
def test_numbers_and_addresses_are_found_in_any_spelling(typed: str) -> None:
    assert found(typed) == ["Modehaus Petersen"]


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("kind:call", [CALL]),
        ("kind:anruf", [CALL]),
        ("art:Telefonat", [CALL]),
        ("kind:call kind:mail", [CALL, MAIL]),
        ("-kind:call owner:anna", [COMPLAINT, VISIT]),
        ("author:ben", [COMPLAINT, NOTE, VISIT]),
        ('von:"Ben Okafor" notiz', [NOTE]),
        ("author:me", [CALL, MAIL]),
        ("owner:ben", [MAIL, NOTE]),
        ("betreut:ich", [CALL, COMPLAINT, VISIT]),
        ("tag:MODE", [CALL, COMPLAINT, VISIT]),
        ("stichwort:uebersee naht", [COMPLAINT]),
        ("-tag:mode", [MAIL, NOTE]),
        ("-lieferung owner:anna", [COMPLAINT, VISIT]),
        ("-petersen before:2026-11-10", [MAIL, NOTE]),
        ('-"gute idee" owner:anna', [CALL, COMPLAINT]),
        ('-"idee gute" -naht owner:anna', [CALL, VISIT]),
        ("-lieferung", []),
        ("status:kunde", [CALL, COMPLAINT, VISIT]),
        ("stand:lead", [MAIL, NOTE]),
        ("segment:a naht", [COMPLAINT]),
        ("mood:bad", [CALL]),
        ("stimmung:schlecht", [CALL]),
        ("is:open", [CALL, COMPLAINT]),
        ("ist:offen lieferung", [CALL]),
        ("-ist:offen heike", [VISIT]),
        ("before:2026", [VISIT]),
        ("vor:1.6.2026", [NOTE, VISIT]),
        ("until:2025-03-01", [VISIT]),
        ("after:2026-11-01", [CALL, MAIL]),
        ("nach:gestern", [CALL]),
        ('seit:"letzten monat"', [CALL, MAIL, COMPLAINT]),
        ("name:müller", [MAIL, NOTE]),
        ("firma:petersen naht", [COMPLAINT]),
        ("person:lueders", [MAIL]),
        ('person:"Heike Petersen" lieferung', [CALL]),
        ("mit:jörg", [MAIL]),
        ("place:26 naht", [COMPLAINT]),
        ("ort:borkum naht", [COMPLAINT]),
        ("place:27", []),
        ("common:elbe", ["Modehaus Petersen"]),
        ("gemeinsames:segeln", ["Modehaus Petersen"]),
        ("common:lieferung", []),
        ("careful:elbe", []),
    ],
)
def test_fields_narrow_the_search(typed: str, hits: list[str]) -> None:
    assert found(typed) == hits


def test_a_person_of_the_firm_finds_the_own_text_too() -> None:
    assert found("person:heike reißverschluss") == ["Modehaus Petersen"]
    assert found("person:jörg reißverschluss") == []


@pytest.mark.parametrize(
    "typed", ["nonsense:lieferung", "lieferung:", "lieferung -", "before:lieferung", "is:lieferung"]
)
def test_what_is_no_field_is_plain_text(typed: str) -> None:
    assert found(typed) == [CALL, NOTE]


@pytest.mark.parametrize("typed", ["-", "?", "", '"', '""', "*", "-*", "kind:", "…"])
def test_nothing_asked_finds_nothing(typed: str) -> None:
    result = BOOK.search(typed)
    assert (result.hits, result.total) == ((), 0) or typed == "kind:"


def test_the_field_names_of_a_file_are_no_words() -> None:
    assert found("phone") == found("contacts") == found("zip") == []


def test_who_wrote_an_entry_is_no_word_of_it() -> None:
    assert found("ben") == []


def test_a_decomposed_umlaut_is_the_same_letter() -> None:
    book = Book(unicodedata.normalize("NFD", MUELLER))
    assert book.found("Müller Stück") == book.found(unicodedata.normalize("NFD", "Müller Stück"))
    assert len(book.found("jörg")) == 2


def test_the_word_itself_goes_before_other_spellings_and_forms() -> None:
    book = Book(
        markdown("Eins", "2026-03-03 Notiz\n\nwar schön"),
        markdown("Zwei", "2026-02-02 Notiz\n\nwar schon da"),
        markdown("Drei", "2026-04-04 Notiz\n\nwar schöner"),
    )
    assert book.found("schon") == ["Zwei 2026-02-02", "Eins 2026-03-03"]
    assert book.found("schön") == ["Eins 2026-03-03", "Zwei 2026-02-02", "Drei 2026-04-04"]


def test_a_compound_goes_behind_the_word() -> None:
    book = Book(
        markdown("Eins", "2026-03-03 Notiz\n\nLieferverzug"),
        markdown("Zwei", "2026-02-02 Notiz\n\nim Verzug"),
    )
    assert book.found("verzug") == ["Zwei 2026-02-02", "Eins 2026-03-03"]


def test_a_word_in_the_subject_goes_before_one_in_the_text() -> None:
    book = Book(
        markdown("Eins", "2026-03-03 Notiz: Besuch\n\nüber die Messe"),
        markdown("Zwei", "2026-02-02 Notiz: Messe\n\nnächstes Jahr"),
    )
    assert book.found("messe") == ["Zwei 2026-02-02", "Eins 2026-03-03"]


def test_equals_come_by_date_and_time() -> None:
    book = Book(
        markdown("A", "2026-03-03 09:00 Notiz\n\nFrist", "2026-03-03 Notiz\n\nFrist"),
        markdown("B", "2026-03-03 10:00 Notiz\n\nFrist", "2026-02-01 Notiz\n\nFrist"),
    )
    days = [
        (hit.name, str(hit.date), hit.time and hit.time.hour) for hit in book.search("frist").hits
    ]
    assert days == [
        ("B", "2026-03-03", 10),
        ("A", "2026-03-03", 9),
        ("A", "2026-03-03", None),
        ("B", "2026-02-01", None),
    ]


def test_newest_orders_by_date_alone() -> None:
    assert found("geliefert", newest=True) == [CALL, NOTE]


def test_the_limit_cuts_and_the_total_tells() -> None:
    result = BOOK.search("heike", limit=1)
    assert (len(result.hits), result.total) == (1, 4)
    assert len(BOOK.search("heike", limit=None).hits) == 4


def test_where_no_entry_has_all_words_those_with_the_most_come_and_it_is_said() -> None:
    result = BOOK.search("lieferung verspätet gibtsnicht")
    assert not result.all_words
    assert [str(hit.date) for hit in result.hits] == ["2026-11-20"]
    assert BOOK.search("lieferung verspätet").all_words


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Lieferug", "lieferung"),
        ("Petresen", "petersen"),
        ("spätet", "verspätet"),
        ("mülller", "müller"),
    ],
)
def test_where_nothing_is_found_near_words_are_offered(typed: str, near: str) -> None:
    result = BOOK.search(typed)
    assert result.hits == ()
    assert near in result.near


def test_a_snippet_marks_what_was_found_and_tells_its_line() -> None:
    (hit,) = BOOK.search("zugesagt lieferungen").hits
    assert [piece.text for piece in hit.snippet if piece.found] == ["Lieferung", "zugesagt"]
    assert hit.text.startswith("Lieferung verspätet · Zum zweiten Mal.")
    assert PETERSEN.split("\n")[hit.line - 1].startswith("### 2026-11-20")
    (hit,) = BOOK.search("segelt").hits
    assert PETERSEN.split("\n")[hit.line - 1] == "- segelt auf der Elbe"


def test_a_long_text_is_cut_around_the_word() -> None:
    book = Book(markdown("A", f"2026-01-01 Notiz\n\n{'vorher ' * 60}Zitrone {'danach ' * 60}"))
    (hit,) = book.search("zitrone").hits
    assert len(hit.text) < 200
    assert hit.text.startswith("…")
    assert hit.text.endswith(" …")
    assert "Zitrone" in hit.text


def test_a_hit_tells_the_entry() -> None:
    (hit,) = BOOK.search("verspätet").hits
    assert (hit.slug, hit.path) == ("modehaus-petersen", "customers/modehaus-petersen.md")
    assert (hit.kind, hit.author, hit.mood) == ("call", "anna", "bad")
    assert hit.people == ("Heike Petersen",)


def test_windows_line_ends_are_no_matter() -> None:
    book = Book(PETERSEN.replace("\n", "\r\n").replace("\r\n", "\n", 2))
    (hit,) = book.search("verspätet").hits
    assert hit.text.startswith("Lieferung verspätet · Zum zweiten Mal.")


def test_a_file_that_is_gone_meanwhile_is_a_hit_without_text() -> None:
    book = Book(MUELLER)
    assert book.found("preise") == [MAIL]
    book.texts.clear()
    assert [hit.text for hit in book.search("preise").hits] == [""]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_the_search_fail(typed: str) -> None:
    assert BOOK.search(typed).total >= 0


_PIECES = st.sampled_from(
    ["kind:", "before:", "-", '"', "*", "„", "@", "is:open", "lieferung", "2026", "04922 9300", ":",
     "common:", "ä", "\x00", "%", "'", "heute", "--", "+49", "x@y.z", "(", " "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=6).map("".join))
def test_no_mixture_of_signs_makes_the_search_fail(typed: str) -> None:
    assert BOOK.search(typed).total >= 0


def test_settings_of_the_store_give_the_words_of_kinds() -> None:
    config: Config = read_config('[kinds.tasting]\nwords = ["verkostung"]\n')
    book = Book(markdown("Kelter", "2026-01-01 Verkostung: Riesling"), config=config)
    assert book.found("kind:Verkostung") == ["Kelter 2026-01-01"]
