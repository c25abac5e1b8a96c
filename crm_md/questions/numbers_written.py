"""Find a phone number that nobody has as theirs, but that somebody wrote into an entry."""

from __future__ import annotations

from collections.abc import Iterator

from crm_md.crm import Crm
from crm_md.dates import say_date
from crm_md.likeness import digits, format_phone, normalise_phone
from crm_md.messages import language
from crm_md.questions.searching import search


def where_written(crm: Crm, number: str) -> tuple[str, str]:
    """Return where a number stands, to be told, and the customer's slug; "" twice if nowhere.

    Args:
        crm: the open store.
        number: in any spelling.
    """
    for spelling in dict.fromkeys(_spellings(number, crm.config.country)):
        for hit in search(crm, f'"{spelling}"', limit=1).hits:
            when = f" ({say_date(hit.date, language())})" if hit.date else ""
            return f"{hit.name}{when}: {' '.join(hit.text.split())}", hit.slug
    return "", ""


def _spellings(number: str, country: str) -> Iterator[str]:
    """Yield the number as people may have written it: as typed, with blanks, without any."""
    yield number
    phone = normalise_phone(number, country)
    if phone is not None:
        shown = format_phone(number, country)
        yield shown
        yield digits(shown)
        yield phone.e164
        if shown.startswith("0"):
            yield f"{phone.e164[:3]} {shown[1:]}"
