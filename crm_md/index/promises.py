"""What was promised, complained about and left to settle: a row each, for lists to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from crm_md.document.question_lines import TAG
from crm_md.index.guarded import GuardedDatabase
from crm_md.index.rows import Values
from crm_md.likeness import code_of, complaint_codes, fold, shortened, task_codes
from crm_md.model import Customer, Summary

LONGEST = 160  # characters that are kept of a text

PromiseKind = Literal["task", "step", "complaint", "question"]
PromiseState = Literal["open", "done", "dropped", "solved"]

_SELECT = (
    "SELECT code, kind, state, slug, name, path, owner, text, due, whose, said_on, line"
    " FROM promises JOIN files ON files.id = promises.file"
)
_IN_ORDER = "ORDER BY due IS NULL, due, sort_key, path, said_on, line"


class Promise(NamedTuple):
    """A task, a next step, a complaint or a question of a merge as lists show it.

    Attributes:
        code: the whole code, "" for a question.
        owner: of the customer.
        due: the day of a task, None if it has none.
        whose: the task's, as in `model.Task`; "" for a complaint.
        said_on: the day of the entry it stands in.
        line: of the file; a complaint's is its heading's.
    """

    code: str
    kind: PromiseKind
    state: PromiseState
    slug: str
    name: str
    path: str
    owner: str
    text: str
    due: date | None
    whose: str
    said_on: date | None
    line: int


def promise_rows(customer: Customer, summary: Summary) -> Iterator[Values]:
    """Yield (code, kind, state, due, whose, said_on, line, text, its key) of all in a file."""
    if customer.tasks:
        codes = task_codes(customer)
        for task in customer.tasks:
            due = task.due.toordinal() if task.due else None
            said = task.said_on.toordinal() if task.said_on else None
            text = task.text[:LONGEST]
            code = codes[task.line]
            yield code, "task", task.state, due, task.whose, said, task.line, text, fold(text)
    step = customer.next
    if step and step.day:
        text = step.text[:LONGEST]
        code = code_of(customer.slug, f"next {step.written}")
        yield code, "step", "open", step.day.toordinal(), "", None, 0, text, fold(text)
    for asked in customer.questions:
        text = asked.text.removesuffix(TAG).rstrip()[:LONGEST]
        yield "", "question", "open", None, "", None, asked.line, text, fold(text)
    complaints = complaint_codes(customer)
    if complaints:
        waiting = {touch.line for touch in summary.complaints}
        for entry in customer.entries:
            if entry.line in complaints:
                state = "open" if entry.line in waiting else "solved"
                said, text = entry.date.toordinal(), entry.gist[:LONGEST]
                code = complaints[entry.line]
                yield code, "complaint", state, None, "", said, entry.line, text, fold(text)


class Promises:
    """The tasks and complaints that a catalogue keeps."""

    def __init__(self, catalogue: GuardedDatabase) -> None:
        self._catalogue = catalogue

    def open(
        self,
        *,
        owners: Sequence[str] | None = None,
        whose: str = "",
        path: str | None = None,
        steps_until: date | None = None,
    ) -> list[Promise]:
        """Return what is open, by day; what has none comes last.

        Args:
            owners: only what is at their customers, "" being nobody's; None for everybody's.
            whose: with owners, this colleague's own tasks as well, at whomever.
            path: only this customer's.
            steps_until: next steps only up to this day; None for all.
        """
        sql, values = "state = 'open'", list[object]()
        if steps_until is not None:
            sql += " AND (kind != 'step' OR due <= ?)"
            values.append(steps_until.toordinal())
        if owners is not None:
            at_theirs = f"owner IN ({','.join('?' * len(owners))})"
            sql += f" AND ({at_theirs} OR whose = ?)" if whose else f" AND {at_theirs}"
            values += [*owners, whose] if whose else owners
        if path is not None:
            sql += " AND path = ?"
            values.append(path)
        return self._found(sql, values)

    def by_code(self, code: str) -> list[Promise]:
        """Return what a code, or the beginning of one, names: open or not."""
        begin = code.casefold()
        return self._found("code >= ? AND code < ?", [begin, f"{begin}~"])

    def questions(self) -> list[Promise]:
        """Return the lines that merges left, by customer."""
        return self._found("kind = 'question'", ())

    def by_words(
        self,
        words: Sequence[str],
        *,
        open_ones: bool = True,
        kinds: Sequence[PromiseKind] = ("task", "step"),
    ) -> list[Promise]:
        """Return the tasks and next steps in which all of these words stand.

        A word may stand in their customer's name instead, but for one at least.

        Args:
            words: any part of a word each, in any case, umlauts spelled either way.
            open_ones: those that are open, else those that are not.
            kinds: what is looked for.
        """
        keys = [key for word in words if (key := fold(word))]
        if not keys:
            return []
        every = " AND ".join(["(instr(key, ?) OR instr(sort_key, ?))"] * len(keys))
        one = " OR ".join(["instr(key, ?)"] * len(keys))
        values = [*(key for key in keys for _twice in range(2)), *keys]
        state = "state = 'open'" if open_ones else "state <> 'open'"
        sought = f"kind IN ({','.join('?' * len(kinds))})"
        return self._found(f"{sought} AND {state} AND {every} AND ({one})", [*kinds, *values])

    def shown(self, codes: Iterable[str]) -> dict[str, str]:
        """Return how each code is shown: as short as it is unique among all that is open."""
        return {code: shortened(code, self._around(code)) for code in codes}

    def _around(self, code: str) -> list[str]:
        """Return the open codes next to this one, and itself, in order."""
        found = self._catalogue.read(
            "SELECT max(code) FROM promises WHERE state = 'open' AND code < ?1 UNION ALL"
            " SELECT min(code) FROM promises WHERE state = 'open' AND code > ?1",
            (code,),
        )
        return sorted([code, *(one for (one,) in found if one)])

    def _found(self, condition: str, values: Sequence[object]) -> list[Promise]:
        rows = self._catalogue.read(f"{_SELECT} WHERE {condition} {_IN_ORDER}", values)
        return [
            Promise._make((*row[:8], _day(row[8]), row[9], _day(row[10]), row[11])) for row in rows
        ]


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
