"""Import an address book: what it would change is planned first, then done in one commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.crm import Crm
from crm_md.document import Document, new_file, with_item, with_note, with_value
from crm_md.errors import (
    CrmError,
    FileChanged,
    FileNotReadable,
    NothingInFile,
    TableNotRead,
    reason_of,
)
from crm_md.frozen import dataclass, replace
from crm_md.likeness import slug_in
from crm_md.messages import ngettext
from crm_md.model import Customer, Finding
from crm_md.records.placing import folder_by_itself

if TYPE_CHECKING:
    from crm_md.exchange.card import Card
    from crm_md.exchange.steps import Addition, ImportPlan, NewCustomer

_TABLES = frozenset((".csv", ".tsv", ".xls", ".xlsx", ".ods"))


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import would do, and what in its files was not understood."""

    plan: ImportPlan
    findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.plan.new or self.plan.additions)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done."""

    new: int
    completed: int
    action: str


def plan_files(crm: Crm, files: Sequence[Path]) -> Planned:
    """Read address books and plan; nothing is written.

    Args:
        crm: the open store.
        files: vCards of any client and version; of a folder every ``.vcf`` in it, by name.

    Raises:
        FileNotReadable: a file is not there, or the system refuses it.
        TableNotRead: there is no card in any of them, and one is a table.
        NothingInFile: there is no card in any of them.
    """
    from crm_md.exchange.plan import plan_import
    from crm_md.exchange.vcard import read_cards

    cards: list[Card] = []
    findings: list[Finding] = []
    for file in address_books(files):
        try:
            found = read_cards(file.read_bytes())
        except OSError as problem:
            raise FileNotReadable(str(file), reason_of(problem)) from problem
        cards.extend(replace(card, file=str(file)) for card in found.cards)
        findings.extend(replace(finding, path=str(file)) for finding in found.findings)
    tables = [file.name for file in files if file.suffix.casefold() in _TABLES]
    if not cards and tables:
        raise TableNotRead(", ".join(tables))
    if not cards:
        raise NothingInFile(", ".join(map(str, files)))
    known, unreadable = known_customers(crm)
    plan = plan_import(cards, known, crm.config, crm.today, unreadable=unreadable)
    return Planned(plan, tuple(findings))


def address_books(files: Sequence[Path]) -> list[Path]:
    """Return the files to read: of a folder every ``.vcf`` in it, in the order of their names.

    Raises:
        FileNotReadable: the system does not let us look into a folder.
    """
    found: list[Path] = []
    for file in files:
        try:
            inside = sorted(file.iterdir()) if file.is_dir() else [file]
        except OSError as problem:
            raise FileNotReadable(str(file), reason_of(problem)) from problem
        found += [one for one in inside if one == file or one.suffix.casefold() == ".vcf"]
    return found


def known_customers(crm: Crm) -> tuple[list[Customer], dict[str, str]]:
    """Return the customers that can be read here, and the paths of all others by their slugs."""
    known: list[Customer] = []
    shut = [path for path, _problem in crm.catalogue.unreadable()]
    shut += [path for path, _oddity in store.oddities(crm.root) if store.is_customer_path(path)]
    shut += crm.part.left_out if crm.part else ()
    for row in crm.catalogue.rows():
        try:
            known.append(crm.read(row.path).customer)
        except CrmError:
            shut.append(row.path)
    return known, {slug_in(path): path for path in shut}


def carry_out(crm: Crm, planned: Planned, origin: str) -> Imported:
    """Do what was planned, as one action.

    Args:
        crm: the open store.
        planned: by `plan_files`.
        origin: the name of the file, for the sentence in the history.

    Raises:
        FileChanged: a customer that is to be created is there meanwhile.
        NotSaved and the others of `Crm.change`.
    """
    plan = planned.plan
    with crm.change("import") as change:
        for new in plan.new:
            document = _created(crm, new)
            if change.read_bytes(document.path) is not None:
                raise FileChanged(document.path)  # somebody was quicker since the plan was made
            change.put(document)
        for addition in plan.additions:
            change.put(_completed(change.read(addition.path), addition))
        count = len(plan.new) + len(plan.additions)
        change.tell(lambda: _told(origin, count))
    return Imported(len(plan.new), len(plan.additions), change.id)


def _told(origin: str, count: int) -> str:
    return ngettext(
        "Imported from {origin}: 1 customer", "Imported from {origin}: {count} customers", count
    ).format(origin=origin, count=count)


def _created(crm: Crm, new: NewCustomer) -> Document:
    text = new_file(new.fields, new.note, crm.config.language)
    path = store.path_for(new.slug, crm.config.layout, folder_by_itself(crm) or "")
    return Document.read(text.encode("utf-8"), path, crm.config)


def _completed(document: Document, addition: Addition) -> Document:
    for edit in addition.edits:
        target = (*edit.target, edit.key)
        if edit.how == "add":
            document = with_item(document, target, str(edit.value))
        else:
            document = with_value(document, target, edit.value)
    for contact in addition.contacts:
        document = with_item(document, ("contacts",), contact)
    return with_note(document, "", addition.note)
