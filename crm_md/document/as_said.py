"""Say the lines of an entry as people say them: facts and days without the signs for programs."""

from __future__ import annotations

import re

from crm_md.dates.filed import read_day, split_file_date
from crm_md.document.facts import facts_in
from crm_md.document.field_labels import label, label_of
from crm_md.document.field_saying import told_day
from crm_md.document.key_meanings import meaning_of
from crm_md.document.links import without_links
from crm_md.document.task_signs import STAMP, TASK
from crm_md.messages import _

_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")
_CLOSING = re.compile(r"[*_]{1,3}(?=[ \t])")
_BULLET = re.compile(r"\A\s*[-*+][ \t]+(?=\S)")


def text_as_said(text: str) -> str:
    """Return the text of an entry or a section as it is read aloud, line by line.

    ``- Stimmung:: gut`` is ``- Stimmung: gut``, ``due:2026-11-24`` is ``(by 24 Nov 2026)`` in the
    language spoken, a link its own words. Blocks of code stay as they are.

    Args:
        text: as it stands in the file.
    """
    if "::" not in text and "[" not in text:
        return text
    lines = []
    fenced = False
    for line in text.split("\n"):
        fence = bool(_FENCE.match(line))
        lines.append(line if fenced or fence else line_as_said(line))
        fenced = fenced != fence
    return "\n".join(lines)


def line_as_said(line: str, *, bare: bool = False) -> str:
    """Return one line as it is read aloud.

    Args:
        line: outside a block of code, without its line end.
        bare: without the mark of a list item before it.
    """
    said = line
    if "::" in line:
        said = _fact(line)
    if "[" in line and TASK.match("\n" + line):
        said = STAMP.sub(_stamp, line)
    if "[[" in said:
        said = without_links(said)
    return _BULLET.sub("", said) if bare else said


def question_as_said(said: str) -> str:
    """Return the words of a line that a merge left to be settled: ``Phone: 04922 9300-7``.

    Args:
        said: what the line says, ``contacts.Heike Petersen.phone: 04922 9300-7``.
    """
    place, colon, value = (part.strip() for part in said.partition(":"))
    list_name, _dot, inner = place.partition(".")
    whose, _dot, field = inner.rpartition(".")
    if whose and field:
        place = label_of(meaning_of(field, list_name) or field, whose)
    elif not inner:
        place = label(meaning_of(place) or place)
    return f"{place}: {value}" if colon else place


def _fact(line: str) -> str:
    """Return a line with what stands behind each ``::`` told; a fact that is a line is an item."""
    found = [fact.offset for fact in facts_in(line, 0)]
    for offset in reversed(found):
        signs = _CLOSING.match(line, offset + 2)  # **key::** value
        behind = signs.end() if signs else offset + 2
        day, rest = split_file_date(line[behind:])
        value = f"{told_day(day)} {rest}" if day else line[behind:].strip()
        line = f"{line[:offset].rstrip()}:{line[offset + 2 : behind]} {value}".rstrip()
    alone = found and "[" not in line and "(" not in line[: found[0]] and not _ITEM.match(line)
    return f"- {line.lstrip()}" if alone else line


def _stamp(match: re.Match[str]) -> str:
    """Return a day of a task in words."""
    day = read_day(match["day"] or match["when"])
    if day is None:
        return match[0]
    if match["due"] or match["calendar"]:
        return _("(by {day})").format(day=told_day(day))
    if match["done"] or match["tick"]:
        return _("(done {day})").format(day=told_day(day))
    return _("(dropped {day})").format(day=told_day(day))
