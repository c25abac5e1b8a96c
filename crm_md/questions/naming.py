"""Whom do the words mean: a customer by any fragment, a person, a phone number, an e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.crm import Crm
from crm_md.errors import (
    CrmError,
    CustomerAmbiguous,
    CustomerElsewhere,
    CustomerNotFound,
    NumberUnknown,
)
from crm_md.frozen import dataclass, replace
from crm_md.part import folder_in


@dataclass(frozen=True, slots=True)
class Named:
    """A customer that was named, and the person if the words named one.

    Attributes:
        person: whom the words name, if it is one person.
        how: what answered: slug, name, alias, person, phone, email.
        people: whom they name equally well, if several people of the customer.
    """

    slug: str
    name: str
    path: str
    person: str = ""
    how: str = ""
    people: tuple[str, ...] = ()


def who_is(crm: Crm, words: str) -> Named:
    """Return the one customer the words name.

    Args:
        crm: the open store.
        words: slug, name, alias, person, phone number or e-mail, or any part of one; any case,
            umlauts spelled either way. Or the path of the file, or the end of it.

    Raises:
        CustomerNotFound: nobody answers; near names are offered.
        CustomerElsewhere: only somebody whom this clone of a part leaves out.
        NumberUnknown: nobody has this phone number, and no head number leads to it.
        CustomerAmbiguous: several answer equally well.
    """
    found = candidates(crm, words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _nobody(crm, words)
    files = [one.path for one in found if _is_namesake(one, found)]
    raise CustomerAmbiguous(words, [shown(one, found) for one in found], files)


def candidates(crm: Crm, words: str) -> list[Named]:
    """Return the customers who answer best to the words: one, several equally well, or none."""
    from crm_md.likeness import looks_like_phone

    catalogue = crm.catalogue
    asked = " ".join(_in_the_store(crm, words).split())
    matches = catalogue.find(asked)
    if not matches and looks_like_phone(asked):
        matches = catalogue.find_phone(asked, crm.config.country)
    best = [match for match in matches if match.rank == matches[0].rank]
    found: dict[str, Named] = {}
    for match in best:
        kept = found.get(match.path)
        if kept is None:
            found[match.path] = Named(match.slug, match.name, match.path, match.person, match.how)
        elif kept.person != match.person:
            people = (*(kept.people or (kept.person,)), match.person)
            found[match.path] = replace(kept, person="", people=people)
    return list(found.values())


def _nobody(crm: Crm, words: str) -> CrmError:
    from crm_md.likeness import looks_like_phone, near_names

    if looks_like_phone(words):
        from crm_md.questions.numbers_written import where_written

        return NumberUnknown(words, *where_written(crm, words))
    part = crm.part
    left_out = part.named(words) if part else []
    if part and left_out:
        folders = list(dict.fromkeys(map(folder_in, left_out)))
        return CustomerElsewhere(words, folders, part.fetching(folders))
    near = near_names(words, ((name, name) for name in crm.catalogue.names()))
    is_kind = crm.config.kind_of(words) is not None
    return CustomerNotFound(words, list(dict.fromkeys(near)), is_kind=is_kind)


def shown(one: Named, all_of_them: Sequence[Named]) -> str:
    """Name a candidate so that the name tells it from the others: by its file among twins."""
    told = one.slug if _is_namesake(one, all_of_them) else ""
    if _is_twin(one, all_of_them):
        told = one.path
    called = f"{one.name} ({told})" if told else one.name
    return f"{called} – {one.person}" if one.person else called


def told_apart(crm: Crm, slug: str) -> str:
    """Return what tells a customer from others of such a name: the town and the last contact.

    Args:
        crm: the open store.
        slug: whose; "" comes back for one who is not in the catalogue.
    """
    from crm_md.dates import say_date
    from crm_md.messages import _, language

    summary = crm.catalogue.summary(slug)
    if summary is None:
        return ""
    told = [summary.city] if summary.city else []
    if summary.last_touch:
        day = say_date(summary.last_touch.date, language())
        told.append(_("last contact {day}").format(day=day))
    return ", ".join(told)


def _is_namesake(one: Named, all_of_them: Sequence[Named]) -> bool:
    """Tell whether another candidate has the same name, or its file has."""
    from crm_md.likeness import fold

    names = [fold(other.name) for other in all_of_them]
    return names.count(fold(one.name)) > 1 or _is_twin(one, all_of_them)


def _is_twin(one: Named, all_of_them: Sequence[Named]) -> bool:
    """Tell whether another candidate's file has the same name, so that only the path differs."""
    from crm_md.likeness import fold_light

    slugs = [fold_light(other.slug) for other in all_of_them]
    return slugs.count(fold_light(one.slug)) > 1


def _in_the_store(crm: Crm, words: str) -> str:
    """Return an absolute path of a file of the store as the path in it, other words as they are."""
    if not words.endswith(".md"):
        return words
    root = str(crm.root.resolve()).rstrip("/\\")
    inside = words.startswith((root + "/", root + "\\"))
    return words[len(root) + 1 :] if inside else words
