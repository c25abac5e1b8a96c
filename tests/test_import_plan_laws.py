"""Laws of planning an import: twice is once, nothing is overwritten, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import default_config
from crm_md.exchange.card import Card, CardAddress, CardMail, CardPhone, CardUrl
from crm_md.exchange.plan import ImportPlan, plan_import
from crm_md.exchange.sameness import url_key
from crm_md.exchange.steps import Addition, NewCustomer
from crm_md.likeness import digits
from crm_md.model import Address, Contact, Customer, Section

CONFIG = default_config("de")
TODAY = date(2026, 11, 21)


# Carrying out a plan on values, as the store does it on files


def listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def free_text(note: str) -> Section:
    return Section("", "intro", 1, note, 1)


def contact_of(fields: dict[str, Any]) -> Contact:
    return Contact(
        fields["name"],
        role=fields.get("role", ""),
        address_as=fields.get("address_as", ""),
        phones=listed(fields.get("phone")),
        emails=listed(fields.get("email")),
        birthday=fields.get("birthday", ""),
        extra=(("fax", ", ".join(listed(fields.get("fax")))),),
    )


def address_of(fields: dict[str, str]) -> Address:
    known = {key: fields[key] for key in ("street", "zip", "city", "country") if key in fields}
    return Address(**known, extra=tuple((k, v) for k, v in fields.items() if k not in known))


def customer_of(new: NewCustomer) -> Customer:
    fields: dict[str, Any] = dict(new.fields)
    return Customer(
        new.slug,
        f"customers/{new.slug}.md",
        fields["name"],
        tags=listed(fields.get("tags")),
        phones=listed(fields.get("phone")),
        emails=listed(fields.get("email")),
        address_as=fields.get("address_as", ""),
        birthday=fields.get("birthday", ""),
        anniversary=fields.get("anniversary", ""),
        website=fields.get("website", ""),
        language=fields.get("language", ""),
        source=fields["source"],
        address=address_of(fields.get("address", {})),
        contacts=tuple(contact_of(each) for each in fields.get("contacts", ())),
        extra=(("fax", ", ".join(listed(fields.get("fax")))),),
        sections=(free_text(new.note),),
    )


LISTS = {"phone": "phones", "email": "emails", "tags": "tags"}


def edited(holder: Any, key: str, value: Any, how: str) -> Any:
    """Return the customer or contact with one edit; a field that is set must have been empty."""
    if key == "fax":
        return replace(holder, extra=(*holder.extra, ("fax", value)))
    if how == "add":
        return replace(holder, **{LISTS[key]: (*getattr(holder, LISTS[key]), value)})
    assert getattr(holder, key) in ("", Address()), f"{key} would be overwritten"
    return replace(holder, **{key: address_of(value) if key == "address" else value})


def added_to(customer: Customer, addition: Addition) -> Customer:
    contacts = list(customer.contacts)
    for edit in addition.edits:
        if edit.target:
            place = edit.target[1]
            assert isinstance(place, int)
            contacts[place] = edited(contacts[place], edit.key, edit.value, edit.how)
        else:
            customer = edited(customer, edit.key, edit.value, edit.how)
    contacts += map(contact_of, addition.contacts)
    sections = (*customer.sections, free_text(addition.note))
    return replace(customer, contacts=tuple(contacts), sections=sections)


def carried_out(plan: ImportPlan, known: list[Customer]) -> list[Customer]:
    additions = {addition.slug: addition for addition in plan.additions}
    kept = [added_to(c, additions[c.slug]) if c.slug in additions else c for c in known]
    return [*kept, *map(customer_of, plan.new)]


# Cards of a small world, where names, numbers and firms meet often


def some(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


def few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


types = few(st.sampled_from(["cell", "work", "home", "assistant", "company"]))
numbers = st.sampled_from(
    ["0351 123456", "+49 351 123456", "0171 5550123", "0664 123456", "+43 664 123456", "110"]
)
phones = st.builds(CardPhone, numbers, types | st.just(("fax",)), some("Ferienhaus", "Büro 2"))
addresses = st.builds(
    CardAddress,
    street=st.sampled_from(["Markt 1", "Am Hafen 7"]),
    city=some("Dresden", "Hamburg"),
    country=some("Österreich", "Deutschland"),
    types=types,
)
mails = st.sampled_from(["anna@mueller.example", "Info@mueller.example", "anna@gmx.de"])
cards = st.builds(
    Card,
    line=st.integers(1, 99),
    kind=st.sampled_from(["individual", "individual", "individual", "org", "group"]),
    name=some("Anna Krüger", "Krueger, Anna", "Dr. Anna Krüger", "Sales", "Anna", "Müller GmbH"),
    family=some("Krüger"),
    given=some("Anna"),
    prefix=some("Frau Dr."),
    nicknames=few(st.sampled_from(["Anni"])),
    org=some("Müller GmbH", "Mueller GmbH", "Müller", "MÜLLER AG", "Bäckerei Schmidt", "privat"),
    title=some("Einkauf", "Leitung Einkauf", "Chefin"),
    phones=few(phones),
    emails=few(st.builds(CardMail, mails, label=some("Büro"))),
    addresses=few(addresses),
    urls=few(st.builds(CardUrl, st.sampled_from(["https://mueller.example/", "x.example"]), types)),
    birthday=some("1966-03-12", "03-12", "1970-01-01"),
    anniversary=some("2001-05-04", "2002-05-04"),
    notes=few(st.sampled_from(["segelt", "mag Jazz\n\n- und Tee", "👍", "---"])),
    categories=few(st.sampled_from(["Messe", "messe", "VIP"])),
    uid=some("a", "b"),
    members=few(st.sampled_from(["a", "b"])),
    language=some("fr", "en-us"),
    extra=few(st.tuples(st.sampled_from(["spouse", "Segelboot"]), st.just("Jens"))),
)
books = st.lists(cards, max_size=7)

# Customers as people write them by hand
BY_HAND = (
    Customer(
        "hafen",
        "customers/hafen.md",
        "Müller",
        aliases=("Mueller GmbH", "Schmidt"),
        phones=("Tel.: (0351) 12 34 56 (Zentrale)",),
        address=Address("Am Hafen 7", city="Hamburg", country="Österreich"),
        contacts=(
            Contact("Krüger, Anna", birthday="12.3.1966", phones=("0664/123456",)),
            Contact("Frau Anna Krüger", "Einkauf", extra=(("Telefax", "+49 351 123456"),)),
        ),
        sections=(free_text("* Anna Krüger, **Ehepartner**: Jens\\."),),
    ),
    Customer("anna", "customers/anna.md", "Anna Krüger", website="x.example", language="fr"),
    Customer(
        "anna-2", "customers/anna-2.md", "Anna Krueger", birthday="1970", emails=("a@gmx.de",)
    ),
    Customer("ag", "customers/ag.md", "Müller AG", phones=("0171 / 5550123 (mobil)",)),
)
by_hand = st.sets(st.sampled_from(range(len(BY_HAND)))).map(lambda at: [BY_HAND[n] for n in at])


@settings(max_examples=120, deadline=None)
@given(by_hand, books, books)
def test_importing_twice_changes_nothing(
    there: list[Customer], earlier: list[Card], now: list[Card]
) -> None:
    known = carried_out(plan_import(earlier, there, CONFIG, TODAY), there)
    after = carried_out(plan_import(now, known, CONFIG, TODAY), known)
    again = plan_import(now, after, CONFIG, TODAY)
    assert (again.new, again.additions) == ((), ())
    assert plan_import([*now, *now], known, CONFIG, TODAY).new == (
        plan_import(now, known, CONFIG, TODAY).new
    )


@settings(max_examples=60, deadline=None)
@given(by_hand, books, books)
def test_nothing_of_a_customer_is_changed_only_added(
    there: list[Customer], earlier: list[Card], now: list[Card]
) -> None:
    known = carried_out(plan_import(earlier, there, CONFIG, TODAY), there)
    after = carried_out(plan_import(now, known, CONFIG, TODAY), known)
    for old, new in zip(known, after, strict=False):
        assert (new.slug, new.name, new.source) == (old.slug, old.name, old.source)
        assert new.phones[: len(old.phones)] == old.phones
        assert new.tags[: len(old.tags)] == old.tags
        for one, other in zip(old.contacts, new.contacts, strict=False):
            assert other.name == one.name
            assert other.phones[: len(one.phones)] == one.phones
            assert one.role in ("", other.role)


def everything(customers: list[Customer]) -> str:
    return repr(customers).casefold()


@settings(max_examples=60, deadline=None)
@given(books)
def test_every_word_of_every_card_is_in_the_store(now: list[Card]) -> None:
    plan = plan_import(now, [], CONFIG, TODAY)
    left_out = {remark.line for remark in plan.remarks if "left out" in remark.text}
    after = everything(carried_out(plan, []))
    for card in now:
        if card.kind == "group" or card.line in left_out:
            continue
        assert all(mail.address.casefold() in after for mail in card.emails)
        assert all(digits(phone.number)[-6:] in digits(after) for phone in card.phones)
        for note in set(card.notes) - {"---"}:  # which says nothing
            assert all(repr(line)[1:-1].casefold() in after for line in note.split("\n"))
        said = [text for _label, text in card.extra]
        said += [each for place in card.addresses for each in (place.street, place.city)]
        said += [url_key(url.url) for url in card.urls]
        said += [card.title, card.birthday, card.anniversary, *card.nicknames, *card.categories]
        assert [text for text in said if text.casefold() not in after] == []


@settings(max_examples=60, deadline=None)
@given(books, books)
def test_slugs_are_unique_and_every_step_has_its_sentence(
    earlier: list[Card], now: list[Card]
) -> None:
    known = carried_out(plan_import(earlier, [], CONFIG, TODAY), [])
    plan = plan_import(now, known, CONFIG, TODAY)
    slugs = [*(customer.slug for customer in known), *(new.slug for new in plan.new)]
    assert len(slugs) == len(set(slugs))
    assert all(new.text for new in plan.new)
    for addition in plan.additions:
        steps = len(addition.edits) + len(addition.contacts)
        assert len(addition.texts) >= max(1, steps)
        assert bool(addition.note) == (len(addition.texts) > steps)
    assert all(remark.text and remark.why for remark in plan.remarks)
