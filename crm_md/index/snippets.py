"""Show where a search hit: a line or two of the text, with what was found marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from crm_md.document.as_said import line_as_said
from crm_md.frozen import dataclass
from crm_md.index.tokens import Token, spans, tokens

WIDTH = 160  # characters of a snippet, about
_BEFORE = 50  # of these in front of the first word found, at most
_OWN_LINES = 3  # lines of a customer's own text, at most
_HEADING = re.compile(r"^\s*#+\s*[\d.-]+[\s,:–-]*(?:\d\d?:\d\d[\s,:–-]*)?")
_AUTHOR = re.compile(r"\s*\([^()]*\)\s*$")
_BETWEEN = " · "


class Piece(NamedTuple):
    """A piece of text, and whether it is what was found."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is shown of a hit.

    Attributes:
        line: of the file, from 1, where the first word was found.
        pieces: the text in order; joined they are the plain snippet.
    """

    line: int
    pieces: tuple[Piece, ...]


def snippet_of_entry(lines: Sequence[tuple[int, str]], forms: Collection[str]) -> Snippet:
    """Return what to show of an entry.

    Args:
        lines: its numbered lines, the heading first.
        forms: the words found, in every form.
    """
    (number, heading), *body = lines
    said = _AUTHOR.sub("", _HEADING.sub("", heading))
    who, colon, subject = said.partition(": ")
    shown = said if _found(who, forms) or not colon else subject
    return _snippet([(number, shown), *body], forms)


def snippet_of_own_text(lines: Sequence[tuple[int, str]], forms: Collection[str]) -> Snippet:
    """Return what to show of a customer's own text: the lines in which something was found.

    Args:
        lines: its numbered lines.
        forms: the words found, in every form.
    """
    hits = [line for line in lines if _found(line[1], forms)][:_OWN_LINES]
    return _snippet(hits or lines[:1], forms)


def _snippet(lines: Sequence[tuple[int, str]], forms: Collection[str]) -> Snippet:
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    first_line, length = 0, 0
    for number, raw in lines:
        text = " ".join(line_as_said(raw, bare=True).split())
        if not text:
            continue
        found = _found(text, forms)
        if not found and _found(raw, forms):  # a sign of the file itself was looked for
            text = " ".join(raw.split())
            found = _found(text, forms)
        if found and not places:
            first_line = number
        places += [(length + start, length + end) for start, end in found]
        plain.append(text)
        length += len(text) + len(_BETWEEN)
    line = first_line or (lines[0][0] if lines else 1)
    return Snippet(line, _cut(_BETWEEN.join(plain), places))


def _found(text: str, forms: Collection[str]) -> list[tuple[int, int]]:
    """Return the places of the words found, in order, none inside another."""
    hits: list[Token] = [token for token in (*spans(text), *tokens(text)) if token.word in forms]
    places: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda token: (token.start, -token.end)):
        if not places or hit.start >= places[-1][1]:
            places.append((hit.start, hit.end))
    return places


def _cut(text: str, places: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut the text around the first word found, and mark all that are in it."""
    start = 0
    if places and places[0][1] > WIDTH - _BEFORE:
        start = text.find(" ", max(0, places[0][0] - _BEFORE)) + 1
        start = min(start, places[0][0])
    end = len(text)
    if end - start > WIDTH:
        end = max(text.rfind(" ", start, start + WIDTH), start)
        end = max(end, places[0][1]) if places else end or start + WIDTH
    pieces = [Piece("…", False)] if start else []
    for first, last in places:
        if first >= end:
            break
        pieces += [Piece(text[start:first], False), Piece(text[first:last], True)]
        start = last
    pieces.append(Piece(text[start:end].rstrip() if end < len(text) else text[start:end], False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return tuple(piece for piece in pieces if piece.text)
