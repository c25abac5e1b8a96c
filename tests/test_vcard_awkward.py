"""Damaged, old and odd cards: nothing is lost without a word, and nothing stops the rest."""

from __future__ import annotations

import time

import pytest

from crm_md.exchange.card import Card, CardAddress, CardPhone, CardUrl
from crm_md.exchange.vcard import read_cards
from crm_md.model import Finding


def vcf(*lines: str | bytes, version: str = "3.0") -> bytes:
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    whole = [b"BEGIN:VCARD", b"VERSION:" + version.encode(), *raw, b"END:VCARD", b""]
    return b"\r\n".join(whole)


def card(*lines: str | bytes, version: str = "3.0") -> Card:
    (read,) = read_cards(vcf(*lines, version=version)).cards
    return read


def findings(data: bytes) -> list[tuple[str, int]]:
    return [(found.check, found.line) for found in read_cards(data).findings]


# Letters


def test_utf8_umlauts_survive_undeclared() -> None:
    assert card("FN:Jörg Müßig", "ORG:Bäckerei Größer").name == "Jörg Müßig"


def test_latin1_umlauts_survive_undeclared() -> None:
    assert card("FN:Jörg Müßig".encode("latin-1")).name == "Jörg Müßig"


def test_windows_signs_survive_undeclared() -> None:
    assert card("NOTE:„gut“ – 100 €".encode("cp1252")).notes == ("„gut“ – 100 €",)


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "UTF-8", "iso-8859-15", "cp850"])
def test_umlauts_survive_in_a_declared_charset(charset: str) -> None:
    line = f"FN;CHARSET={charset}:Jörg Müßig".encode(charset)
    assert card(line, version="2.1").name == "Jörg Müßig"


@pytest.mark.parametrize(
    "declared", ["ISO-8859-1", "windows-1252", "us-ascii", "klingon", "UTF-16"]
)
def test_utf8_is_read_as_utf8_even_where_something_else_is_declared(declared: str) -> None:
    assert card(f"FN;CHARSET={declared}:Jörg Müßig", version="2.1").name == "Jörg Müßig"
    assert card(f"FN;CHARSET={declared}:Jörg Müßi", version="2.1").name == "Jörg Müßi"


def test_latin1_is_read_as_latin1_even_where_utf8_is_declared() -> None:
    line = b"FN;CHARSET=UTF-8:J\xf6rg M\xfc\xdfig"
    assert card(line, version="2.1").name == "Jörg Müßig"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_whole_file_may_be_in_utf16_or_begin_with_a_mark(charset: str) -> None:
    (read,) = read_cards(vcf("FN:Jörg Müßig").decode().encode(charset)).cards
    assert read.name == "Jörg Müßig"


def test_files_glued_together_keep_the_mark_of_the_second_inside() -> None:
    glued = vcf("FN:Anna") + b"\xef\xbb\xbf" + vcf("FN:Ben")
    assert [each.name for each in read_cards(glued).cards] == ["Anna", "Ben"]


def test_lines_of_one_card_may_be_in_different_charsets() -> None:
    read = card("FN:Jörg".encode("latin-1"), "ORG:Müller")
    assert (read.name, read.org) == ("Jörg", "Müller")


def test_a_fold_may_cut_a_letter_in_two() -> None:
    whole = "NOTE:grün".encode()
    assert card(whole[:-2] + b"\r\n " + whole[-2:]).notes == ("grün",)


def test_letters_taken_apart_are_joined() -> None:
    assert card("FN:Mu\u0308ller").name == "Müller"


def test_a_broken_letter_is_told_with_its_line() -> None:
    data = vcf(b"NOTE:gr\xc3\xbcn, sch\xc3\xb6n, \xc3\xa4hnlich, \xc3")
    assert findings(data) == [("vcard-letters", 3)]
    assert read_cards(data).cards[0].notes == ("grün, schön, ähnlich, \ufffd",)


def test_control_characters_and_hidden_marks_never_come_through() -> None:
    read = card("FN:An\x1b[31mna\x00\u200b", "TEL:\u202a+49 171 1\u202c", "NOTE:eins\u2028zwei")
    assert read.name == "An[31mna"
    assert read.phones == (CardPhone("+49 171 1"),)
    assert read.notes == ("eins\nzwei",)


# Quoted-printable


def test_an_umlaut_survives_a_soft_break_through_its_middle() -> None:
    lines = ["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=", "=B6rg"]
    assert card(*lines, version="2.1").name == "Jörg"


def test_latin1_in_quoted_printable_survives_declared_or_not() -> None:
    declared = "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg"
    assert card(declared, version="2.1").name == "Jörg"
    assert card("FN;ENCODING=QUOTED-PRINTABLE:J=F6rg", version="2.1").name == "Jörg"


def test_quoted_printable_may_be_written_small_or_bare() -> None:
    assert card("FN;quoted-printable:J=C3=B6rg", version="2.1").name == "Jörg"
    assert card("FN;encoding=quoted-printable:J=C3=B6rg", version="2.1").name == "Jörg"


def test_a_soft_break_keeps_the_blank_that_follows_it() -> None:
    lines = ["NOTE;ENCODING=QUOTED-PRINTABLE:eins=", " zwei"]
    assert card(*lines, version="2.1").notes == ("eins zwei",)


def test_a_soft_break_into_nothing_ends_the_value() -> None:
    read = card("NOTE;ENCODING=QUOTED-PRINTABLE:eins=", "", "FN:Anna", version="2.1")
    assert (read.notes, read.name) == (("eins",), "Anna")


def test_a_soft_break_does_not_swallow_the_end_of_the_card() -> None:
    cut = vcf("NOTE;ENCODING=QUOTED-PRINTABLE:eins=", version="2.1")
    assert [each.name for each in read_cards(cut + vcf("FN:Ben")).cards] == ["", "Ben"]


def test_an_equals_sign_at_the_end_is_a_break_in_quoted_printable_only() -> None:
    assert card("NOTE:a=", "FN:Anna").name == "Anna"


# Lines


def test_one_bad_line_loses_that_line_only_and_is_told() -> None:
    data = vcf("FN:Anna", "das ist keine Zeile", "TEL:030 1")
    (read,) = read_cards(data).cards
    assert (read.name, read.phones) == ("Anna", (CardPhone("030 1"),))
    (found,) = read_cards(data).findings
    assert found == Finding(
        "vcard-line",
        "warning",
        "",
        4,
        "“das ist keine Zeile” is no line of a card and was left out.",
        "If it matters, note it at the customer after the import.",
    )


def test_a_line_behind_a_note_belongs_to_it() -> None:
    data = vcf("NOTE:erste", "zweite", "FN:Anna")
    assert read_cards(data).cards[0].notes == ("erste\nzweite",)
    assert findings(data) == [("vcard-line", 4)]


def test_a_picture_may_go_on_without_a_blank() -> None:
    data = vcf("PHOTO;ENCODING=BASE64:", "/9j/4AAQ", "SkZJRg==", "", "FN:Anna", version="2.1")
    assert read_cards(data).cards[0].name == "Anna"
    assert findings(data) == [("vcard-picture", 3)]


def test_a_cut_picture_does_not_matter() -> None:
    assert card("PHOTO;ENCODING=b:/9j/4", "FN:Anna").name == "Anna"


def test_a_line_of_many_commas_is_read_at_once() -> None:
    begun = time.process_time()
    card("TEL;TYPE=" + "a," * 5000 + '"', "FN:Anna")
    assert time.process_time() - begun < 2


def test_a_colon_within_quotation_marks_is_not_the_end_of_the_head() -> None:
    assert card('TEL;X-WHO="a:b;c";TYPE=work:030 1').phones == (CardPhone("030 1", ("work",)),)


def test_quotation_marks_may_be_escaped_as_apple_does() -> None:
    read = card('X-PLACE;VALUE=uri;X-TITLE=Haus \\"Meer\\":geo:1,2', "FN:Anna")
    assert read.extra == (("Place", "geo:1,2"),)


def test_carets_in_a_parameter_are_read_as_the_standard_says() -> None:
    read = card("ADR;LABEL=Markt 1^n01067 Dresden ^'Altstadt^':;;Markt 1;Dresden;;01067;")
    assert read.extra == (("address", 'Markt 1, 01067 Dresden "Altstadt"'),)


def test_empty_lines_of_a_card_say_nothing() -> None:
    empty = [
        f"{name}:" for name in ("FN", "N", "URL", "TEL", "EMAIL", "ADR", "BDAY", "LANG", "X-A")
    ]
    assert card(*empty, "NOTE: ", "CATEGORIES:,", "ORG:;") == Card(line=1)


def test_an_unclosed_quotation_mark_loses_nothing() -> None:
    assert card('TEL;TYPE="work:030 1').phones[0].number == "030 1"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"eins\, zwei\; drei", "eins, zwei; drei"),
        (r"eins\nzwei\Ndrei", "eins\nzwei\ndrei"),
        (r"C:\Users\Anna", r"C:\Users\Anna"),
        (r"zwei \\ Striche", r"zwei \ Striche"),
        (r"http\://a.example", "http://a.example"),
        ("ein \\", "ein \\"),
        ("a, b; c", "a, b; c"),
    ],
)
def test_backslashes_are_taken_off_where_they_protect_a_sign(written: str, meant: str) -> None:
    assert card("NOTE:" + written).notes == (meant,)


def test_a_protected_semicolon_may_stand_before_a_real_one() -> None:
    read = card(r"N:Krüger\;;Anna\\;Maria;;")
    assert (read.family, read.given, read.additional) == ("Krüger;", "Anna\\", "Maria")


# Cards


def test_a_card_without_end_is_read_and_told() -> None:
    data = b"BEGIN:VCARD\nFN:Anna\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\n"
    assert [each.name for each in read_cards(data).cards] == ["Anna", "Ben"]
    assert findings(data) == [("vcard-end", 1)]


def test_a_file_that_was_cut_off_keeps_its_last_card() -> None:
    data = vcf("FN:Anna") + b"BEGIN:VCARD\r\nFN:Ben\r\nTEL:030"
    assert [each.name for each in read_cards(data).cards] == ["Anna", "Ben"]
    assert findings(data) == [("vcard-end", 5)]


def test_the_card_of_an_agent_within_stays_within() -> None:
    agent = ["AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Jens", "TEL:040 2", "END:VCARD"]
    read = card("FN:Anna", *agent, "TEL:030 1", version="2.1")
    assert (read.name, read.phones) == ("Anna", (CardPhone("030 1"),))
    assert read.extra == (("agent", "Jens, 040 2"),)


def test_an_agent_may_be_one_escaped_line() -> None:
    agent = r"AGENT:BEGIN:VCARD\nFN:Susan Thomas\nTEL:+1-919-555-\n 1234\nEMAIL\;INTERNET:"
    read = card("FN:Anna", agent + r"susan@host.example\nEND:VCARD\n")
    assert read.extra == (("agent", "Susan Thomas, +1-919-555-1234, susan@host.example"),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20,
        b"Name;Telefon\nA;1\n",
    ],
    ids=["empty", "blank", "picture", "table"],
)
def test_a_file_without_cards_is_told_in_one_sentence(data: bytes) -> None:
    read = read_cards(data)
    assert read.cards == ()
    assert [found.text for found in read.findings] == ["There is no visiting card in this file."]


def test_text_around_the_cards_is_told_once() -> None:
    data = b"Liebe Anna,\nhier die Adressen\n" + vcf("FN:Anna") + b"Gruss\n"
    assert [each.name for each in read_cards(data).cards] == ["Anna"]
    assert findings(data) == [("vcard-outside", 1)]


def test_card_and_property_names_may_be_small_and_grouped() -> None:
    (read,) = read_cards(b"home.begin:vcard\nhome.fn:Anna\nhome.tel;work:030 1\nend:vcard\n").cards
    assert (read.name, read.phones) == ("Anna", (CardPhone("030 1", ("work",)),))


# What the lines mean


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1966-03-12", "1966-03-12"),
        ("19660312", "1966-03-12"),
        ("1966-03-12T00:00:00Z", "1966-03-12"),
        ("--0312", "03-12"),
        ("--03-12", "03-12"),
        ("--02-29", "02-29"),
        ("1604-03-12", "03-12"),
        ("12.3.1966", "1966-03-12"),
    ],
)
def test_a_birthday_is_written_as_our_files_have_it(written: str, day: str) -> None:
    assert card("BDAY:" + written).birthday == day


@pytest.mark.parametrize("written", ["circa 1800", "1966-02-30", "1966", "--1312"])
def test_what_is_no_birthday_stays_as_text(written: str) -> None:
    read = card("BDAY:" + written)
    assert (read.birthday, read.extra) == ("", (("birthday", written),))


def test_the_preferred_number_comes_first() -> None:
    read = card("TEL:1 11", "TEL;TYPE=work,pref:2 22", "TEL;PREF=3:3 33", "TEL;PREF=2:4 44")
    assert [phone.number for phone in read.phones] == ["2 22", "4 44", "3 33", "1 11"]


def test_a_number_written_twice_stands_once_but_a_fax_stands_for_itself() -> None:
    read = card("TEL;TYPE=cell:030/12 34", "TEL;TYPE=work:030-1234", "TEL;TYPE=fax:030 1234")
    assert read.phones == (
        CardPhone("030/12 34", ("cell", "work")),
        CardPhone("030 1234", ("fax",)),
    )


def test_labels_are_read_of_apple_and_of_people() -> None:
    read = card(
        "item1.TEL:030 1",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "item2.TEL:030 2",
        "item2.X-ABLabel:Ferienhaus",
    )
    assert read.phones == (CardPhone("030 1", ("cell",)), CardPhone("030 2", (), "Ferienhaus"))


def test_words_instead_of_a_number_or_address_are_kept() -> None:
    read = card("TEL:über Heike", "EMAIL:hat keine")
    assert read.extra == (("phone", "über Heike"), ("email", "hat keine"))
    assert (read.phones, read.emails) == ((), ())


def test_a_mail_address_is_taken_out_of_its_dress() -> None:
    read = card("EMAIL:mailto:a@b.example", 'EMAIL:"Anna" <anna@b.example>', "EMAIL:A@b.example")
    assert [mail.address for mail in read.emails] == ["a@b.example", "anna@b.example"]


def test_a_postcode_before_the_town_is_a_postcode() -> None:
    assert card("ADR:;;Strandstraße 7;26757 Borkum;;;").addresses == (
        CardAddress("Strandstraße 7", zip="26757", city="Borkum"),
    )


def test_a_leading_zero_of_a_postcode_stays() -> None:
    assert card("ADR:;;Markt 1;Dresden;;01067;").addresses[0].zip == "01067"


def test_the_printed_form_of_an_address_is_not_said_twice() -> None:
    address = "ADR;TYPE=work:;;Markt 1;Dresden;;01067;Deutschland"
    assert card(address, r"LABEL:Markt 1\n01067 Dresden\nDeutschland").extra == ()
    assert card(r"LABEL:Markt 1\n01067 Dresden").extra == (("address", "Markt 1, 01067 Dresden"),)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("KIND:org", "org"),
        ("X-ABShowAs:COMPANY", "org"),
        ("KIND:group", "group"),
        ("X-ADDRESSBOOKSERVER-KIND:group", "group"),
        ("KIND:individual", "individual"),
        ("NOTE:x", "individual"),
    ],
)
def test_the_kind_of_a_card_is_read_of_standard_and_apple(line: str, kind: str) -> None:
    assert card("FN:Anna", line).kind == kind


def test_members_of_a_group_are_named_by_their_uid() -> None:
    read = card("KIND:group", "MEMBER:urn:uuid:AB-1", "MEMBER:urn:uuid:ab-2", version="4.0")
    assert read.members == ("ab-1", "ab-2")
    assert card("UID:urn:uuid:AB-1", version="4.0").uid == "ab-1"


def test_soft_facts_of_every_client_are_kept_with_a_label() -> None:
    read = card(
        "X-MS-SPOUSE:Jens",
        "RELATED;TYPE=child;VALUE=text:Mia",
        "HOBBY:segeln",
        "X-SKYPE:anna.k",
        "IMPP:xmpp:anna@jabber.example",
        "X-SOCIALPROFILE;type=twitter:http://twitter.example/anna",
        "X-Kundennummer:4711",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Opa Karl;4;;;;;",
        version="4.0",
    )
    assert read.extra == (
        ("spouse", "Jens"),
        ("child", "Mia"),
        ("hobby", "segeln"),
        ("Skype", "anna.k"),
        ("Xmpp", "anna@jabber.example"),
        ("Twitter", "http://twitter.example/anna"),
        ("Kundennummer", "4711"),
        ("relative", "Opa Karl"),
    )


def test_what_only_programs_read_is_not_kept() -> None:
    technical = [
        "RELATED;TYPE=friend:urn:uuid:f81d4fae",
        "REV:20260101",
        "PRODID:-//x",
        "X-ABUID:7",
        "LATESTDATE:null",
        "X-FOO:data:,x",
    ]
    assert card("FN:Anna", *technical).extra == ()


def test_an_anniversary_is_read_of_every_client() -> None:
    android = "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-05-04;1;;"
    for line in ("ANNIVERSARY:20010504", "X-MS-ANNIVERSARY:20010504", android):
        assert card(line).anniversary == "2001-05-04"
    apple = card("item1.X-ABDATE:2001-05-04", "item1.X-ABLabel:_$!<Anniversary>!$_")
    assert apple.anniversary == "2001-05-04"
    other = card("item1.X-ABDATE:2001-05-04", "item1.X-ABLabel:Firmengründung")
    assert other.extra == (("Firmengründung", "2001-05-04"),)


def test_a_second_title_or_name_or_firm_is_kept_as_well() -> None:
    read = card(
        "TITLE:Chefin", "TITLE:Prokuristin", "ORG:A GmbH;Einkauf", "ORG:B AG", "FN:x", "FN:y"
    )
    assert (read.title, read.org, read.units) == ("Chefin", "A GmbH", ("Einkauf",))
    assert read.extra == (("job", "Prokuristin"), ("company", "B AG"), ("other name", "y"))


def test_lists_that_a_client_makes_itself_are_no_tags() -> None:
    assert card("CATEGORIES:myContacts,Messe,* starred,A\\,B").categories == ("Messe", "A,B")


def test_addresses_of_pages_are_kept_as_written() -> None:
    assert card("URL;TYPE=home:www.a.example").urls == (CardUrl("www.a.example", ("home",)),)
