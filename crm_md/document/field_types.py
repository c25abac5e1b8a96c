"""Type the texts of the head: a day, a day with words, an absence, an address, a yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeAlias

from crm_md.dates.filed import read_day, read_partial, split_file_date
from crm_md.document import slips
from crm_md.document.head_tree import Fields, Items, Node, Scalar
from crm_md.model import Absence, Address, Finding, NextStep, Until
from crm_md.words import KEYS, NO, YES, plain, refuses

Findings: TypeAlias = list[Finding]

_SINCE = re.compile(r"(?:seit|since|vom|from)\s+(\S+)\s*(.*)", re.DOTALL | re.IGNORECASE)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)"
_FROM_TO = re.compile(
    rf"(?:{_DAY}\s*)?(?:bis|to|until|till|[-–—])\s*{_DAY}(.*)", re.DOTALL | re.IGNORECASE
)
_ONLY_FIGURES = re.compile(r"[\d./-]+")
_ZIP_AND_CITY = re.compile(r"(?:(D|A|CH|FL|I|L|NL|B|F|DK|PL|CZ)[- ]\s?)?(\d{4,5})\s+(\D.*)")
_CITY_AND_POSTCODE = re.compile(r"(.*?)\s*\b([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})")
_PLATES = {"D": "DE", "A": "AT", "FL": "LI", "I": "IT", "L": "LU", "B": "BE", "F": "FR"}


def one_text(node: Node, key: str, findings: Findings) -> str:
    """Return the text of a field; a list or mapping becomes one line and a finding."""
    if isinstance(node, Scalar):
        return node.text.strip()
    findings.append(slips.not_a_text(node.line, key))
    return as_line(node)


def as_line(node: Node) -> str:
    """Return whatever stands there in one line."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Items):
        return ", ".join(filter(None, map(as_line, node.items)))
    return "; ".join(f"{key.text}: {as_line(value)}" for key, value in node.pairs)


def texts(node: Node) -> Iterator[str]:
    """Yield the texts of a field that is one text, a list, or a mapping of labels to texts."""
    if isinstance(node, Scalar):
        if text := node.text.strip():
            yield text
    elif isinstance(node, Items):
        for item in node.items:
            yield from texts(item)
    else:
        for _label, value in node.pairs:
            yield from texts(value)


def names(node: Node) -> Iterator[str]:
    """Yield the texts of a field whose items have no labels: ``[a: b]`` is the text “a: b”."""
    if isinstance(node, Items):
        for item in node.items:
            yield from names(item)
    elif isinstance(node, Fields):
        for key, value in node.pairs:
            yield f"{key.text}: {as_line(value)}".strip()
    else:
        yield from texts(node)


def words(node: Node) -> Iterator[str]:
    """Yield tags: one text is split at commas, a leading ``#`` is dropped."""
    for text in names(node):
        parts = re.split(r"[,;]", text) if isinstance(node, Scalar) else [text]
        for part in parts:
            if word := part.strip().lstrip("#").strip():
                yield word


def day_of(node: Node, key: str, findings: Findings) -> date | None:
    """Return the day of a field; of a month its last, for a month is kept by its end."""
    text = one_text(node, key, findings)
    if not text:
        return None
    day = read_day(text)
    if day is None and (partial := read_partial(text)) and partial.year and partial.month:
        day = _last_of_month(partial.year, partial.month)
        day = day.replace(day=partial.day) if partial.day else day
    if day is None:
        findings.append(slips.no_day(node.line, key, text))
    return day


def is_no_date(text: str, strict: bool) -> bool:
    """Say whether a text is no birthday, year or month.

    Args:
        strict: words count as well, else only figures that are no date do.
    """
    return (strict or bool(_ONLY_FIGURES.fullmatch(text))) and read_partial(text) is None


def until_of(node: Node, key: str, findings: Findings) -> Until | None:
    """Return a day with words: ``2027-03-01 seit 2026-11-21 bittet um Ruhe``; None for a no."""
    written = one_text(node, key, findings)
    word = plain(written)
    if not word or word in NO:
        return None
    day, rest = split_file_date(written)
    if day is None and (partial := read_partial(written)) and partial.year and partial.month:
        day, rest = date(partial.year, partial.month, 1), ""
    since = None
    if (match := _SINCE.fullmatch(rest)) and (since := read_day(match[1].rstrip(",:;"))):
        rest = match[2]
    return Until(day, "" if word in YES else rest.strip(), since, written)


def step_of(node: Node, key: str, findings: Findings) -> NextStep | None:
    """Return the next step: ``2026-12-01 Angebot nachfassen``; without a day it is a finding."""
    if isinstance(node, Items) and node.items:
        if len(node.items) > 1:
            findings.append(slips.several_steps(node.line))
        node = node.items[0]
    if isinstance(node, Fields):
        by_name = {KEYS.get(plain(pair[0].text), ""): as_line(pair[1]) for pair in node.pairs}
        day = by_name.pop("date", "")
        written = " ".join(filter(None, (day, *by_name.values())))
    else:
        written = one_text(node, key, findings)
    if not written:
        return None
    when, text = split_file_date(written)
    if when is None:
        findings.append(slips.step_without_day(node.line, written))
    return NextStep(when, text, written)


def absence_of(node: Node, key: str, findings: Findings) -> tuple[Absence | None, str]:
    """Return the days of an absence, and what is written: ``2026-12-21 bis 2027-01-06 Urlaub``."""
    written = one_text(node, key, findings)
    if not written:
        return None, ""
    if match := _FROM_TO.fullmatch(written):
        first = read_day(match[1]) if match[1] else date.min
        last, rest = read_day(match[2]), match[3]
    else:
        first, rest = split_file_date(written)
        last = first
    if first is None or last is None or last < first:
        findings.append(slips.no_absence(node.line, written))
        return None, written
    return Absence(first, last, rest.lstrip(" ,:;")), written


def yes_or_no(node: Node, key: str, findings: Findings) -> bool | None:
    """Return yes or no in German or English, None and a finding for anything else."""
    text = one_text(node, key, findings)
    word = plain(text)
    if word in YES:
        return True
    if refuses(text):
        return False
    if word:
        findings.append(slips.no_yes_or_no(node.line, text))
    return None


def address_of_line(text: str) -> Address:
    """Return the parts of ``Strandstraße 7, 26757 Borkum``, as far as we can tell them."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    for index, part in enumerate(parts):
        if match := _ZIP_AND_CITY.fullmatch(part):
            country = _PLATES.get(match[1] or "", match[1] or "")
            zip_code, city = match[2], match[3]
        elif match := _CITY_AND_POSTCODE.fullmatch(part):
            country, zip_code = "", match[2]
            city = match[1] or (parts.pop(index - 1) if index > 1 else "")
            index = parts.index(part)
        else:
            continue
        behind = ", ".join(parts[index + 1 :])
        return Address(", ".join(parts[:index]), zip_code, city, behind or country)
    return Address(", ".join(parts[:-1]), city=parts[-1]) if len(parts) > 1 else Address(text)


def _last_of_month(year: int, month: int) -> date:
    """Return the last day of a month: the 28th and four days lie in the next one."""
    if month == 12:  # there may be no next one
        return date(year, month, 31)
    in_next = date(year, month, 28) + timedelta(days=4)
    return in_next - timedelta(days=in_next.day)
