"""Deals: find one by a fragment of its title, move it on, and write down what happened and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_md.crm import Crm
from crm_md.document import (
    Document,
    Items,
    NewEntry,
    Scalar,
    node_at,
    plain_value,
    with_entry,
    with_item,
    with_value,
    without,
)
from crm_md.errors import ItemNotFound, NothingChanged, UsageProblem, WouldChangeMore
from crm_md.frozen import dataclass
from crm_md.likeness import fold
from crm_md.messages import _
from crm_md.model import Customer, Deal, Direction, Entry, NextStep
from crm_md.questions.naming import Named
from crm_md.records.deal_words import DealWish
from crm_md.records.log_entry import step_done
from crm_md.words import KEYS, STAGE_WORDS, STAGES, plain

CLOSED = frozenset(("won", "lost"))


@dataclass(frozen=True, slots=True)
class DealChanged:
    """What was done to a deal.

    Attributes:
        name: of the customer.
        before: None where the deal is new.
        near: titles that are like that of a new one.
        told: the entry in the history, as it is told.
        completed: the next step that the offer has done, None if none.
        action: the id that takes it back.
    """

    name: str
    slug: str
    status: str
    before: Deal | None
    deal: Deal
    near: tuple[str, ...]
    told: str
    completed: NextStep | None
    action: str


def deals_meant(customer: Customer, title: str) -> list[Deal]:
    """Return the deals that a fragment of a title means; of several, an open one goes before.

    Args:
        customer: whose deals.
        title: any part, or some words of it.
    """
    wanted = fold(title)
    exact = [deal for deal in customer.deals if fold(deal.title) == wanted]
    part = [deal for deal in customer.deals if wanted in fold(deal.title)]
    words = [
        deal for deal in customer.deals if all(word in fold(deal.title) for word in wanted.split())
    ]
    found = exact or part or words
    open_ones = [deal for deal in found if deal.stage not in CLOSED]
    return open_ones if len(open_ones) == 1 else found


def deal_unclear(title: str, deals: Sequence[Deal], *, several: bool) -> ItemNotFound:
    """Return the failure that no deal, or several, answer to a fragment."""
    problem = ItemNotFound(_("Deals"), title, [deal.title for deal in deals], several=several)
    if several:
        problem.hint = _("Name one of them by more of its title.")
    elif not deals:
        problem.hint = _(
            'There is none yet. A new one: crm deal CUSTOMER "{title}" talking'
        ).format(title=title)
    return problem


def near_titles(customer: Customer, title: str) -> list[str]:
    """Return the titles that are so like this one that it may be a slip of the pen."""
    from crm_md.likeness import near_names

    return near_names(title, ((deal.title, deal.title) for deal in customer.deals))


def entries_about(customer: Customer, deal: Deal) -> list[Entry]:
    """Return the entries that name a deal, the newest first."""
    wanted = fold(deal.title)
    return [entry for entry in customer.entries if wanted in fold(f"{entry.subject} {entry.text}")]


def change_deal(
    crm: Crm,
    who: Named,
    wish: DealWish,
    deal: Deal | None,
    *,
    on: date | None = None,
    keep_next: bool = False,
) -> DealChanged:
    """Move a deal on, or add one: its fact in the head, and an entry in the history.

    An offer made is a contact of ours, and the ball is theirs; every other stage is a note of
    ours and no contact. Source: docs/file-format.md, "The history".

    Args:
        crm: the open store.
        who: the customer, and the person if the words named one.
        wish: what is to be changed; a new deal without a stage is an idea.
        deal: one of `deals_meant`, None for a new one.
        on: the day of the entry, today where it is None.
        keep_next: leave the next step standing although an offer on its day or later does it.

    Raises:
        UsageProblem: a new deal has no title.
        NothingChanged: it is so already.
        ItemNotFound: the deal is gone, or another has the same title.
        NotSaved and the others of `Crm.change`.
    """
    if deal is None and not wish.title.strip():
        raise UsageProblem(_("A deal needs a title."))
    if deal is None and not wish.stage:
        wish = DealWish(wish.title, "idea", wish.value, wish.because, wish.close)
    with crm.change("deal") as change:
        document = change.read(who.path)
        edited = _with_deal(document, wish, deal)
        if edited.data == document.data and not wish.because:
            raise NothingChanged(f"{document.customer.name}, {deal.title if deal else wish.title}")
        now = _read_back(document, edited, wish, deal)
        entry = _entry(crm, edited, wish, now, who, on or crm.today)
        done = None if keep_next or wish.stage != "offered" else step_done(edited, entry.date)
        if done:
            edited = without(edited, ("next",))
        edited = with_entry(edited, entry)
        change.put(edited)
        told = f"{entry.kind_word}: {entry.subject}"
        change.tell(lambda: f"{document.customer.name}: {told}")
    customer = edited.customer
    near = () if deal else tuple(near_titles(document.customer, now.title))
    return DealChanged(
        customer.name, customer.slug, customer.status, deal, now, near, told, done, change.id
    )


def _with_deal(document: Document, wish: DealWish, deal: Deal | None) -> Document:
    """Return the document with the deal as it is now, every other byte as it was."""
    said = {
        "stage": _stage_word(document, wish.stage) if wish.stage else "",
        "value": " ".join(wish.value.split()),
        "close": wish.close.isoformat() if wish.close else "",
    }
    if deal is None:
        item = {"title": " ".join(wish.title.split()), **said}
        return with_item(document, ("deals",), {key: word for key, word in item.items() if word})
    meant = {**said, "stage": wish.stage}
    stands = {"stage": deal.stage, "value": deal.value, "close": str(deal.close or "")}
    for key, words in said.items():
        if words and meant[key] != stands[key]:
            place = _place(document, deal)
            document = with_value(document, ("deals", place, key), words)
    return document


def _read_back(old: Document, new: Document, wish: DealWish, deal: Deal | None) -> Deal:
    """Return the deal as it is read now, and make sure that no other one changed.

    Raises:
        WouldChangeMore: another one did, or this one is read differently.
    """
    before, after = list(old.customer.deals), list(new.customer.deals)
    place = before.index(deal) if deal in before else len(before)
    if len(after) == len(before) + (deal is None) and place < len(after):
        now = after.pop(place)
        rest = [one for one in before if deal is None or one is not before[place]]
        if after == rest and now.stage in (wish.stage or now.stage, STAGES.get(plain(now.stage))):
            return now
    raise WouldChangeMore(old.path, 1, _("the deal would be read differently."))


def _place(document: Document, deal: Deal) -> int:
    """Return which item of the list in the head a deal is.

    Raises:
        ItemNotFound: it is none any more.
        WouldChangeMore: it is written as a key with a value, to which nothing can be added.
    """
    node = node_at(document, ("deals",))
    items = node.items if isinstance(node, Items) else [node] if node is not None else []
    for place, item in enumerate(items):
        shown = plain_value(item)
        if isinstance(shown, dict):
            named = [value for key, value in shown.items() if KEYS.get(plain(key)) == "title"]
            if not named and deal.title in shown:
                raise WouldChangeMore(
                    document.path, item.line, _("the deal has no lines of its own.")
                )
            shown = "".join(map(str, named[:1]))
        if " ".join(str(shown).split()) == " ".join(deal.title.split()):
            return place
    raise deal_unclear(deal.title, document.customer.deals, several=False)


def _stage_word(document: Document, stage: str) -> str:
    """Return a stage in the language that those of this file have, else in the file's own."""
    nodes = (
        node_at(document, ("deals", place, "stage"))
        for place in range(len(document.customer.deals))
    )
    words = [node.text for node in nodes if isinstance(node, Scalar)]
    english = bool(words) and all(plain(word) in STAGE_WORDS for word in words)
    return STAGE_WORDS[stage]["en" if english else document.language]


def _entry(
    crm: Crm, document: Document, wish: DealWish, deal: Deal, who: Named, on: date
) -> NewEntry:
    """Return what the history tells: an offer made, or how the deal stands now."""
    offered = wish.stage == "offered"
    language = document.language
    kind = crm.config.kinds["offer" if offered else "note"]
    stage = "" if offered or not wish.stage else STAGE_WORDS[wish.stage][language]
    close = wish.close.isoformat() if wish.close else ""
    by = f"{'bis' if language == 'de' else 'by'} {close}" if close else ""
    news = ", ".join(filter(None, (stage, " ".join(wish.value.split()), by)))
    person = who.person if offered else ""
    toward: Direction = "to" if person else ""
    now = crm.now.time().replace(second=0, microsecond=0)
    return NewEntry(
        date=on,
        time=now if on == crm.today else None,
        kind=kind.name,
        kind_word=kind.word(language),
        preposition=toward,
        people=(person,) if person else (),
        subject=" – ".join(filter(None, (deal.title, news))),
        author=crm.me,
        facts=(("because", wish.because),) if wish.because else (),
    )
