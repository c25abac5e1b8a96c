"""Print what colleagues did: by customer and by whom; what many have alike in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crm_md.cli.output import on_terminal, one_line, paint, printable, put
from crm_md.cli.rows import Piece, Row, put_row
from crm_md.dates import say_date
from crm_md.messages import _, language, ngettext

if TYPE_CHECKING:
    from crm_md.document.news import News
    from crm_md.team.alike import ToldTogether
    from crm_md.team.telling import ToldCustomer, ToldWork

INDENT = 2  # columns below a customer


def in_order(
    customers: Sequence[ToldCustomer], alike: Sequence[ToldTogether]
) -> list[ToldCustomer | ToldTogether]:
    """Return what is told one by one and together, the most urgent first.

    Among equals, customers one by one go before many of them together, settings and files last.
    """
    return sorted([*customers, *alike], key=_place)


def _place(one: ToldCustomer | ToldTogether) -> tuple[int, bool]:
    from crm_md.team.telling import ToldCustomer

    return -one.urgency, isinstance(one, ToldCustomer) and not one.slug


def put_customer(customer: ToldCustomer, *, diff: bool = False) -> None:
    """Print a customer: on a terminal a block, in a pipe a line for each colleague."""
    name = one_line(customer.name)
    if on_terminal():
        put(paint(name, "title"))
    for work in customer.works:
        if on_terminal():
            put_row(Row("", tuple(_pieces(work))), INDENT)
        else:
            put(": ".join(filter(None, (name, _who(work), _sentences(work)))))
        for before, after in work.texts if diff else ():
            _put_difference(before, after)


def put_together(one: ToldTogether, *, counted: bool = True) -> None:
    """Print what somebody did at many customers alike.

    Args:
        one: what to print.
        counted: say how many they are; not where one colleague's work is looked at.
    """
    who, told = one_line(one.name), one_line(sentence_of(one, counted=counted))
    if not on_terminal():
        put(": ".join(filter(None, (who, told))))
        return
    put(paint(who, "title"))
    style = "careful" if one.urgency else "plain"
    put_row(Row("", (Piece(told, style), Piece(f"  {days_of(one)}", "faint"))), INDENT)


def sentence_of(one: ToldTogether, *, counted: bool = True) -> str:
    """Return what somebody did at many customers; whoever did it is named before."""
    count = len(one.paths)
    names = _names(one, counted)
    if not counted:
        told = {
            "new": _("brought in {names}"),
            "removed": _("removed {names}"),
            "moved": _("moved into other folders: {names}"),
            "files": _("files beside the customers: {names}"),
            "changed": _("{what} – at {names}"),
        }[one.what]
        return told.format(names=names, what=one.sentence)
    told = {
        "new": _("brought in {count} customers: {names}"),
        "removed": _("removed {count} customers: {names}"),
        "moved": _("moved {count} customers into other folders: {names}"),
        "files": _("{count} files beside the customers: {names}"),
        "changed": _("{what} – at {count} customers: {names}"),
    }[one.what]
    return told.format(count=count, names=names, what=one.sentence)


def _names(one: ToldTogether, counted: bool) -> str:
    names, left = ", ".join(one.names), len(one.paths) - len(one.names)
    if not left:
        return names
    if not counted:
        return _("{names} and others").format(names=names)
    told = ngettext("{names} and {count} more", "{names} and {count} more", left)
    return told.format(names=names, count=left)


def days_of(work: ToldWork | ToldTogether) -> str:
    """Return the day of a work, or the first and the last one."""
    first, last = (_day(moment) for moment in (work.first, work.when))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _day(moment: datetime) -> str:
    return say_date(moment.date(), language())


def as_json(customer: ToldCustomer, work: ToldWork, *, diff: bool = False) -> dict[str, Any]:
    """Return what one colleague did at one customer, for programs."""
    from crm_md.questions.told_changes import difference

    more = [difference(before, after) for before, after in work.texts] if diff else []
    return {
        "slug": customer.slug,
        "name": customer.name,
        "path": customer.path,
        "by": work.by,
        "who": work.name,
        "when": work.when.isoformat(),
        "changes": [one.sentence for one in work.news],
        "urgency": work.urgency.name.lower(),
        "commits": list(work.commits),
        **({"diff": "\n".join(more)} if more else {}),
    }


def _put_difference(before: bytes | None, after: bytes | None) -> None:
    from crm_md.questions.told_changes import difference

    for line in difference(before, after).split("\n"):
        style = {"+": "good", "-": "wrong"}.get(line[:1], "faint")
        put("    " + paint(printable(line.rstrip("\r")), style))


def _pieces(work: ToldWork) -> Iterator[Piece]:
    if work.name:
        yield Piece(f"{one_line(work.name)}: ", "hit")
    for place, one in enumerate(work.news):
        if place:
            yield Piece("; ")
        yield Piece(one_line(one.sentence), _style(one))
    yield Piece(f"  {days_of(work)}", "faint")


def _style(one: News) -> str:
    """A complaint, a bad mood, a refusal is red; what asks for something yellow."""
    from crm_md.document.news import Urgency

    if one.urgency in (Urgency.MOOD, Urgency.DO_NOT_CONTACT, Urgency.COMPLAINT):
        return "wrong"
    return "careful" if one.urgency else "plain"


def _who(work: ToldWork) -> str:
    """Return who did it; where that took several days, with these."""
    name, days = one_line(work.name), days_of(work)
    return name if not name or work.first.date() == work.when.date() else f"{name} ({days})"


def _sentences(work: ToldWork) -> str:
    return "; ".join(one_line(one.sentence) for one in work.news)
