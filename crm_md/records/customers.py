"""Customers come, get another name, and go; what names them follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.crm import Crm
from crm_md.document import Document, with_item, with_value
from crm_md.errors import UsageProblem
from crm_md.frozen import dataclass
from crm_md.joining.moves import MOVED
from crm_md.likeness import fold, slug_in, slugify
from crm_md.messages import _
from crm_md.part import folder_in
from crm_md.questions.naming import Named
from crm_md.records.attaching import relinked
from crm_md.records.linking import Relinked, relink
from crm_md.records.placing import folder_for_new, slugs_in_use
from crm_md.records.template import new_text

if TYPE_CHECKING:
    from crm_md.likeness import Alike


@dataclass(frozen=True, slots=True)
class Created:
    """A customer that was added."""

    slug: str
    name: str
    path: str
    action: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A customer under a new name, with the files whose links followed."""

    old: str
    new: str
    path: str
    action: str
    relinked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A customer that is gone; ``linked`` still name it."""

    name: str
    action: str
    linked: tuple[str, ...]


def maybe_the_same(crm: Crm, name: str, fields: Mapping[str, str]) -> list[Alike]:
    """Return the customers that may be the same as a new one, with why, the likeliest first.

    Args:
        crm: the open store.
        name: of the new customer.
        fields: further facts, English names: phone, email, city.
    """
    from crm_md.likeness import Alike, Known, alike, normalise_phone

    phone = normalise_phone(fields.get("phone", ""), crm.config.country)
    candidate = Known(
        slug="",
        name=name,
        aliases=(),
        phones=(phone.e164,) if phone else (),
        mails=(fields["email"],) if fields.get("email") else (),
        city=fields.get("city", ""),
    )
    found = alike(candidate, crm.catalogue.known(), crm.config.country)
    part = crm.part
    for path in part.named(name) if part else ():
        folder, slug = folder_in(path), slug_in(path)
        why = _("lies in {folder}, which is not fetched here").format(folder=folder)
        found.append(Alike(slug, slug, 0, (why,)))
    return found


def new_customer(
    crm: Crm, name: str, fields: Mapping[str, str], *, folder: str | None = None
) -> Created:
    """Add a customer from the store's template.

    Args:
        crm: the open store.
        name: anything but nothing; awkward ones get a safe file name of their own.
        fields: further facts for the template, English names.
        folder: below ``customers/``, "" for that itself; None for where it belongs, see
            `folder_for_new`.

    Raises:
        FolderElsewhere, UsageProblem: that folder cannot be, or has to be named.
        NameRefused: empty, or with control characters.
        TemplateBroken: ``templates/customer.md`` cannot be filled in.
        NotSaved and the others of `Crm.change`.
    """
    shown = " ".join(name.split(" ")).strip()
    slugify(shown)  # refuses before anything is locked
    from crm_md.document.frontmatter_handler import read_foreign

    with crm.change("new") as change:
        place = folder_for_new(crm, folder)
        slug = slugify(shown, slugs_in_use(crm))
        path = store.path_for(slug, crm.config.layout, place)
        if change.read_bytes(path) is not None:
            slug = slugify(shown, frozenset((*slugs_in_use(crm), slug)))
            path = store.path_for(slug, crm.config.layout, place)
        template = store.read(crm.root, f"{store.TEMPLATES}/customer.md")
        text = new_text(template, crm.config.language, crm.today, {**fields, "name": shown})
        document = Document.read(text.encode("utf-8"), path, crm.config)
        if shown not in read_foreign(text)[0].values():  # a template that says nothing of the name
            document = with_value(document, ("name",), shown)
        change.put(document)
        change.tell(lambda: _("{name}: new customer").format(name=shown))
    return Created(slug, shown, path, change.id)


def rename_customer(crm: Crm, who: Named, name: str) -> Renamed:
    """Give a customer another name: the head, the file, the attachments; links follow.

    The old name stays as an alias, so that whoever knows it still finds them.

    Raises:
        NameRefused: empty, or with control characters.
        UsageProblem: they are called so already.
        NotSaved and the others of `Crm.change`.
    """
    shown = name.strip()
    slugify(shown)
    with crm.change("rename") as change:
        document = change.read(who.path)
        old_name = document.customer.name
        if shown == old_name:
            raise UsageProblem(_("They are called “{name}” already.").format(name=shown))
        document = with_value(document, ("name",), shown)
        if fold(old_name) not in map(fold, document.customer.aliases):
            document = with_item(document, ("aliases",), old_name)
        taken = slugs_in_use(crm) - {who.slug}
        slug = slugify(shown, taken)
        path = f"{who.path.rpartition('/')[0]}/{slug}.md"
        above = folder_in(who.path).rpartition("/")[0]
        if store.path_for(who.slug, crm.config.layout, above) == who.path:
            path = store.path_for(slug, crm.config.layout, above)
        moved = [] if path == who.path else [(who.path, path), *_attachments(crm, who.slug, slug)]
        document = document.with_text(relinked(document.text, who.slug, slug))
        change.put_bytes(path, document.data)
        for old, new in moved:
            if old != who.path:
                change.put_bytes(new, change.read_bytes(old))
            change.put_bytes(old, None)
        links: list[Relinked] = relink(crm, change, who.slug, slug) if moved else []
        if moved:
            change.add_trailer(MOVED, f"{who.path} -> {path}")
        change.tell(lambda: _("{old} is now called {new}").format(old=old_name, new=shown))
    return Renamed(old_name, shown, path, change.id, tuple(link.name for link in links))


def linked_from(crm: Crm, who: Named) -> list[str]:
    """Return the names of customers whose files name this one."""
    return list(dict.fromkeys(link.name for link in crm.catalogue.links_to(who.slug)))


def remove_customer(crm: Crm, who: Named) -> Removed:
    """Remove a customer with the attachments; ``undo`` brings all of it back.

    Raises:
        NotSaved and the others of `Crm.change`.
    """
    linked = linked_from(crm, who)
    with crm.change("remove") as change:
        name = change.read(who.path).customer.name
        change.put_bytes(who.path, None)
        for path, _new in _attachments(crm, who.slug, who.slug):
            change.put_bytes(path, None)
        change.tell(lambda: _("{name}: removed").format(name=name))
    return Removed(name, change.id, tuple(linked))


def _attachments(crm: Crm, old: str, new: str) -> Sequence[tuple[str, str]]:
    """The files that belong to a customer: where they stand, and where they go."""
    folder = crm.root / store.ATTACHMENTS / old
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return [
        (
            f"{store.ATTACHMENTS}/{old}/{one.relative_to(folder).as_posix()}",
            f"{store.ATTACHMENTS}/{new}/{one.relative_to(folder).as_posix()}",
        )
        for one in files
    ]
