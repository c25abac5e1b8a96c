"""A plan is written into real customer files, read back, and planned again: nothing is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings

from crm_md.config import default_config
from crm_md.document import Document, new_file, with_item, with_note, with_value
from crm_md.exchange.card import Card
from crm_md.exchange.plan import ImportPlan, plan_import
from crm_md.exchange.vcard import read_cards
from tests.test_import_plan_laws import books

CONFIG = default_config("de")
TODAY = date(2026, 11, 21)
DATA = Path(__file__).with_name("data") / "vcards"


def planned(cards: list[Card], files: dict[str, Document]) -> ImportPlan:
    return plan_import(cards, [file.customer for file in files.values()], CONFIG, TODAY)


def written(plan: ImportPlan, files: dict[str, Document]) -> dict[str, Document]:
    """Return all files of the store after the plan was carried out."""
    after = dict(files)
    for new in plan.new:
        path = f"customers/{new.slug}.md"
        after[path] = Document.read(new_file(new.fields, new.note, "de").encode(), path, CONFIG)
    for addition in plan.additions:
        file = after[addition.path]
        for edit in addition.edits:
            target = (*edit.target, edit.key)
            if edit.how == "add":
                file = with_item(file, target, str(edit.value))
            else:
                file = with_value(file, target, edit.value)
        for contact in addition.contacts:
            file = with_item(file, ("contacts",), contact)
        after[addition.path] = with_note(file, "", addition.note)
    return after


@settings(max_examples=40, deadline=None)
@given(books, books)
def test_importing_twice_into_files_changes_nothing(earlier: list[Card], now: list[Card]) -> None:
    files = written(planned(earlier, {}), {})
    after = written(planned(now, files), files)
    again = planned(now, after)
    assert (again.new, again.additions) == ((), ())


def test_the_real_files_written_are_sound_and_change_nothing_when_imported_again() -> None:
    cards = [c for path in sorted(DATA.glob("*.vcf")) for c in read_cards(path.read_bytes()).cards]
    files = written(planned(cards, {}), {})
    assert [file.customer.findings for file in files.values()] == [()] * len(files)
    assert planned(cards, files).empty
    knudson = files["customers/university-of-novosibirsk.md"]
    (person,) = knudson.customer.contacts
    assert person.name == "Daffy Duck Knudson (with Bugs Bunny and Mr. Pluto)"
    assert person.phones == (
        "+01-(0)5-555.55.55",
        "+01-(0)2-765.43.21 (privat)",
        "+01-(0)2-876.54.32 (privat)",
    )
    assert knudson.text.endswith(
        "\n# University of Novosibirsk\n\n"
        f"- {person.name}, Spitzname: gnat and gnu and pluto\n"
        f"- {person.name}, Anschrift: Haight Street 512;, Escape, Test, "
        "80214 Novosibirsk, Gnuland (privat)\n"
        f"- {person.name}, Account: 010-1234567-05\n\n"
        "## Verlauf\n"
    )


def test_a_note_that_looks_like_the_structure_of_a_file_stays_a_note() -> None:
    note = r"NOTE:# Verlauf\n### 2026-01-01 Anruf: x\n```\n<!-- y\n---\n=====\nEnde"
    text = f"BEGIN:VCARD\nFN:Ute: {{x}} #1\nORG:no\n{note}\nTEL:0351 1\nEND:VCARD\n"
    cards = list(read_cards(text.encode()).cards)
    files = written(planned(cards, {}), {})
    (file,) = files.values()
    assert file.customer.name == "no"
    assert [contact.name for contact in file.customer.contacts] == ["Ute: {x} #1"]
    assert (file.customer.entries, file.customer.findings) == ((), ())
    assert planned(cards, files).empty
