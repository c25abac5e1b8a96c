"""Whom do the words mean: a customer by any fragment, a person, a phone number, an e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.crm import Crm
from crm_md.errors import CrmError, CustomerAmbiguous, CustomerNotFound, NumberUnknown
from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A customer that was named, and the person if the words named one.

    Attributes:
        how: what answered: slug, name, alias, person, phone, email.
    """

    slug: str
    name: str
    path: str
    person: str = ""
    how: str = ""


def who_is(crm: Crm, words: str) -> Named:
    """Return the one customer the words name.

    Args:
        crm: the open store.
        words: slug, name, alias, person, phone number or e-mail, or any part of one; any case,
            umlauts spelled either way.

    Raises:
        CustomerNotFound: nobody answers; near names are offered.
        NumberUnknown: nobody has this phone number, and no head number leads to it.
        CustomerAmbiguous: several answer equally well.
    """
    found = candidates(crm, words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _nobody(crm, words)
    raise CustomerAmbiguous(words, [_shown(one, found) for one in found])


def candidates(crm: Crm, words: str) -> list[Named]:
    """Return the customers who answer best to the words: one, several equally well, or none."""
    from crm_md.likeness import looks_like_phone

    catalogue = crm.catalogue
    asked = " ".join(words.split())
    matches = catalogue.find(asked)
    if not matches and looks_like_phone(asked):
        matches = catalogue.find_phone(asked, crm.config.country)
    best = [match for match in matches if match.rank == matches[0].rank]
    found: dict[str, Named] = {}
    for match in best:
        kept = found.get(match.slug)
        if kept is None:
            found[match.slug] = Named(match.slug, match.name, match.path, match.person, match.how)
        elif kept.person != match.person:
            found[match.slug] = Named(match.slug, match.name, match.path, "", match.how)
    return list(found.values())


def _nobody(crm: Crm, words: str) -> CrmError:
    from crm_md.likeness import looks_like_phone, near_names

    if looks_like_phone(words):
        return NumberUnknown(words)
    near = near_names(words, ((name, name) for name in crm.catalogue.names()))
    return CustomerNotFound(words, list(dict.fromkeys(near)))


def _shown(one: Named, all_of_them: Sequence[Named]) -> str:
    """Name a candidate so that the name tells it from the others."""
    twins = [other for other in all_of_them if other.name == one.name]
    shown = f"{one.name} ({one.slug})" if len(twins) > 1 else one.name
    return f"{shown} – {one.person}" if one.person else shown
