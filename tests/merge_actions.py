"""Invent everyday changes to a customer file, each to a piece of its own, to try merging with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from hypothesis import strategies as st

from crm_md.config import read_config
from crm_md.document import (
    Document,
    NewEntry,
    with_entry,
    with_item,
    with_note,
    with_value,
    without,
)
from crm_md.document.body_edits import NoteRole
from crm_md.document.structure import ENTRY, Part
from crm_md.errors import CrmError

ROOT = Path(__file__).parents[1]
BOOK = sorted((ROOT / "customers").glob("*.md"))
CONFIG = read_config((ROOT / "crm.toml").read_text(encoding="utf-8"))
BARE = (
    "",
    "Ein Zettel.\n",
    "ohne Zeilenende",
    "---\nname: A\n---\n",
    "---\nname: A\ncontacts: [Heike, Kai]\n---\n\n# A\n\nText\n",
    "# Nur ein Titel\n\n## Gemeinsames\n\n- segelt\n",
    "---\r\nname: A\r\ntags: [x]\r\n---\r\n\r\n## Verlauf\r\n\r\n### 2026-01-01 Anruf: alt\r\n",
    "---\nName: A\nTelefon: 0351 1\n---\n\n## 2026-01-01 Anruf\n\n## 2026-02-01 Mail\n",
    "---\nname: A\nname: B\n---\n\n## History\n\n### 2026-02-01 a\n\n### 2026-01-01 b\n\n## X\n",
    "---\nname: Müller: Söhne\nowner: @anna\njunk\n---\n\n- [ ] Naht prüfen\n- [ ] Tuch falten\n",
)
WORDS = ("Segel", "Tee", "Matjes", "Fähre", "Naht", "Sanddorn", "R7 & Co.", "x: y #1", "NO")
FIELDS = ("goal", "segment", "every", "next", "reach", "website", "source", "Farbe")
OF_A_PERSON = ("phone", "reach", "role", "birthday", "email")
ROLES: tuple[NoteRole, ...] = ("", "common", "careful", "settle")


@dataclass(frozen=True)
class Action:
    """A change to one piece.

    Attributes:
        piece: the piece it touches, outermost first; two actions meet if one begins the other.
        edit: what it does to a document; None where there is nothing to do it to.
    """

    piece: tuple[str, ...]
    edit: Callable[[Document], Document | None]

    def __repr__(self) -> str:
        return " / ".join(self.piece)

    def meets(self, other: Action) -> bool:
        """Say whether both touch one piece."""
        shared = min(len(self.piece), len(other.piece))
        return self.piece[:shared] == other.piece[:shared]


def document(text: str) -> Document:
    """Return the document of a text."""
    return Document.read(text.encode("utf-8", "surrogateescape"), "customers/a.md", CONFIG)


def done(action: Action, text: str) -> str | None:
    """Return the text after an action, None where it changes nothing or is refused."""
    try:
        changed = action.edit(document(text))
    except CrmError:
        return None
    return None if changed is None or changed.text == text else changed.text


def actions(text: str) -> st.SearchStrategy[Action]:
    """Return everyday changes to this file; those to what stands in it are named by that."""
    doc = document(text)
    kinds = [_logs(), _sets(), _items(), _new_people(), _notes()]
    if doc.customer.contacts:
        people = st.sampled_from([contact.name for contact in doc.customer.contacts])
        kinds += [
            st.builds(_set_of_person, people, st.sampled_from(OF_A_PERSON), st.sampled_from(WORDS)),
            st.builds(_without_person, people),
        ]
    if doc.customer.tags:
        kinds.append(st.builds(_without_tag, st.sampled_from(doc.customer.tags)))
    titles = [part.title for part in doc.structure.parts if part.role == ENTRY]
    if titles:
        entries = st.sampled_from(titles)
        kinds += [st.builds(_without_entry, entries), st.builds(_more_text, entries, _numbers())]
    tasks = [
        (part.title, line)
        for part in doc.structure.parts
        for line in doc.text[part.text_start : part.end].split("\n")
        if line.startswith("- [ ]")
    ]
    if tasks:
        lines = st.sampled_from(tasks)
        kinds += [st.builds(_tick, lines), st.builds(_give, lines, st.sampled_from(["anna", "b"]))]
    return st.one_of(kinds)


def _numbers() -> st.SearchStrategy[int]:
    return st.integers(0, 300)


def _logs() -> st.SearchStrategy[Action]:
    return st.builds(_log, _numbers(), st.integers(0, 9), st.sampled_from(WORDS), st.booleans())


def _log(day: int, minute: int, word: str, task: bool) -> Action:
    entry = NewEntry(
        date=date(2026, 1 + day // 28, 1 + day % 28),
        time=time(9, minute) if minute else None,
        kind="call",
        subject=f"{word} {day}/{minute}",
        text=f"Sagt {word}." if minute % 2 else "",
        tasks=(f"{word} {day}/{minute} due:2026-12-01",) if task else (),
    )
    return Action(("log", entry.subject), lambda doc: with_entry(doc, entry))


def _sets() -> st.SearchStrategy[Action]:
    changes = st.builds(_set, st.sampled_from(FIELDS), st.sampled_from(WORDS))
    return changes | st.builds(_delete, st.sampled_from(FIELDS))


def _set(name: str, value: str) -> Action:
    return Action(("field", name), lambda doc: with_value(doc, (name,), value))


def _delete(name: str) -> Action:
    return Action(("field", name), lambda doc: without(doc, (name,)))


def _items() -> st.SearchStrategy[Action]:
    return st.builds(_add, st.sampled_from(["tags", "aliases"]), st.sampled_from(WORDS[:6]))


def _add(name: str, value: str) -> Action:
    def edit(doc: Document) -> Document | None:
        there = doc.customer.tags if name == "tags" else doc.customer.aliases
        return None if value in there else with_item(doc, (name,), value)

    return Action(("item", name, value), edit)


def _without_tag(value: str) -> Action:
    def edit(doc: Document) -> Document | None:
        tags = doc.customer.tags
        return without(doc, ("tags", tags.index(value))) if value in tags else None

    return Action(("item", "tags", value), edit)


def _new_people() -> st.SearchStrategy[Action]:
    return st.builds(_new_person, st.sampled_from(["Kai Ahrens", "Ute Bo", "Jo Cirk"]))


def _new_person(name: str) -> Action:
    person = {"name": name, "role": f"Kasse von {name}"}
    return Action(("person", name), lambda doc: with_item(doc, ("contacts",), person))


def _place_of(doc: Document, name: str) -> int | None:
    names = [contact.name for contact in doc.customer.contacts]
    return names.index(name) if names.count(name) == 1 else None


def _set_of_person(name: str, field: str, value: str) -> Action:
    def edit(doc: Document) -> Document | None:
        place = _place_of(doc, name)
        return None if place is None else with_value(doc, ("contacts", place, field), value)

    return Action(("person", name, field), edit)


def _without_person(name: str) -> Action:
    def edit(doc: Document) -> Document | None:
        place = _place_of(doc, name)
        return None if place is None else without(doc, ("contacts", place))

    return Action(("person", name), edit)


def _notes() -> st.SearchStrategy[Action]:
    return st.builds(_note, st.sampled_from(ROLES), st.sampled_from(WORDS), _numbers())


def _note(role: NoteRole, word: str, number: int) -> Action:
    words = f"mag {word} {number}"
    return Action(("note", role, words), lambda doc: with_note(doc, role, words))


def _entry(doc: Document, title: str) -> Part | None:
    found = [part for part in doc.structure.parts if part.role == ENTRY and part.title == title]
    return found[0] if len(found) == 1 else None


def _without_entry(title: str) -> Action:
    """Remove an entry with all its lines, as a tidy person does in an editor."""

    def edit(doc: Document) -> Document | None:
        part = _entry(doc, title)
        if part is None:
            return None
        above, below = doc.text[: part.start], doc.text[part.end :]
        return doc.with_text(above + below if below else above.rstrip() + doc.newline)

    return Action(("entry", title), edit)


def _more_text(title: str, number: int) -> Action:
    """Write a paragraph directly below the heading of an entry."""

    def edit(doc: Document) -> Document | None:
        part = _entry(doc, title)
        if part is None:
            return None
        end = doc.newline
        added = f"{end}Nachtrag {number}.{end}"
        if not doc.text[: part.text_start].endswith("\n"):
            added = end + added
        return doc.with_text(doc.text[: part.text_start] + added + doc.text[part.text_start :])

    return Action(("entry", title, "text"), edit)


def _task_line(doc: Document, line: str) -> tuple[list[str], int] | None:
    lines = doc.text.split("\n")
    words = line.removesuffix("\r").partition("]")[2].partition(" due:")[0].strip(" \r")
    found = [n for n, one in enumerate(lines) if one.startswith("- [") and words in one]
    return (lines, found[0]) if len(found) == 1 else None


def _tick(task: tuple[str, str]) -> Action:
    title, line = task

    def edit(doc: Document) -> Document | None:
        place = _task_line(doc, line)
        if place is None or "[ ]" not in place[0][place[1]]:
            return None
        lines, at = place
        bare = lines[at].removesuffix("\r")
        lines[at] = lines[at].replace(bare, bare.replace("[ ]", "[x]") + " done:2026-11-21")
        return doc.with_text("\n".join(lines))

    return Action(("entry", title, "task", line, "done"), edit)


def _give(task: tuple[str, str], whom: str) -> Action:
    title, line = task

    def edit(doc: Document) -> Document | None:
        place = _task_line(doc, line)
        if place is None or "@" in place[0][place[1]]:
            return None
        lines, at = place
        bare = lines[at].removesuffix("\r")
        lines[at] = lines[at].replace(bare, f"{bare} @{whom}")
        return doc.with_text("\n".join(lines))

    return Action(("entry", title, "task", line, "mention"), edit)
