"""Log a mail: whose it is, who wrote to whom, and the words of it, as an entry of that customer."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.crm import Crm
from crm_md.document import EntryHeading, people_of
from crm_md.document.escaping import clean
from crm_md.document.foreign_words import as_prose
from crm_md.document.people import names_of
from crm_md.errors import CustomerAmbiguous, CustomerNotFound
from crm_md.exchange.mail import Mail, Party
from crm_md.frozen import replace
from crm_md.likeness import FREE_MAIL, fold_mail, mail_domain
from crm_md.messages import _
from crm_md.model import Customer, Direction
from crm_md.questions.naming import Named
from crm_md.records.log_entry import Wish

_EXACTLY = 1  # the rank of an address that is just this one: see `crm_md.index.naming`


def whose_mail(crm: Crm, mail: Mail) -> Named:
    """Return the customer a mail was exchanged with: by an address, else by its domain.

    Args:
        crm: the open store.
        mail: as read.

    Raises:
        CustomerNotFound: nobody outside the team is known by their address.
        CustomerAmbiguous: several customers are.
    """
    others = [one for one in (mail.sender, *mail.to) if one.email and not _ours(crm, one)]
    if mail.sender in others:
        others = [mail.sender]
    for found in (_by_address(crm, others), _by_domain(crm, others)):
        if len(found) == 1:
            return found[0]
        if found:
            problem: CustomerAmbiguous | CustomerNotFound = CustomerAmbiguous(
                ", ".join(one.email for one in others), [one.name for one in found]
            )
            break
    else:
        problem = CustomerNotFound(", ".join(one.email or one.name for one in others))
    problem.hint = _("Name the customer: crm log CUSTOMER --mail FILE")
    raise problem


def mail_wish(crm: Crm, who: Named, mail: Mail, wish: Wish, *, whole: bool = False) -> Wish:
    """Return what is to be logged of a mail for a customer.

    Args:
        crm: the open store.
        who: the customer.
        mail: as read.
        wish: what was said besides; its words stand above those of the mail.
        whole: keep quoted mails and the signature.
    """
    document = crm.read(who.path)
    customer = document.customer
    ours = _ours(crm, mail.sender)
    theirs = [mail.sender] if not ours else [one for one in mail.to if not _ours(crm, one)]
    known = [one for one in theirs if _contact(customer, one)]
    meant = (known or theirs[:1]) if ours else theirs
    names = tuple(dict.fromkeys(_name(customer, one) for one in meant))
    toward: Direction = "to" if ours else "from"
    kind = crm.config.kinds["mail"]
    heading = EntryHeading(
        date=mail.day or crm.today,
        time=mail.at if mail.day else crm.now.time().replace(second=0, microsecond=0),
        kind=kind.name,
        kind_word=kind.word(document.language),
        preposition=toward if names else "",
        people=names,
        subject=mail.subject,
        author=ours or crm.me,
    )
    words = as_prose(clean(mail.words.whole if whole else mail.words.text))
    return replace(
        wish,
        words="",
        text="\n\n".join(filter(None, (wish.words, wish.text, words))),
        heading=heading,
        addresses=tuple(
            (one.name, one.email) for one in meant if one.name and _is_stranger(customer, one)
        ),
    )


def stands_already(crm: Crm, who: Named, wish: Wish) -> bool:
    """Tell whether a mail of this minute and subject is in the history of a customer."""
    heading = wish.heading
    return heading is not None and any(
        (entry.kind, entry.date, entry.time, entry.subject)
        == (heading.kind, heading.date, heading.time, heading.subject)
        for entry in crm.read(who.path).customer.entries
    )


def _ours(crm: Crm, party: Party) -> str:
    """Return the short name of a colleague whose address this is, "" if it is nobody's of us."""
    member = crm.config.member(party.email) if party.email else None
    if member:
        return member.short
    identity = crm.identity
    mine = identity is not None and fold_mail(identity.email) == party.email
    return crm.me if mine else ""


def _by_address(crm: Crm, parties: Sequence[Party]) -> list[Named]:
    found: dict[str, Named] = {}
    for party in parties:
        for match in crm.catalogue.find(party.email):
            if match.how == "email" and match.rank <= _EXACTLY:
                named = Named(match.slug, match.name, match.path, match.person, match.how)
                found.setdefault(match.slug, named)
    return list(found.values())


def _by_domain(crm: Crm, parties: Sequence[Party]) -> list[Named]:
    """Return the customers who have an address of the same firm; a provider's tells nothing."""
    found: dict[str, Named] = {}
    domains = {mail_domain(party.email) for party in parties} - FREE_MAIL - {""}
    for domain in sorted(domains):
        for match in crm.catalogue.find(domain):
            if match.how == "email" and match.slug not in found:
                customer = crm.read(match.path).customer
                addresses = (
                    *customer.emails,
                    *(mail for one in customer.contacts for mail in one.emails),
                )
                if domain in map(mail_domain, addresses):
                    found[match.slug] = Named(match.slug, match.name, match.path, "", match.how)
    return list(found.values())


def _contact(customer: Customer, party: Party) -> str:
    """Return the contact whom an address, or else a name, means; "" if none."""
    for contact in customer.contacts:
        if party.email and party.email in map(fold_mail, contact.emails):
            return contact.name
    return (names_of(people_of(customer)).contact(party.name) if party.name else "") or ""


def _is_own(customer: Customer, party: Party) -> bool:
    return bool(party.email) and party.email in map(fold_mail, customer.emails)


def _name(customer: Customer, party: Party) -> str:
    return (
        _contact(customer, party)
        or party.name
        or (customer.name if _is_own(customer, party) else party.email)
    )


def _is_stranger(customer: Customer, party: Party) -> bool:
    return not _contact(customer, party) and not _is_own(customer, party)
