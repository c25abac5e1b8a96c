"""Write pages as one HTML file for the phone: it needs no network and loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crm_md.exchange.page import Item, Link, Page, as_item, flowing, one_line
from crm_md.messages import language

TEMPLATE = Path(__file__).with_name("page.html")
_DIALLED = frozenset("0123456789+")


def as_html(pages: Sequence[Page], title: str, country: str = "DE") -> str:
    """Return pages as one HTML file: all text escaped, numbers to dial, addresses to write to.

    Args:
        pages: one after the other.
        title: of the window.
        country: whose national telephone numbers are meant.
    """
    from jinja2 import Environment

    environment = Environment(autoescape=True, keep_trailing_newline=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        language=language(),
        title=one_line(title),
        pages=[_page(page, country) for page in pages],
    )


def _page(page: Page, country: str) -> dict[str, Any]:
    return {
        "title": one_line(page.title),
        "lead": [_item(item, country) for item in page.lead],
        "sections": [
            {
                "title": one_line(section.title),
                "entries": [_item(item, country) for item in section.items],
            }
            for section in page.sections
        ],
    }


def _item(item: Item, country: str) -> dict[str, Any]:
    return {
        "text": one_line(item.text),
        "label": one_line(item.label),
        "links": [
            {"text": one_line(link.text), "href": address_of(link, country)} for link in item.links
        ],
        "more": [
            {"text": one_line(line.text), "told": flowing(line.told)}
            for line in map(as_item, item.more)
        ],
        "told": flowing(item.told),
        "urgent": item.urgent,
    }


def address_of(link: Link, country: str) -> str:
    """Return what a link leads to, "" where it would lead nowhere.

    Sources: RFC 3966 (tel), RFC 6068 (mailto), RFC 5870 (geo; q is what maps understand).

    Args:
        link: as it stands in the file.
        country: whose national telephone numbers are meant.
    """
    text = one_line(link.text)
    match link.kind:
        case "tel":
            return _dialled(text, country)
        case "mailto":
            from crm_md.likeness import looks_like_mail

            return f"mailto:{quote(text, safe='@+.-_')}" if looks_like_mail(text) else ""
        case "geo":
            return f"geo:0,0?q={quote(text, safe='')}"
        case "web":
            return text if text.lower().startswith(("https://", "http://")) else ""


def _dialled(text: str, country: str) -> str:
    from crm_md.likeness import normalise_phone

    phone = normalise_phone(text, country)
    number = phone.e164 if phone else ""
    return f"tel:{number}" if number and _DIALLED.issuperset(number) else ""
