"""A template that is broken, runs code or never ends: named with its line, and nothing is made."""

from __future__ import annotations

import pytest

from tests.books import Book

TEMPLATE = "templates/customer.md"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "(…)"),
        ("{{ name.__class__ }}", "“.”"),
        ("{% include '/etc/passwd' %}", "include"),
        ("{% import 'os' as os %}", "import"),
        ("{% for i in 'x' * 10 ** 10 %}{% endfor %}", "for"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "macro"),
        ("{% set x = name ~ name %}{{ x ~ x }}", "set"),
        ("{{ 10 ** 10 ** 10 }}", "**"),
        ("{{ 'x' * 10 ** 12 }}", "*"),
        ("{{ name | center(1000000000) }}", "center"),
        ("{{ " + "(" * 20_000 + "name" + ")" * 20_000 + " }}", "brackets"),
        ("{{ name ", "unexpected"),
        ("{{ today < 3 }}", "not supported"),
        ("x" * 300_000, "longer than"),
        (b"M\xfcller {{ name }}", "utf-8"),
    ],
)
def test_a_template_that_does_more_than_fill_in_is_named_and_nothing_is_made(
    book: Book, template: str | bytes, told: str
) -> None:
    book.write(TEMPLATE, template, "A template")
    answer = book("new", "Neue Firma")
    assert answer.code == 43
    assert answer.err.startswith(TEMPLATE)
    assert told in answer.err.split("\n")[0]
    assert "→" in answer.err
    assert book.subjects()[0] == "A template"
    assert not (book.root / "customers/neue-firma.md").exists()
    assert book("log", "petersen", "Anruf: geht").code == 0


def test_the_line_of_the_slip_is_named_and_check_knows_it_too(book: Book) -> None:
    book.write(TEMPLATE, "---\nname: {{ name | yaml }}\n{% for x in [1] %}{% endfor %}\n---\n")
    assert f"{TEMPLATE}:3 " in book("new", "Neue Firma").err
    assert f"{TEMPLATE}:3: error" in book("check").out


def test_a_template_chooses_quotes_and_cuts(book: Book) -> None:
    book.write(
        TEMPLATE,
        "---\nname: {{ name | yaml }}\nsince: {{ today[:4] }}\n"
        "{% if owner and 'a' in owner %}owner: {{ owner | lower }}\n{% endif %}---\n"
        "{{ 'Hallo ' ~ (source or 'Welt') | upper }}{# gone #}\n",
    )
    assert book("new", "Meier: Söhne").code == 0
    assert book.read("customers/meier-soehne.md") == (
        '---\nname: "Meier: Söhne"\nsince: 2026\nowner: anna\n---\nHallo WELT\n'
    )


def test_a_folder_in_the_place_of_the_template_is_named(book: Book) -> None:
    book.write(f"{TEMPLATE}/inside.txt", "")
    answer = book("new", "Neue Firma")
    assert answer.code == 42
    assert TEMPLATE in answer.err
