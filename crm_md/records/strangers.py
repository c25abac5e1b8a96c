"""Somebody whom an entry names and the file does not know: who that is, and a contact at last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_md.changing import sentence_of
from crm_md.crm import Crm
from crm_md.document import with_item
from crm_md.document.people import names_of
from crm_md.frozen import dataclass
from crm_md.questions.naming import Named
from crm_md.words import TITLES, plain

_PRONOUNS = frozenset(("ihm", "ihr", "ihnen", "mir", "uns", "him", "her", "them", "me", "us"))
_BEHIND = re.compile(
    r"(?<=\w)\s+(?:an|bei|mit|wegen|für|über|to|at|with|about|for)\s.*", re.IGNORECASE | re.DOTALL
)
_SALUTATIONS = {  # and how one writes it to them
    **dict.fromkeys(("herr", "herrn", "hr.", "hr", "hrn.", "hrn"), "Herr"),
    **dict.fromkeys(("frau", "fr."), "Frau"),
    **dict.fromkeys(("mr", "mr."), "Mr"),
    **dict.fromkeys(("mrs", "mrs."), "Mrs"),
    **dict.fromkeys(("ms", "ms."), "Ms"),
}


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody who is no contact yet.

    Attributes:
        name: without salutation; an academic title stays.
        role: what stood before the salutation: "Sekretärin Frau Pohl".
        address_as: salutation and name, "" where none was said.
        email: of a mail, else "".
    """

    name: str
    role: str = ""
    address_as: str = ""
    email: str = ""


def strangers_in(names: Sequence[str], people: Sequence[str]) -> tuple[Stranger, ...]:
    """Return who of those whom an entry names is nobody in the file.

    Args:
        names: as they stand in the entry.
        people: the names of the contacts.
    """
    found = ((name, stranger_of(name)) for name in names)
    return tuple(one for name, one in found if not _is_known(name, one, people))


def stranger_of(written: str, email: str = "") -> Stranger:
    """Return who is meant by the words of an entry: "Sekretärin Frau Pohl an uns".

    Args:
        written: behind "Anruf von".
        email: their address, where it is known.
    """
    words = _BEHIND.sub("", written.strip()).split()
    folded = [plain(word) for word in words]
    at = next((place for place, word in enumerate(folded[:-1]) if word in _SALUTATIONS), None)
    if at is None:
        return Stranger(" ".join(words) or written, email=email)
    name = " ".join(words[at + 1 :])
    return Stranger(name, " ".join(words[:at]), f"{_SALUTATIONS[folded[at]]} {name}", email)


def add_stranger(crm: Crm, who: Named, one: Stranger) -> str:
    """Make somebody a contact of a customer, and return the action that takes it back.

    Raises:
        WouldChangeMore: the file is such that more would change.
        NotSaved and the others of `Crm.change`.
    """
    fields = {"name": one.name, "role": one.role, "address_as": one.address_as, "email": one.email}
    item = {key: value for key, value in fields.items() if value}
    with crm.change("set") as change:
        document = change.read(who.path)
        edited = with_item(document, ("contacts",), item)
        change.put(edited)
        change.tell(lambda: sentence_of(who.path, document.data, edited.data, crm.config))
    return change.id


def _is_known(written: str, one: Stranger, people: Sequence[str]) -> bool:
    """Tell whether a name means a contact; a family name alone may mean one of two.

    "ihr" and "us" name nobody who could be added.
    """
    if plain(one.name) in _PRONOUNS:
        return True
    names = names_of(tuple(people))
    if names.contact(written) or names.contact(one.name):
        return True
    words = [word for word in one.name.split() if plain(word) not in TITLES]
    return len(words) == 1 and any(plain(words[0]) in plain(name).split() for name in people)
