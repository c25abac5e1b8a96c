"""Look at what the history tells: steps done, complaints solved too early, open questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_md.dates import split_file_date
from crm_md.document.as_said import question_as_said
from crm_md.document.question_lines import question_lines, said_in
from crm_md.messages import _
from crm_md.model import Customer, Entry
from crm_md.quality.book import Page
from crm_md.quality.registry import Slip, of_a_file

_LAST_BRACKETS = re.compile(r"(?:\A|\s)\(([^\W\d_][\w.-]*)\)\Z")


@of_a_file("next-done", "warning")
def next_step_done(page: Page) -> Iterator[Slip]:
    """The next step has been done: a contact on its day or later stands in the history.

    `crm log` takes the step away by itself; an entry written in an editor does not.
    """
    done_by = what_completed(page)
    step = page.customer.next
    if done_by and step:
        yield Slip(
            page.line_of("next"),
            _("The next step “{step}” was followed by a contact on {date}.").format(
                step=step.written, date=done_by.date.isoformat()
            ),
            _("Write the one after it, or take it out: crm check --fix"),
        )


def what_completed(page: Page) -> Entry | None:
    """Return the contact that completed the next step, None if it may still be to be done.

    A step of today may have been agreed in the very contact of today: it is left until tomorrow.
    """
    step = page.customer.next
    if step is None or step.day is None or step.day >= page.today:
        return None
    day = step.day
    contacts = (
        entry
        for entry in page.customer.entries
        if entry.touch != "none" and not entry.attempt and day <= entry.date <= page.today
    )
    return next(contacts, None)


@of_a_file("solved-before", "warning")
def solved_before_it_began(page: Page) -> Iterator[Slip]:
    """A complaint whose solution is dated before the complaint itself."""
    for entry in page.customer.entries:
        solved = split_file_date(entry.fact("solved"))[0]
        if solved and solved < entry.date:
            yield Slip(
                entry.line,
                _("This was solved on {solved}, before it began on {began}.").format(
                    solved=solved.isoformat(), began=entry.date.isoformat()
                ),
                _("Correct one of the two dates."),
            )


@of_a_file("author-unknown", "hint")
def unknown_author(page: Page) -> Iterator[Slip]:
    """A last word in brackets that looks like an author and names nobody in the team.

    Where there is a team, only its members are authors; any other word belongs to the subject.
    """
    told: set[str] = set()
    for entry in page.customer.entries if page.config.team else ():
        match = None if entry.author else _LAST_BRACKETS.search(entry.subject)
        if match is None or match[1] in told or not _is_like_an_author(match[1], page):
            continue
        told.add(match[1])
        yield Slip(
            entry.line,
            _("“({name})” names nobody in the team, so it is read as words.").format(name=match[1]),
            _("Correct the name, or add it to crm.toml under [team.…]."),
        )


def _is_like_an_author(word: str, page: Page) -> bool:
    """A slip of the pen for a colleague, or a word that ends several entries in the same way."""
    from difflib import get_close_matches

    names = [short for short in page.config.team if short[:1] == word[:1].casefold()]
    if get_close_matches(word.casefold(), names, n=1, cutoff=0.6):
        return True
    ending = f"({word})"
    return sum(entry.subject.endswith(ending) for entry in page.customer.entries) > 1


@of_a_file("to-settle", "hint")
def question_to_settle(page: Page) -> Iterator[Slip]:
    """A question in the section *To settle*: two versions met, and somebody has to choose."""
    for question in page.customer.settle:
        yield Slip(
            _line_of_question(page, question),
            _("To settle: {question}").format(question=question),
            _("Decide it, put the facts right and delete the line."),
        )


@of_a_file("unsettled", "warning")
def unsettled_question(page: Page) -> Iterator[Slip]:
    """A line that a merge left: two people changed one fact differently, and one value stands."""
    for line, number in question_lines(page.document):
        yield Slip(
            number,
            _("A merge left this to be settled: “{question}”.").format(
                question=question_as_said(said_in(line))
            ),
            _("Decide it: crm settle {slug}").format(slug=page.customer.slug),
        )


def _line_of_question(page: Page, question: str) -> int:
    section = _settling(page.customer)
    for number, line in enumerate(page.document.text.split("\n")[section:], section + 1):
        if question.split("\n")[0] in line:
            return number
    return max(section, 1)


def _settling(customer: Customer) -> int:
    return next((part.line for part in customer.sections if part.role == "settle"), 0)
