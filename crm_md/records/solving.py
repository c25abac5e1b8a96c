"""Solve complaints: say which one is meant, and write into it how it was made good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_md.crm import Crm
from crm_md.dates import read_day, split_file_date
from crm_md.document import (
    Document,
    EntryHeading,
    nature_of,
    open_complaints,
    people_of,
    with_solution,
)
from crm_md.document.people import names_of
from crm_md.document.solving import unplaced
from crm_md.errors import ComplaintAmbiguous, ComplaintNotFound, NothingComplained, UsageProblem
from crm_md.frozen import dataclass
from crm_md.likeness import complaint_codes, fold, looks_like_code
from crm_md.messages import _
from crm_md.model import Entry
from crm_md.questions.naming import Named
from crm_md.words import SOLVED, plain


@dataclass(frozen=True, slots=True)
class Solved:
    """A complaint that was made good.

    Attributes:
        name: of the customer.
        complaint: as it stood before.
        day: on which it was solved.
        text: how, "" where nobody said.
        left: complaints that are still open.
        action: the id that takes it back.
    """

    name: str
    complaint: Entry
    day: date
    text: str
    left: tuple[Entry, ...]
    action: str


def complaints_of(crm: Crm, who: Named, words: str = "") -> list[Entry]:
    """Return the open complaints that may be meant, the oldest first; never none.

    Args:
        crm: the open store.
        who: the customer; if the words that named it named a person, and that person complained,
            only their complaints are meant.
        words: of the complaint, or its day or code, "" for all.

    Raises:
        NothingComplained: none is open.
        ComplaintNotFound: the words are in none of them.
    """
    customer = crm.read(who.path).customer
    found = open_complaints(customer.entries)
    if not found:
        raise NothingComplained(who.name, _last_solution(customer.entries))
    if words.strip():
        codes = complaint_codes(customer)
        meant = [entry for entry in found if _fits(entry, words, codes[entry.line])]
        if not meant:
            raise ComplaintNotFound(who.name, words, [told(entry) for entry in found])
        return meant
    names = names_of(people_of(customer))
    theirs = [entry for entry in found if who.person in map(names.contact, entry.people)]
    return theirs or found


def the_complaint(crm: Crm, who: Named, words: str = "") -> Entry:
    """Return the one open complaint that is meant.

    Raises:
        NothingComplained: none is open.
        ComplaintNotFound: the words are in none of them.
        ComplaintAmbiguous: several are open.
    """
    found = complaints_of(crm, who, words)
    if len(found) > 1:
        raise ComplaintAmbiguous(who.name, who.slug, [told(entry) for entry in found])
    return found[0]


def by_code(crm: Crm, word: str) -> tuple[Named, Entry] | None:
    """Return the open complaint that a code of ``crm todo`` names, and whose it is.

    Args:
        crm: the open store.
        word: a code or the beginning of one; any other word names nothing here.
    """
    if not looks_like_code(word):
        return None
    coded = crm.catalogue.promises.by_code(word)
    found = [one for one in coded if one.kind == "complaint" and one.state == "open"]
    if len(found) != 1:
        return None
    who = Named(found[0].slug, found[0].name, found[0].path)
    return who, the_complaint(crm, who, found[0].code)


def solve(crm: Crm, who: Named, complaint: Entry, day: date, text: str = "") -> Solved:
    """Write into an open complaint how it was solved; every other byte of the file stays.

    Args:
        crm: the open store.
        who: the customer.
        complaint: one of `complaints_of`.
        day: on which it was solved.
        text: how.

    Raises:
        UsageProblem: the day is before the complaint.
        FileChanged: the complaint was changed meanwhile.
        NotSaved and the others of `Crm.change`.
    """
    check_day(complaint, day)
    text = " ".join(text.split())
    with crm.change("solve") as change:
        document = with_solution(change.read(who.path), complaint, day, text)
        change.put(document)
        change.tell(lambda: sentence(document, complaint, text))
    left = tuple(open_complaints(document.customer.entries))
    return Solved(document.customer.name, complaint, day, text, left, change.id)


def closing(
    before: Document, after: Document, heading: EntryHeading, text: str, solves: Entry | None
) -> tuple[Document, Entry | None, tuple[Entry, ...]]:
    """Let an entry that was just added close the complaint that it has made good.

    That is the one it is said to solve; or, where the entry itself tells a solution ("Reklamation
    gelöst: …"), the only one that is open. Where reading alone would not tell so, the fact is
    written into the complaint.

    Args:
        before: the customer without the entry.
        after: with it.
        heading: of the entry.
        text: below it.
        solves: the complaint it is said to solve, None if nobody said so.

    Returns:
        the document, the complaint that it closes, and those that are open although a solution
        was told; none where none was told.
    """
    open_ones = open_complaints(before.customer.entries)
    people = people_of(after.customer)
    is_solution = nature_of(heading, after.config, people).solution
    if solves is None and is_solution and len(open_ones) == 1:
        solves = open_ones[0] if open_ones[0].date <= heading.date else None
        still = map(unplaced, open_complaints(after.customer.entries))
        if solves and unplaced(solves) not in still:
            return after, solves, ()
    if solves is not None:
        how = heading.subject or text.strip().partition("\n")[0]
        after = with_solution(after, solves, heading.date, _without_lead(how))
    left = open_complaints(after.customer.entries) if solves or is_solution else []
    return after, solves, tuple(left)


def _without_lead(subject: str) -> str:
    """Return how something was solved: "gelöst: Ersatz" tells "Ersatz"."""
    first, _blank, rest = subject.partition(" ")
    return rest if rest and plain(first.rstrip(",.;:!")) in SOLVED else subject


def check_day(complaint: Entry, day: date) -> None:
    """Refuse a solution that is older than the complaint.

    Raises:
        UsageProblem: it is.
    """
    if day < complaint.date:
        raise UsageProblem(
            _("The complaint is of {began}; it cannot have been solved on {day}.").format(
                began=complaint.date.isoformat(), day=day.isoformat()
            ),
            _("Name the day on which it was solved: --on DATE"),
        )


def sentence(document: Document, complaint: Entry, text: str) -> str:
    """Return the sentence that a colleague reads in the history."""
    name, what = document.customer.name, complaint.gist or complaint.date.isoformat()
    if text:
        return _("{name}: complaint solved ({complaint}): {how}").format(
            name=name, complaint=what, how=text
        )
    return _("{name}: complaint solved ({complaint})").format(name=name, complaint=what)


def told(entry: Entry) -> str:
    """Return a complaint in a few words: its day, who complained, about what."""
    who = ", ".join(entry.people)
    gist = f"{who}: {entry.gist}" if who and entry.gist else who or entry.gist
    return f"{entry.date.isoformat()} {gist}".rstrip()


def _fits(entry: Entry, words: str, code: str) -> bool:
    """Tell whether a day, the beginning of a code or some words mean a complaint."""
    day = read_day(words)
    if day is not None:
        return entry.date == day
    if looks_like_code(words) and code.startswith(words.casefold()):
        return True
    text = fold(f"{told(entry)} {entry.text}")
    return all(word in text for word in fold(words).split())


def _last_solution(entries: Sequence[Entry]) -> str:
    """Return the newest solution that a fact tells, "" if none does."""
    solved = (entry.fact("solved") for entry in entries if entry.kind == "complaint")
    dated = [(day, words) for words in solved if (day := split_file_date(words)[0])]
    return max(dated)[1] if dated else ""
