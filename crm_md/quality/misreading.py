"""Know what other programs would see in a head where we see the text that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from crm_md.document.head_tree import Fields, Items, Node, Scalar
from crm_md.words import KEYS, plain

# YAML 1.1, as PyYAML and with it python-frontmatter, Jekyll and Hugo read it:
# yaml.org/type/bool.html, int.html, float.html, null.html.
_BOOL = frozenset(
    spelling
    for word in ("yes", "no", "on", "off", "true", "false")
    for spelling in (word, word.upper(), word.capitalize())
)
_NULL = frozenset(("~", "null", "Null", "NULL"))
_BREAKING = frozenset(("=", "<<"))
_INT_1_1 = re.compile(
    r"[-+]?(?:0b(?P<bin>[01_]+)|0x(?P<hex>[0-9a-fA-F_]+)|0(?P<oct>[0-7_]+)"
    r"|(?P<dec>0|[1-9][0-9_]*)|(?P<sixty>[1-9][0-9_]*(?::[0-5]?[0-9])+))"
)
_FLOAT_1_1 = re.compile(
    r"[-+]?(?:(?P<dec>[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)"
    r"|(?P<sixty>[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
# YAML 1.2 core schema (yaml.org/spec/1.2.2 § 10.3.2), as Obsidian and JavaScript read it.
_INT_1_2 = re.compile(r"[-+]?[0-9]+|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)")
_FLOAT_1_2 = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_OF_NUMBERS = frozenset("0123456789+-.")
_FIRST_SIGNS = _OF_NUMBERS.union("~=<", (word[0] for word in _BOOL | _NULL))
_EXACT = 1 << 53  # JavaScript rounds larger numbers

Kind = Literal["number", "yes-no", "nothing", "failure"]


class Misreading(NamedTuple):
    """What another program makes of a text; ``shown`` is how it would print it."""

    kind: Kind
    shown: str


def misreading(text: str) -> Misreading | None:
    """Return what a YAML reader would make of this text without quotation marks, or None.

    A text that another reader takes for a number or a day and prints unchanged loses nothing.

    Args:
        text: not empty.
    """
    if " " in text or text[0] not in _FIRST_SIGNS:
        return None
    if text in _BOOL:
        return Misreading("yes-no", text)
    if text in _NULL:
        return Misreading("nothing", "")
    if text in _BREAKING or _impossible_day(text):
        return Misreading("failure", "")
    for number in _numbers(text) if text[0] in _OF_NUMBERS else ():
        if number != text:
            return Misreading("number", number)
    return None


def misread(root: Fields) -> Iterator[tuple[Scalar, Misreading]]:
    """Yield every key and value of a head that another program would misread.

    A yes or no to the question whether something is allowed is one.
    """
    for scalar, key in _scalars(root, ""):
        if scalar.quoted or not scalar.text:
            continue
        found = misreading(scalar.text)
        if found is None or (found.kind == "yes-no" and KEYS.get(plain(key)) == "allowed"):
            continue
        yield scalar, found


def scalars(root: Fields) -> Iterator[Scalar]:
    """Yield every key and value of a head in the order of the file."""
    return (scalar for scalar, _key in _scalars(root, ""))


def _scalars(node: Node, key: str) -> Iterator[tuple[Scalar, str]]:
    if isinstance(node, Scalar):
        yield node, key
    elif isinstance(node, Items):
        for item in node.items:
            yield from _scalars(item, key)
    else:
        for name, value in node.pairs:
            yield name, ""
            yield from _scalars(value, name.text)


def _impossible_day(text: str) -> bool:
    """PyYAML gives up on the whole file at 30 February."""
    match = _DAY.fullmatch(text)
    if match is None:
        return False
    try:
        date(*map(int, match.groups()))
    except ValueError:
        return True
    return False


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers that readers of the two versions take the text for, as they print them."""
    sign = -1 if text.startswith("-") else 1
    if match := _INT_1_1.fullmatch(text):
        yield _shown(sign * _int(match))
    elif match := _FLOAT_1_1.fullmatch(text):
        yield repr(sign * _float(match, text))
    if match := _INT_1_2.fullmatch(text):
        yield _shown(sign * _int(match) if match.lastgroup else int(text))
    elif _FLOAT_1_2.fullmatch(text):
        yield repr(float(text))


def _int(match: re.Match[str]) -> int:
    base = {"bin": 2, "oct": 8, "hex": 16, "dec": 10}
    name = match.lastgroup or ""
    figures = match[name].replace("_", "")
    if name == "sixty":
        return int(_sixties(figures))
    return int(figures or "0", base[name])


def _float(match: re.Match[str], text: str) -> float:
    if match.lastgroup is None:
        return float(text.lstrip("+-.").lower())
    figures = match[match.lastgroup].replace("_", "")
    return _sixties(figures) if match.lastgroup == "sixty" else float(figures)


def _sixties(figures: str) -> float:
    """Read ``12:30`` as 750, as Babylon and YAML 1.1 did."""
    value = 0.0
    for part in figures.split(":"):
        value = value * 60 + float(part or "0")
    return value


def _shown(number: int) -> str:
    return str(number) if abs(number) <= _EXACT else repr(float(number))
