"""Links and relations follow when a customer gets another name."""

from __future__ import annotations

import re

from crm_md.changing import Change
from crm_md.crm import Crm
from crm_md.document import Document, with_value
from crm_md.frozen import dataclass
from crm_md.likeness import fold_light
from crm_md.model import Relation

_LINK = re.compile(r"\[\[([^\]\[|#\n]+)")


@dataclass(frozen=True, slots=True)
class Relinked:
    """A file whose links were changed."""

    slug: str
    name: str
    path: str


def relink(crm: Crm, change: Change, old: str, new: str) -> list[Relinked]:
    """Point every link and relation from one slug to another, and nothing else.

    Args:
        crm: the open store.
        change: the action in which it happens.
        old: the slug so far.
        new: the slug from now on.
    """
    done: dict[str, Relinked] = {}
    for link in crm.catalogue.links_to(old):
        if link.path in done:
            continue
        document = change.read(link.path)
        changed = _with_relations(_with_links(document, old, new), old, new)
        if changed.data != document.data:
            change.put(changed)
            done[link.path] = Relinked(link.slug, link.name, link.path)
    return list(done.values())


def _with_links(document: Document, old: str, new: str) -> Document:
    """``[[old]]``, ``[[old|text]]`` and ``[[folder/old#heading]]`` name the new slug."""
    start = document.head.body_start

    def renamed(match: re.Match[str]) -> str:
        folder, slash, slug = match[1].rpartition("/")
        bare = slug.strip().removesuffix(".md")
        if fold_light(bare) != fold_light(old):
            return match[0]
        return f"[[{folder}{slash}{slug.replace(bare, new)}"

    body = _LINK.sub(renamed, document.text[start:])
    return document.with_text(document.text[:start] + body)


def _with_relations(document: Document, old: str, new: str) -> Document:
    for place, relation in enumerate(document.customer.relations):
        if _names(relation, old):
            document = with_value(document, ("relations", place, "to"), new)
    return document


def _names(relation: Relation, slug: str) -> bool:
    bare = relation.to.strip().removeprefix("[[").removesuffix("]]").rpartition("/")[2]
    return fold_light(bare.partition("|")[0].strip()) == fold_light(slug)
