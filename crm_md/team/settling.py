"""Settle what merges left open: who said which value when, and which of them is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crm_md.crm import Crm
from crm_md.document import Document, changes_told
from crm_md.document.merging.settling import TAG
from crm_md.document.open_questions import (
    OpenQuestion,
    open_questions,
    settled,
    value_of,
)
from crm_md.errors import QuestionUnclear, UsageProblem
from crm_md.frozen import dataclass
from crm_md.likeness import fold
from crm_md.messages import _
from crm_md.questions.naming import Named

LOOKED_AT = 200  # commits of one customer in which a value is looked for


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values between which is to be chosen.

    Attributes:
        value: "" for a piece that is to be gone.
        by: the short name of who wrote it, the full one of a stranger; "" if Git does not tell.
        when: None if Git does not tell.
    """

    value: str
    by: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToSettle:
    """A question at a customer, with the values it is about.

    Attributes:
        values: the one in the file first; none where only the file itself can be put right.
    """

    who: Named
    question: OpenQuestion
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided.

    Attributes:
        told: the change in sentences; none where the file's own value stays.
    """

    name: str
    about: str
    value: str
    told: tuple[str, ...]
    left: int
    action: str


def to_settle(crm: Crm, who: Named | None = None) -> tuple[ToSettle, ...]:
    """Return what merges left open, with who said what, by customer and line.

    Args:
        crm: the open store.
        who: only this customer's; None for all.

    Raises:
        CrmError: the file cannot be read, or one of the 50s, if Git failed.
    """
    found: list[ToSettle] = []
    for one in [who] if who else _askers(crm):
        document = crm.read(one.path)
        questions = open_questions(document)
        sources = _sources(crm, document, questions) if questions else {}
        for question in questions:
            values = tuple(
                sources.get((question.about, value), Said(value)) for value in _values(question)
            )
            found.append(ToSettle(one, question, values))
    return tuple(found)


def the_question(crm: Crm, who: Named, which: str = "") -> ToSettle:
    """Return the one question at a customer that is meant.

    Args:
        crm: the open store.
        who: the customer.
        which: a fragment of what it is about; not needed where there is but one.

    Raises:
        QuestionUnclear: none answers, or several.
    """
    found = to_settle(crm, who)
    wanted = fold(which)
    exact = [one for one in found if fold(one.question.about) == wanted]
    fitting = exact or [one for one in found if wanted in fold(one.question.about)]
    if len(fitting) != 1:
        raise QuestionUnclear(who.name, who.slug, [one.question.about for one in found])
    return fitting[0]


def answer_of(one: ToSettle, words: str) -> str | None:
    """Return the value that an answer means: ``1``, ``2`` or a new one; None leaves the file's.

    Raises:
        UsageProblem: a new value where only the file itself can be put right.
    """
    words = " ".join(words.split())
    if words.isdigit() and 1 <= int(words) <= max(len(one.values), 1):
        return one.values[int(words) - 1].value if one.values and words != "1" else None
    if one.question.kind in ("text", "gone"):
        raise UsageProblem(
            _("“{about}” has no value that could be given here.").format(about=one.question.about),
            _("Put the file right (crm edit {slug}), then: crm settle {slug} --take 1").format(
                slug=one.who.slug
            ),
        )
    return words


def settle(crm: Crm, one: ToSettle, value: str | None) -> Settled:
    """Write what was decided into the file and take the question away, in one commit.

    Args:
        crm: the open store.
        one: of `to_settle`.
        value: what is to stand; None leaves what stands, "" removes it.

    Raises:
        FileChanged: the question is not there any more.
        NotSaved and the others of `Crm.change`.
    """
    path = one.who.path
    with crm.change("settle") as change:
        document = change.read(path)
        edited = settled(document, one.question, value)
        change.put(edited)
        before = settled(document, one.question, None)
        told = tuple(changes_told(before.data, edited.data, path, crm.config))
        change.tell(
            lambda: _("{name}: settled: {about}").format(
                name=edited.customer.name, about=one.question.about
            )
        )
    left = len(open_questions(edited))
    stands = one.question.now if value is None else value
    return Settled(edited.customer.name, one.question.about, stands, told, left, change.id)


def _askers(crm: Crm) -> Sequence[Named]:
    """Return the customers whose files hold such lines, by name."""
    found = crm.catalogue.promises.by_words([TAG.removeprefix("#")])
    return list(dict.fromkeys(Named(p.slug, p.name, p.path) for p in found if p.text.endswith(TAG)))


def _values(question: OpenQuestion) -> tuple[str, ...]:
    if question.kind == "text":
        return ()
    return tuple(dict.fromkeys((question.now, *question.others)))


def _sources(
    crm: Crm, document: Document, questions: Sequence[OpenQuestion]
) -> dict[tuple[str, str], Said]:
    """Return who wrote each value: the newest commit, no merge, that has it and had it not before.

    A value that is no fact (a part of a task, a text) is not looked for.
    """
    git = crm.history
    wanted = {(q.about, value) for q in questions if q.target for value in _values(q)}
    if git is None or not wanted:
        return {}
    path = f"{crm.prefix}{document.path}"
    revisions = [one for one in git.log([path], limit=LOOKED_AT) if len(one.parents) < 2]
    asked = [(one.id, path) for one in revisions]
    asked += [(one.parents[0], path) for one in revisions if one.parents]
    texts = dict(zip(asked, git.read_many(asked), strict=True))
    read: dict[bytes, dict[str, str]] = {}

    def values_in(revision: str) -> dict[str, str]:
        data = texts.get((revision, path)) or b""
        if data not in read:
            version = Document.read(data, document.path, crm.config)
            read[data] = {
                about: value_of(version, about) or "" for about in {about for about, _v in wanted}
            }
        return read[data]

    found: dict[tuple[str, str], Said] = {}
    for one in revisions:
        now = values_in(one.id)
        before = values_in(one.parents[0]) if one.parents else {}
        for about, value in wanted - found.keys():
            if now[about] == value != before.get(about, ""):
                by = crm.config.short_name(one.author, one.email)
                found[about, value] = Said(value, by, one.when)
    return found
