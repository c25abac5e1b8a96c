"""Take words that somebody else wrote as words: no task, no fact of ours is in them."""

from __future__ import annotations

from crm_md.document.facts import facts_in
from crm_md.document.task_signs import TASK


def as_prose(text: str) -> str:
    """Return a text with a backslash in what would be read as a task or as a fact.

    A mail may hold ``- [ ] bezahlen`` or ``gelöst:: ja``; that is no promise of ours, and it
    solves no complaint. Headings are escaped where an entry is written.

    Args:
        text: clean lines.
    """
    for task in reversed(list(TASK.finditer(f"\n{text}"))):
        box = task.start(1) - 2  # of the bracket, without the line feed in front
        text = f"{text[:box]}\\{text[box:]}"
    for fact in reversed(list(facts_in(text, 0))):
        text = f"{text[: fact.offset + 1]}\\{text[fact.offset + 1 :]}"
    return text
