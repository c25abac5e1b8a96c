"""Change one part of an address that stands in one line: ``Strandstraße 7, 26757 Borkum``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crm_md.document.field_types import address_of_line
from crm_md.words import plain

_STREET = re.compile(
    r"\d|(?:strasse|str\.?|weg|platz|gasse|allee|ring|damm|ufer|chaussee)\b"
    r"|\b(?:street|road|lane|avenue)\b"
)


def is_street(line: str) -> bool:
    """Tell whether a line is surely a street and nothing else: ``Strandstraße 7``.

    ``Borkum`` may be a street as well as a town.
    """
    found = address_of_line(line)
    return found.street == line.strip() and bool(_STREET.search(plain(line)))


def with_part(line: str, part: str, value: str) -> str | None:
    """Return the line with one part changed or added and all others as they were.

    Args:
        line: the address as it stands.
        part: street, zip, city or country.
        value: the part as it is to be.

    Returns:
        None where the parts of the line, or of the new one, are not recognised for sure.
    """
    before = _parts(line)
    wanted = {**before, part: value}
    return next((one for one in _tries(line, before, part, value) if _parts(one) == wanted), None)


def _parts(line: str) -> dict[str, str]:
    found = address_of_line(line)
    return {
        "street": found.street,
        "zip": found.zip,
        "city": found.city,
        "country": found.country,
    }


def _tries(line: str, before: Mapping[str, str], part: str, value: str) -> Iterator[str]:
    """Yield the line that may say it; one part alone may be a street or a town."""
    city, old = before["city"], before.get(part)
    if not city:
        return
    if old:
        if line.count(old) == 1:
            yield line.replace(old, value)
    elif part == "zip":
        beginning, _city, end = line.rpartition(city)
        yield f"{beginning}{value} {city}{end}"
    elif part == "street":
        yield f"{value}, {line}"
    else:
        yield f"{line}, {value}"
