"""Settle what merges left open: who said which value when, and which of them is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from crm_md import store
from crm_md.crm import Crm
from crm_md.document import Document, changes_told
from crm_md.document.open_questions import (
    ALL,
    Choice,
    OpenQuestion,
    open_questions,
    settled,
    value_of,
)
from crm_md.document.question_lines import TAG
from crm_md.errors import QuestionUnclear, UsageProblem
from crm_md.frozen import dataclass, replace
from crm_md.joining.settings import questions_in
from crm_md.likeness import fold, looks_like_mail, looks_like_phone
from crm_md.messages import LANGUAGES, _, speaking
from crm_md.questions.naming import Named
from crm_md.records.customers import remove_customer
from crm_md.records.facts import refuse_what_cannot_be_read, understood
from crm_md.team.past import Past
from crm_md.words import plain

_ALL = frozenset(("both", "beide", "beides", "all", "alle", "alles"))
_STAYS_OR_GOES = (
    frozenset(("keep", "behalten", "behalte")),
    frozenset(("remove", "loeschen", "loesche", "entfernen")),
)
_DIGITS_OF_A_PLACE = 2


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
        if not open_questions(document):
            continue
        past = Past(crm, document.path)
        questions = open_questions(document, past)
        sources = _sources(crm, document, questions, past)
        for question in questions:
            values = tuple(
                sources.get((question.about, value), Said(value)) for value in question.values
            )
            found.append(ToSettle(one, question, values))
    return tuple(found)


def settings_to_settle(crm: Crm) -> tuple[tuple[int, str], ...]:
    """Return what merges left open in ``crm.toml``: the line, and the value that lost its place.

    Raises:
        FileNotReadable: the system refuses to read it.
    """
    lines = (store.read(crm.root, store.SETTINGS) or b"").split(b"\n")
    return tuple(
        (number, remark.removeprefix("# ").removesuffix(TAG).rstrip())
        for number, line in enumerate(lines, 1)
        for remark in questions_in(line)
    )


def the_question(crm: Crm, who: Named, which: str = "") -> ToSettle:
    """Return the one question at a customer that is meant.

    Args:
        crm: the open store.
        who: the customer.
        which: a fragment of what it is about, as people call it in either language or as the file
            does; not needed where there is but one.

    Raises:
        QuestionUnclear: none answers, or several.
    """
    found = to_settle(crm, who)
    wanted = fold(which)
    names = [_names(one.question) for one in found]
    exact = [one for one, called in zip(found, names, strict=True) if wanted in called]
    fitting = exact or [
        one
        for one, called in zip(found, names, strict=True)
        if any(wanted in name for name in called)
    ]
    if len(fitting) != 1:
        raise QuestionUnclear(who.name, who.slug, [one.question.label for one in found])
    return fitting[0]


def _names(question: OpenQuestion) -> set[str]:
    """Return what a question may be called, folded: in both languages, and as the file calls it."""
    names = {fold(question.about)}
    for spoken in LANGUAGES:
        with speaking(spoken):
            names.add(fold(question.label))
    return names


def answer_of(one: ToSettle, words: str) -> Choice:
    """Return what an answer means: ``1``, ``2``, ``both``, or a new value.

    A number of one or two digits is a choice; where the value itself is one, ``=7`` says so.

    Raises:
        UsageProblem: a choice that is not there; a new value where only the file itself can be
            put right, or is to go or stay; or one without a letter or digit, or that is no number
            or address where one stands.
    """
    words, question = " ".join(words.split()), one.question
    if words.isdecimal() and 1 <= int(words) <= max(len(one.values), 1):
        return Choice(int(words) - 1)
    if question.kind == "file":
        for place, meant in enumerate(_STAYS_OR_GOES):
            if plain(words) in meant:
                return Choice(place)
        raise UsageProblem(
            _("“{words}” says neither to keep nor to remove.").format(words=words),
            _("1 keeps the customer, 2 removes it."),
        )
    if plain(words) in _ALL:
        return ALL
    if not any(map(str.isalnum, words)):
        raise UsageProblem(_("“{words}” is no value.").format(words=words))
    if question.kind in ("text", "gone") or any(one.sort == "entry" for one in question.pieces):
        raise UsageProblem(
            _("“{about}” has no value that could be given here.").format(about=question.label),
            _("Put the file right (crm edit {slug}), then: crm settle {slug} --take 1").format(
                slug=one.who.slug
            ),
        )
    if words.isdecimal() and len(words) <= _DIGITS_OF_A_PLACE:
        raise UsageProblem(
            _("There is no choice {number}; there are {last}.").format(
                number=words, last=len(one.values)
            ),
            _("If {number} is the value itself: crm settle {slug} --take ={number}").format(
                number=words, slug=one.who.slug
            ),
        )
    words = words.removeprefix("=").strip()
    _check_value(question, words)
    return Choice(None, words)


def _check_value(question: OpenQuestion, words: str) -> None:
    """Refuse what is no telephone number, or no address, where one is asked for."""
    sort = question.target[-1] if question.target else ""
    if sort == "phone" and not looks_like_phone(words):
        raise UsageProblem(
            _("“{words}” is no telephone number.").format(words=words),
            _("Write the whole number, with its area code."),
        )
    if sort == "email" and not looks_like_mail(words):
        raise UsageProblem(_("“{words}” is no e-mail address.").format(words=words))


def settle(crm: Crm, one: ToSettle, choice: Choice) -> Settled:
    """Write what was decided into the file and take the question away, in one commit.

    Args:
        crm: the open store.
        one: of `to_settle`.
        choice: of `answer_of`.

    Raises:
        FileChanged: the question is not there any more, or what it is about was changed.
        UsageProblem: all values are to stay, and only one can; or the new one is nothing that its
            field can be, as a next step without a day.
        DateNotUnderstood: the new one is to be a day, and is none.
        NotSaved and the others of `Crm.change`.
    """
    path, question = one.who.path, one.question
    if question.kind == "file" and choice.place:
        removed = remove_customer(crm, one.who)
        told: tuple[str, ...] = (_("customer removed"),)
        return Settled(removed.name, question.about, "remove", told, 0, removed.action)
    with crm.change("settle") as change:
        document = change.read(path)
        if choice.words and question.target:
            words = understood(str(question.target[-1]), choice.words, crm.today)
            choice = replace(choice, words=words)
        edited = settled(document, question, choice)
        if choice.words:
            refuse_what_cannot_be_read(document, edited)
        change.put(edited)
        before = settled(document, question, ALL if question.kind == "kept" else Choice())
        told = tuple(changes_told(before.data, edited.data, path, crm.config))
        change.tell(
            lambda: _("{name}: settled: {about}").format(
                name=edited.customer.name, about=question.label
            )
        )
    left = len(open_questions(edited))
    stands = choice.words
    if choice.place is not None:
        stands = question.values[choice.place] if question.values else ""
    return Settled(edited.customer.name, question.about, stands, told, left, change.id)


def _askers(crm: Crm) -> Sequence[Named]:
    """Return the customers whose files hold such lines, by name."""
    found = crm.catalogue.promises.questions()
    return list(dict.fromkeys(Named(one.slug, one.name, one.path) for one in found))


def _sources(
    crm: Crm, document: Document, questions: Sequence[OpenQuestion], past: Past
) -> dict[tuple[str, str], Said]:
    """Return who said each value: the newest commit, no merge, that says it and whose parent not.

    A part of a task is not looked for.
    """
    told = [one for one in questions if one.target or one.kind in ("kept", "file")]

    @cache
    def says(data: bytes | None, question: OpenQuestion, value: str) -> bool:
        return _says(crm, document.path, data, question, value)

    found: dict[tuple[str, str], Said] = {}
    for one in past.revisions if told else ():
        now, before = past.after(one), past.before(one)
        for question in told:
            for value in question.values:
                key = (question.about, value)
                if key in found or before == now or says(before, question, value):
                    continue
                if says(now, question, value):
                    by = crm.config.short_name(one.author, one.email)
                    found[key] = Said(value, by, one.when)
    return found


def _says(crm: Crm, path: str, data: bytes | None, question: OpenQuestion, value: str) -> bool:
    """Tell whether a version of the file says a value of a question; None is a file removed."""
    if question.kind == "file":
        return value == "remove" and data is None
    version = Document.read(data or b"", path, crm.config)
    if question.kind != "kept":
        return (value_of(version, question.about) or "") == value
    words = " ".join(version.text.split())
    for piece in question.pieces:
        if " ".join(piece.text.split()) in words:
            return piece.shown == value
        if piece.shown == value:
            return False
    # Removed: neither is there, nor what it was, which the line names behind the heading above it.
    before = [question.about, *question.about.partition(": ")[2:]]
    return bool(words) and not any(one and one.removesuffix(" …") in words for one in before)
