"""Look at whom a customer names: links, relations, and the colleague who looks after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_md.likeness import fold_light, near_names
from crm_md.messages import _
from crm_md.quality.book import Page
from crm_md.quality.registry import Slip, of_a_file
from crm_md.words import ENDED_STATUSES


@of_a_file("link-nowhere", "warning")
def link_leads_nowhere(page: Page) -> Iterator[Slip]:
    """A link `[[…]]` that names neither a customer nor any other file of the store."""
    relations = {relation.to for relation in page.customer.relations}
    for link in dict.fromkeys(page.customer.links):
        if link in relations or page.book.customer_meant(link) or _is_a_note(page, link):
            continue
        yield Slip(
            _line_of_link(page, link),
            _("The link [[{link}]] leads nowhere.").format(link=link),
            _remedy(page, link),
        )


@of_a_file("relation-nowhere", "warning")
def relation_leads_nowhere(page: Page) -> Iterator[Slip]:
    """A relation to a customer who is not in the store, or under another name."""
    for relation in page.customer.relations:
        if not page.book.customer_meant(relation.to):
            yield Slip(
                page.line_of_value(relation.to),
                _("The relation leads nowhere: no customer is called “{name}”.").format(
                    name=relation.to
                ),
                _remedy(page, relation.to),
            )


def _is_a_note(page: Page, link: str) -> bool:
    name = link.rpartition("/")[2]
    return fold_light(name) in page.book.notes


def _remedy(page: Page, link: str) -> str:
    slugs = page.book.slugs()
    near = near_names(link, ((slug, slug) for slug in slugs))
    if near:
        return _("Did you mean: {names}?").format(names=", ".join(near))
    return _('Correct the name, or create the customer: crm new "{name}"').format(name=link)


def _line_of_link(page: Page, link: str) -> int:
    found = re.search(rf"\[\[\s*{re.escape(link)}\s*[\]|#\\]", page.document.text)
    return page.line_at(found.start()) if found else 1


@of_a_file("owner-left", "warning")
def owner_has_left(page: Page) -> Iterator[Slip]:
    """The colleague who looks after this customer has left the team; nobody will call."""
    member = page.config.team.get(page.customer.owner)
    if member is None or page.customer.status in ENDED_STATUSES or not member.has_left(page.today):
        return
    yield Slip(
        page.line_of("owner"),
        _("{name} looks after this customer and has left the team.").format(
            name=member.name or member.short
        ),
        _("Name who takes over: crm set {customer} owner NAME").format(customer=page.customer.slug),
    )


@of_a_file("task-left", "warning")
def task_of_one_who_has_left(page: Page) -> Iterator[Slip]:
    """An open task is for a colleague who has left the team; nobody will do it."""
    for task in page.customer.tasks:
        member = page.config.team.get(task.whose) if task.state == "open" else None
        if member and member.has_left(page.today):
            yield Slip(
                task.line,
                _("“{task}” is for {name}, who has left the team.").format(
                    task=task.text, name=member.name or member.short
                ),
                _("Write behind @ who takes it on, or tick it: crm edit {customer}").format(
                    customer=page.customer.slug
                ),
            )
