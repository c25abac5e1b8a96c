"""Tell whose fact is meant where a person was named: theirs, or the customer's."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.document import Document
from crm_md.document.field_labels import label
from crm_md.errors import WhoseFact
from crm_md.frozen import dataclass
from crm_md.questions.naming import Named
from crm_md.records.fact_target import OF_A_PERSON, field_name, fragment_of
from crm_md.words import ADDRESS, NAMED_BY

OF_BOTH = frozenset(("address", *ADDRESS, "language", "website"))
"""What a customer has and a person might have too."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a fact may be.

    Attributes:
        field: its English name.
        owners: names of people, "" for the customer, the likeliest first.
        sure: there is nothing to ask: one owner, and it is whoever was named.
    """

    field: str
    owners: tuple[str, ...]
    sure: bool


def whose(document: Document, who: Named, field: str) -> Whose:
    """Return whose a fact may be.

    Whoever names a person may mean the customer, but is never taken to: a firm that is called as
    one of its people was meant to be is worse than a question.

    Args:
        document: the customer's file.
        who: as named, by a person or not.
        field: as typed; ``contacts.heike.phone`` says itself whose it is.

    Raises:
        FieldUnknown: the field's name is not one.
    """
    first, dotted, _rest = field.partition(".")
    name = field_name(document, first)
    people = (who.person,) if who.person else who.people
    if not people or (dotted and name in NAMED_BY):
        return Whose(name, ("",), sure=True)
    if name in OF_A_PERSON:
        return Whose(name, people, sure=len(people) == 1)
    return Whose(name, (*people, "") if name in OF_BOTH else ("",), sure=False)


def field_of(document: Document, person: str, field: str) -> str:
    """Return how a field of this person is typed: ``contacts.heike.address``."""
    return f"contacts.{fragment_of(document, person)}.{field}" if person else field


def refuse_to_guess(
    document: Document, who: Named, field: str, values: Sequence[str], how: str
) -> None:
    """Refuse where it is not sure whose fact is meant; name the commands that say it.

    Raises:
        FieldUnknown: the field's name is not one.
        WhoseFact: it is not sure.
    """
    found = whose(document, who, field)
    if found.sure:
        return
    typed = [
        (who.slug, field_of(document, owner, field), *values, *([f"--{how}"] * (how != "set")))
        for owner in found.owners
    ]
    people = (who.person,) if who.person else who.people
    names = [owner or document.customer.name for owner in found.owners]
    raise WhoseFact(label(found.field), names, people, typed)
