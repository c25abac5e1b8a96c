"""Mails of real programs: who, when, what about, and what is new in them."""

from __future__ import annotations

from datetime import date, time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.errors import NotAMail
from crm_md.exchange.mail import Mail, Party, is_mail, read_mail
from crm_md.exchange.mail_text import cut, plain_of_html

TODAY = date(2026, 11, 20)
HEIKE = Party("Heike Petersen", "h.petersen@modehaus-petersen.example")

OUTLOOK = b"""\
Received: from mx.example ([192.0.2.1]) by mail.example; Fri, 20 Nov 2026 09:12:03 +0100
From: =?iso-8859-1?Q?M=FCller=2C_J=F6rg?= <J.Mueller@Mueller-Soehne.example>
To: "'Anna =?utf-8?B?S3LDvGdlcg==?='" <anna@example.com>
Subject: =?utf-8?Q?AW=3A_Re=3A_R=C3=BCckfrage_zur_Lieferung?=
Date: Fri, 20 Nov 2026 09:12:01 +0100
MIME-Version: 1.0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><head><style>p {color: red}</style></head><body lang=3DDE><div class=3DWordSection1>
<p class=3DMsoNormal>Liebe Frau Kr=FCger,<o:p></o:p></p>
<p class=3DMsoNormal>die Ma=DFe stimmen,&nbsp;bitte <b>zw=F6lf</b> Jacken.<o:p></o:p></p>
<ul><li>Gr=F6=DFe 40<li>Farbe Navy</ul>
<p class=3DMsoNormal>Gr=FC=DFe<br>J=F6rg M=FCller<o:p></o:p></p>
<div style=3D'border:none;border-top:solid #E1E1E1 1.0pt'>
<p class=3DMsoNormal><b>Von:</b> Anna Kr=FCger &lt;anna@example.com&gt;<br><b>Gesendet:</b>
 Donnerstag, 19. November 2026 16:02<br><b>An:</b> M=FCller, J=F6rg<br>
<b>Betreff:</b> Lieferung</p></div>
<p>Alter Text</p></div></body></html>
"""


def built(text: str = "Guten Tag", **headers: str) -> EmailMessage:
    """Return a mail from Heike to Anna."""
    message = EmailMessage()
    message["From"] = "Heike Petersen <h.petersen@modehaus-petersen.example>"
    message["To"] = "Anna Krüger <anna@example.com>"
    message["Subject"] = "Naht offen"
    message["Date"] = "Thu, 19 Nov 2026 08:05:00 -0500"
    for name, value in headers.items():
        del message[name]
        message[name] = value
    message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> Mail:
    """Read a mail that was built or saved."""
    return read_mail(message if isinstance(message, bytes) else message.as_bytes(), TODAY)


def test_who_when_and_what_about() -> None:
    mail = read(built())
    assert (mail.sender, mail.to) == (HEIKE, (Party("Anna Krüger", "anna@example.com"),))
    assert (mail.day, mail.at) == (date(2026, 11, 19), time(8, 5)), "as written, never converted"
    assert (mail.subject, mail.words.text) == ("Naht offen", "Guten Tag")


def test_html_of_outlook_with_encoded_headers_in_latin_1() -> None:
    mail = read(OUTLOOK)
    assert mail.sender == Party("Jörg Müller", "j.mueller@mueller-soehne.example")
    assert mail.to == (Party("Anna Krüger", "anna@example.com"),)
    assert mail.subject == "Rückfrage zur Lieferung"
    assert mail.words.text == (
        "Liebe Frau Krüger,\n\ndie Maße stimmen, bitte zwölf Jacken.\n\n"
        "- Größe 40\n- Farbe Navy\n\nGrüße\nJörg Müller"
    )
    assert mail.words.quoted.startswith("Von: Anna Krüger <anna@example.com>\nGesendet:")


def test_plain_text_goes_before_html_and_files_are_named() -> None:
    message = built("Zwölf Jacken, Größe 40 – bitte.")
    message.add_alternative("<p>anders</p>", subtype="html")
    message.add_attachment(b"1", maintype="image", subtype="jpeg", filename="Naht außen.jpg")
    mail = read(message)
    assert mail.words.text == "Zwölf Jacken, Größe 40 – bitte."
    assert mail.attachments == ("Naht außen.jpg",)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"])
def test_umlauts_survive_every_charset(charset: str) -> None:
    message = built()
    message.set_content("Grüße aus Köln, Straße 7", charset=charset, cte="quoted-printable")
    assert read(message).words.text == "Grüße aus Köln, Straße 7"


def test_raw_bytes_without_a_charset_are_windows() -> None:
    data = b"From: Kai <k@x.example>\r\nDate: Thu, 19 Nov 2026 08:05:00 +0100\r\n"
    mail = read(data + "Subject: Größe\r\n\r\nGrüße\r\n".encode("cp1252"))
    assert (mail.subject, mail.words.text) == ("Größe", "Grüße")


def test_an_unknown_charset_is_read_all_the_same() -> None:
    data = built().as_bytes().replace(b'charset="utf-8"', b'charset="x-unknown"')
    assert read(data).words.text == "Guten Tag"


@pytest.mark.parametrize("written", ["", "heute", "Thu, 99 Nov 2026 08:05:00"])
def test_a_date_that_is_none_is_none(written: str) -> None:
    data = built().as_bytes().replace(b"Thu, 19 Nov 2026 08:05:00 -0500", written.encode())
    assert read(data).day in (None, TODAY)


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("AW: AW: Naht", "Naht"),
        ("Re[2]: Naht", "Naht"),
        ("WG: Fwd: Naht", "Naht"),
        ("Rezept: Naht", "Rezept: Naht"),
        ("", ""),
    ],
)
def test_what_marks_an_answer_is_no_subject(subject: str, left: str) -> None:
    assert read(built(Subject=subject)).subject == left


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"Petersen, Heike" <h@x.example>', "Heike Petersen"),
        ("Heike Petersen | Modehaus <h@x.example>", "Heike Petersen"),
        ('"Heike Petersen (Modehaus)" <h@x.example>', "Heike Petersen"),
        ("h@x.example", ""),
        ('"h@x.example" <h@x.example>', ""),
        ("=?utf-8?q?Heike_P=C3=B6tersen?= <h@x.example>", "Heike Pötersen"),
    ],
)
def test_people_are_named_as_one_names_them(written: str, name: str) -> None:
    data = built().as_bytes()
    line = b"From: Heike Petersen <h.petersen@modehaus-petersen.example>"
    assert read(data.replace(line, b"From: " + written.encode())).sender == Party(
        name, "h@x.example"
    )


COPIED = """Von: Petersen, Heike <h.petersen@modehaus-petersen.example>
Gesendet: Donnerstag, 19. November 2026 09:12
An: Anna Krüger <anna@example.com>; Ben Okafor <ben@example.com>
Betreff: AW: Naht

Zwölf Jacken.
"""


def test_a_mail_copied_from_a_german_window() -> None:
    mail = read(COPIED.encode())
    assert (mail.sender, mail.subject, mail.words.text) == (HEIKE, "Naht", "Zwölf Jacken.")
    assert (mail.day, mail.at) == (date(2026, 11, 19), time(9, 12))
    assert [one.email for one in mail.to] == ["anna@example.com", "ben@example.com"]


def test_a_mail_copied_from_an_english_window() -> None:
    text = (
        "From: Heike Petersen <h.petersen@modehaus-petersen.example>\r\n"
        "Sent: Thursday, November 19, 2026 9:12\r\nTo: Anna\r\nSubject: RE: Seam\r\n\r\nTwelve.\r\n"
    )
    mail = read(text.encode())
    assert (mail.sender, mail.day, mail.subject) == (HEIKE, date(2026, 11, 19), "Seam")


@pytest.mark.parametrize(
    "text",
    ["Anruf von Heike: Lieferung", "Mail von Heike: Maße\n\nZwölf.", "", "From: x", "a: b\nc: d"],
)
def test_other_words_are_no_mail(text: str) -> None:
    assert not is_mail(text.encode())
    with pytest.raises(NotAMail):
        read(text.encode())


@pytest.mark.parametrize(
    ("text", "new", "quoted"),
    [
        ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: A\nalt", "Ja.", "-----Urs"),
        ("Ja.\n\nAm 19.11.2026 um 16:02 schrieb Anna Krüger:\n> alt\n> älter", "Ja.", "Am 19."),
        (
            "Ja.\n\nAm Do., 19. Nov. 2026 um 16:02 Uhr schrieb Anna\nKrüger <a@x.example>:\n\n> a",
            "Ja.",
            "Am Do.",
        ),
        ("Yes.\n\nOn Thu, Nov 19, 2026 at 4:02 PM Anna <a@x.example> wrote:\nold", "Yes.", "On"),
        ("Ja.\n________________________________\nVon: A\nGesendet: B\nAn: C\nalt", "Ja.", "____"),
        ("Ja.\n\n> alt\n> älter\n", "Ja.", "> alt"),
        ("Am 19.11. schrieb Anna:\n> Passt das?\n\nJa, passt.", "Ja, passt.", "Am 19."),
    ],
)
def test_what_was_quoted_is_told_from_what_is_new(text: str, new: str, quoted: str) -> None:
    parts = cut(text)
    assert parts.text == new
    assert parts.quoted.startswith(quoted)


@pytest.mark.parametrize(
    "text",
    [
        "Zu 1:\n\nAm 19.11. schrieb Anna:\n> Farbe?\nNavy.\n> Größe?\n40.",
        "Von: A <a@x.example>\nGesendet: B\nAn: C\nBetreff: D\n\nWeitergeleitet",
        "Am Montag kommt Ersatz: zwölf Jacken.",
        "Von: der Küste",
    ],
)
def test_answers_between_the_lines_and_what_is_passed_on_stay(text: str) -> None:
    assert cut(text).text == text


@pytest.mark.parametrize(
    "below", ["-- \nHeike Petersen\nModehaus", "Von meinem iPhone gesendet", "Sent from my iPad"]
)
def test_a_signature_is_told_from_the_words(below: str) -> None:
    parts = cut(f"Zwölf Jacken.\n\n{below}")
    assert (parts.text, parts.signature) == ("Zwölf Jacken.", below)


@given(st.lists(st.sampled_from(["Ja.", "> alt", "-- ", "", "Von: A", "An: B", "Am x schrieb y:"])))
def test_no_line_is_lost(lines: list[str]) -> None:
    parts = cut("\n".join(lines))
    kept = "\n".join((parts.text, parts.quoted, parts.signature)).split("\n")
    wanted = [line.strip() for line in parts.whole.split("\n") if line.strip()]
    assert sorted(line.strip() for line in kept if line.strip()) == sorted(wanted)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<script>x()</script>a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("<blockquote>alt<br>älter</blockquote>neu", "> alt\n> älter\n\nneu"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a   \n b", "a b"),
    ],
)
def test_html_made_plain(html: str, text: str) -> None:
    assert plain_of_html(html).strip() == text


@given(st.binary(max_size=300))
def test_whatever_the_bytes_it_is_a_mail_or_none(data: bytes) -> None:
    try:
        mail = read(b"From: a@b.example\nSubject: x\n" + data)
    except NotAMail:
        return
    assert isinstance(mail.words.text, str)
