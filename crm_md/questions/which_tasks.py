"""Which tasks are meant: by their codes, or by words of them and of their customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crm_md.crm import Crm
from crm_md.errors import NotATask, TaskAmbiguous, TaskEnded, TaskNotFound
from crm_md.frozen import dataclass
from crm_md.likeness import fold, looks_like_code
from crm_md.questions.naming import Named, candidates

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

TICKED = ("task", "step")  # what one can be done with
SHORTEST_WORD = 3  # letters; a shorter piece stands in one task by chance, and ticks nothing


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody typed behind ``crm done``.

    Attributes:
        tasks: the open tasks that are meant; where it is not `sure`, those that may be.
        sure: all of them are meant, else one of them is, and somebody has to say which.
        note: words about it.
        asked: the words that named the tasks.
    """

    tasks: tuple[Promise, ...]
    sure: bool
    note: str
    asked: str


def the_task(crm: Crm, words: str, who: Named | None = None) -> Promise:
    """Return the one open task that a code or words name.

    Args:
        crm: the open store.
        words: a code, or words of the task.
        who: only tasks of this customer are meant, None for everybody's.

    Raises:
        TaskAmbiguous: several may be meant; and the others of `which_tasks`.
    """
    if who:
        return _at(crm, words, who)
    meant = which_tasks(crm, words.split())
    if not meant.sure or len(meant.tasks) > 1:
        raise ambiguous(crm, meant)
    return meant.tasks[0]


def _at(crm: Crm, words: str, who: Named) -> Promise:
    """Return the one open task of a customer that a code or words name."""
    tasks = [one for one in crm.catalogue.promises.open(path=who.path) if one.kind == "task"]
    wanted = [fold(word) for word in words.split()]
    found = [one for one in tasks if wanted and all(word in fold(one.text) for word in wanted)]
    if looks_like_code(words):
        found += [one for one in tasks if one.code.startswith(words.casefold())]
    if not found:
        raise TaskNotFound(words, [one.text for one in tasks])
    if len(found) > 1:
        raise ambiguous(crm, Meant(tuple(found), False, "", words))
    return found[0]


def which_tasks(crm: Crm, words: Sequence[str]) -> Meant:
    """Return which tasks are meant, and what is said about them.

    One or several codes come first, and what follows them is the note. Otherwise all words
    together name a task; where they name none, a last argument of several words is the note.

    Args:
        crm: the open store.
        words: as they were typed, those in quotation marks as one.

    Raises:
        TaskNotFound: no open task is called so.
        TaskEnded: the task is done or dropped already.
        NotATask: the code is a complaint's.
    """
    coded = _by_codes(crm, words)
    if coded:
        return coded
    ways = [(" ".join(words), "")]
    if len(words) > 1 and " " in words[-1].strip():
        ways.append((" ".join(words[:-1]), words[-1]))
    for asked, note in ways:
        found = _named(crm, asked.split())
        if found:
            telling = max(map(len, asked.split())) >= SHORTEST_WORD
            return Meant(tuple(found), len(found) == 1 and telling, note, asked)
    for asked, note in ways:
        mentioned = _of_a_customer(crm, asked)
        if mentioned:
            return Meant(tuple(mentioned), False, note, asked)
    raise _none(crm, ways[0][0])


def ambiguous(crm: Crm, meant: Meant) -> TaskAmbiguous:
    """Return the error that lists the tasks which may be meant, each with its code."""
    codes = crm.catalogue.promises.shown(task.code for task in meant.tasks)
    return TaskAmbiguous(
        meant.asked, [(codes[task.code], f"{task.text} – {task.name}") for task in meant.tasks]
    )


def _by_codes(crm: Crm, words: Sequence[str]) -> Meant | None:
    """Return what the words name if codes come first; a word of a task that may be one is none."""
    found: list[Promise] = []
    for word in words:
        meant = _by_code(crm, word)
        if not meant:
            break
        if len(meant) > 1:
            return Meant(tuple(meant), False, "", word)
        found += [one for one in meant if one not in found]
    if not found:
        return None
    note = " ".join(words[len(found) :])
    asked = " ".join(words[: len(found)])
    return Meant(tuple(found), True, note, asked)


def _by_code(crm: Crm, word: str) -> list[Promise]:
    """Return the open tasks that a code names, and those in which it is a word.

    Raises:
        TaskEnded: the only one is done or dropped.
        NotATask: it is a complaint's.
    """
    if not looks_like_code(word):
        return []
    promises = crm.catalogue.promises
    coded = promises.by_code(word)
    waiting = [one for one in coded if one.state == "open"]
    if not coded:
        return []
    spoken = [one for one in promises.by_words([word]) if one not in waiting]
    if not waiting:
        if spoken or len(coded) > 1:
            return spoken
        raise _ended(coded[0]) if coded[0].kind in TICKED else _complaint(crm, coded[0])
    if len(waiting) == 1 and not spoken and waiting[0].kind == "complaint":
        raise _complaint(crm, waiting[0])
    return [one for one in (*waiting, *spoken) if one.kind in TICKED]


def _complaint(crm: Crm, one: Promise) -> NotATask:
    code = crm.catalogue.promises.shown([one.code])[one.code]
    return NotATask(code, one.text, one.name, one.slug)


def _ended(task: Promise) -> TaskEnded:
    return TaskEnded(task.text, task.name, task.slug, dropped=task.state == "dropped")


def _named(crm: Crm, words: Sequence[str]) -> list[Promise]:
    """Return the tasks that all words name; of several the one that says just this."""
    found = crm.catalogue.promises.by_words(words)
    if not found and len(words) > 1:  # "heike ersatz": by a person or an alias of the customer
        wanted = [fold(word) for word in words[1:]]
        found = [
            task
            for task in _of_a_customer(crm, words[0])
            if all(word in fold(task.text) for word in wanted)
        ]
    found = _tasks_first(found, crm.today)
    asked = fold(" ".join(words))
    exact = [task for task in found if _says_just(asked, task)]
    return exact if len(exact) == 1 else found


def _tasks_first(found: Sequence[Promise], today: date) -> list[Promise]:
    """Return the tasks, and beside them only next steps of these customers that are due."""
    there = {one.path for one in found if one.kind == "task"}
    return [
        one
        for one in found
        if one.kind == "task"
        or not there
        or (one.path in there and one.due is not None and one.due <= today)
    ]


def _says_just(asked: str, task: Promise) -> bool:
    """Tell whether the words are the whole task, or its customer and the whole task."""
    text, name = fold(task.text), fold(task.name)
    before = asked.removesuffix(text)
    return before != asked and all(word in name for word in before.split())


def _of_a_customer(crm: Crm, words: str) -> list[Promise]:
    """Return the open tasks of the one customer whom the words name, if they do."""
    named = candidates(crm, words)
    if len(named) != 1:
        return []
    found = crm.catalogue.promises.open(path=named[0].path)
    tasks = [one for one in found if one.kind == "task"]
    steps = [one for one in found if one.kind == "step"]  # one to come is hardly meant
    return [*tasks, *(one for one in steps if not tasks or (one.due and one.due <= crm.today))]


def _none(crm: Crm, asked: str) -> TaskNotFound | TaskEnded:
    """Say that there is no such task, or that it has ended."""
    from crm_md.likeness import near_names

    ended = crm.catalogue.promises.by_words(asked.split(), open_ones=False)
    if len(ended) == 1:
        return _ended(ended[0])
    questions = crm.catalogue.promises.by_words(asked.split(), kinds=("question",))
    if questions:
        return TaskNotFound(asked, settle=(questions[0].name, questions[0].slug))
    texts = [task.text for task in crm.catalogue.promises.open() if task.kind in TICKED]
    return TaskNotFound(asked, near_names(asked, ((text, text) for text in texts)))
