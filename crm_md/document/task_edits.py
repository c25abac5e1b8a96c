"""Tick one task of a file, or drop it; every other byte stays."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from crm_md.document.escaping import as_item, clean
from crm_md.document.inserting import put_in
from crm_md.document.reading import Document
from crm_md.document.task_signs import STAMP, TASK
from crm_md.errors import WouldChangeMore
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.model import Task

Ending = Literal["done", "dropped"]

_BLOCK_ID = re.compile(r"\s\^[\w-]+\Z")  # Obsidian's name for a line, which must stay its last word
_DUE_WORD = re.compile(r"(?:^|(?<=\s))([\[(]?)(due|f(?:ä|a\u0308|ae)llig)(::?)", re.IGNORECASE)
_GOES_ON = re.compile(  # no blank line, bullet, number, heading, fence, table or HTML
    r"[ \t>]*(?![\s>]|[*+-](?:[ \t]|$)|\d{1,9}[.)][ \t]|#|```|~~~|[|<])[^\n]*(?:\n|\Z)"
)
_BULLET = re.compile(r"[ \t>]*[*+-][ \t]+")


def with_task_ended(
    document: Document, line: int, ending: Ending, day: date, note: str = ""
) -> Document:
    """Return the document with one task done or dropped, and words about it below.

    The day is written in the way the line tells its due day: ``done:``, ``erledigt:`` beside
    ``fällig:``, ``[completion:: ]``, or ``✅`` and ``❌`` as Obsidian's Tasks write it. Who drops a
    task plainly needs no day: the box says it, and Git says when.

    Args:
        document: the file.
        line: of the task, from 1.
        ending: what became of it.
        day: when.
        note: a line about it; it becomes an item below the task's.

    Raises:
        WouldChangeMore: no task stands there, or more than the task would change.
    """
    text = document.text
    start = _start_of(text, line)
    match = TASK.match("\n" + text[start:].partition("\n")[0]) if start >= 0 else None
    if match is None:
        raise WouldChangeMore(document.path, line, _("there is no task."))
    words = match[2]
    bare = words.rstrip()
    stamped = _stamped(bare, ending, day) + words[len(bare) :]
    box = start + match.start(1) - 1
    end = start + match.end(2) - 1
    mark = "x" if ending == "done" else "-"
    edited = document.with_text(f"{text[:box]}{mark}]{stamped}{text[end:]}")
    _check(document, edited, line, ending)
    note = " ".join(clean(note).split())
    if not note:
        return edited
    bullet = _BULLET.match(edited.text, start)
    assert bullet is not None, "the line of a task begins with a bullet"
    indent = re.sub(r"[*+-][ \t]+", "  ", bullet[0])
    return put_in(edited, _behind(edited.text, line), f"{indent}- {as_item(note)}")


def _behind(text: str, line: int) -> int:
    """Return where the paragraph of a task ends: lines without a bullet of their own go on."""
    at = _start_of(text, line + 1)
    while at < len(text) and (match := _GOES_ON.match(text, at)) is not None:
        at = match.end()
    return at


def _start_of(text: str, line: int) -> int:
    """Return where a line starts, the end of the text behind the last, -1 for one beyond."""
    at = 0
    for _line in range(line - 1):
        newline = text.find("\n", at)
        if newline < 0:
            return len(text) if _line == line - 2 else -1
        at = newline + 1
    return at


def _stamped(words: str, ending: Ending, day: date) -> str:
    """Return the words of a task with the day on which it ended."""
    standing = next((found for found in STAMP.finditer(words) if found["done"]), None)
    ticked = next((found for found in STAMP.finditer(words) if found["tick"]), None)
    if ending == "done" and (standing or ticked):
        found = standing or ticked
        assert found is not None
        first, last = found.span("day" if standing else "when")
        return f"{words[:first]}{day.isoformat()}{words[last:]}"
    stamp = _stamp(words, ending, day)
    if not stamp:
        return words
    name = _BLOCK_ID.search(words)
    at = name.start() if name else len(words)
    return f"{words[:at].rstrip()} {stamp}{words[at:]}"


def _stamp(words: str, ending: Ending, day: date) -> str:
    """Return how a line tells the day on which its task ended, in the way it tells others."""
    if "📅" in words:
        return f"{'✅' if ending == 'done' else '❌'} {day.isoformat()}"
    if ending == "dropped":
        return ""
    due = _DUE_WORD.search(words)
    if due and due[3] == "::" and due[1]:
        end = "]" if due[1] == "[" else ")"
        return f"{due[1]}completion:: {day.isoformat()}{end}"
    word = "erledigt" if due and due[2].casefold().startswith("f") else "done"
    return f"{word}:{day.isoformat()}"


def _check(before: Document, after: Document, line: int, ending: Ending) -> None:
    """Make sure that this task ended and nothing else means something else now.

    Raises:
        WouldChangeMore: something else would.
    """

    def rest(document: Document) -> tuple[list[Task], list[str]]:
        tasks = [replace(task, state="open", done_on=None) for task in document.customer.tasks]
        return tasks, [heading.title for heading in document.outline.headings]

    state = next((task.state for task in after.customer.tasks if task.line == line), None)
    if state != ending or rest(before) != rest(after):
        raise WouldChangeMore(before.path, line, _("what follows would be read differently."))
