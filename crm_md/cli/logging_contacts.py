"""``crm log``: one line of plain words becomes a dated entry."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_done, tell_gone, tell_twin, tell_unshared
from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.mailing import mail_file, mail_in, piped, tell_mail, text_of
from crm_md.cli.offering import offer
from crm_md.cli.options import complete_codes, complete_customers, named
from crm_md.cli.output import on_terminal, one_line, say
from crm_md.cli.session import Session
from crm_md.cli.solving import tell_open, the_complaint
from crm_md.dates import say_date, say_when
from crm_md.document.nature import headline
from crm_md.document.task_signs import MENTION
from crm_md.errors import AttachmentNotReadable, UsageProblem
from crm_md.frozen import replace
from crm_md.messages import N_, _, language
from crm_md.model import Task
from crm_md.questions.naming import Named, candidates
from crm_md.records import solving
from crm_md.records.attaching import LARGE, Attachment, read_attachment, size_of
from crm_md.records.log_entry import Logged, Wish, log_entries, understand
from crm_md.words import PREPOSITION_WORDS

if TYPE_CHECKING:
    from crm_md.exchange.mail import Mail
    from crm_md.index.promises import Promise

_DUE_TOLD = 3  # tasks that one is reminded of
_DUE = re.compile(r"(?<!\S)(?:due|fällig|faellig):(\d{4}-\d\d-\d\d)(?!\S)", re.IGNORECASE)


@command(
    "log",
    N_(
        "Add a dated entry in one line of plain words: when, how, with whom, about what. "
        "Text also comes from the keyboard's editor or from a pipe. Says what it understood, "
        "and how to take it back."
    ),
    N_(
        'crm log petersen yesterday call from Heike: delivery late -m "Replacement promised."\n'
        'crm log petersen visit: new collection --mood good -t "send samples due:friday"\n'
        'crm log petersen call --next "in 2 weeks ask about samples"\n'
        "crm log petersen call from Heike: replacement has come --solved\n"
        "crm log -c petersen -c strandhotel fair: rebate announced --attach prices.pdf\n"
        "crm log --mail seam.eml"
    ),
)
@click.argument(
    "customer", required=False, metavar=N_("CUSTOMER"), shell_complete=complete_customers
)
@click.argument("words", nargs=-1, metavar=N_("TEXT…"))
@click.option(
    "-c",
    "--customer",
    "--kunde",
    "several",
    multiple=True,
    metavar=N_("CUSTOMER"),
    shell_complete=complete_customers,
    help=N_("One of several who get the same entry; all other words are the text."),
)
@click.option("-m", "--message", "--text", "text", multiple=True, help=N_("What was said."))
@click.option(
    "--mood", "--stimmung", default="", help=N_("Their mood, in your words: good, bad, upset …")
)
@click.option(
    "-t", "--task", "--aufgabe", "tasks", multiple=True, help=N_("A promise: “… due:friday @ben”.")
)
@click.option(
    "--next", "--danach", "next_step", default="", help=N_("The next step: “in 2 weeks …”.")
)
@click.option("--keep-next", is_flag=True, help=N_("Leave the next step that stands."))
@click.option(
    "--solved", "--gelöst", "solved", is_flag=True, help=N_("It makes the open complaint good.")
)
@click.option(
    "--done",
    "--erledigt",
    "kept",
    multiple=True,
    metavar=N_("CODE|WORDS"),
    shell_complete=complete_codes,
    help=N_("A task of this customer that is done with it."),
)
@click.option(
    "--attach",
    "--anhang",
    "paths",
    multiple=True,
    metavar=N_("FILE"),
    type=click.Path(path_type=Path),
    help=N_("Lay a file beside the customer and link it in the entry."),
)
@click.option(
    "--mail",
    "mail_path",
    metavar=N_("FILE"),
    type=click.Path(path_type=Path),
    help=N_("A mail (.eml) becomes the entry; its address finds the customer."),
)
@click.option(
    "--whole",
    "--ganz",
    "whole",
    is_flag=True,
    help=N_("Keep what a mail quotes, and its signature."),
)
@click.option("--editor", is_flag=True, help=N_("Write it in the editor, first line: the entry."))
@click.option(
    "--share",
    "--teilen",
    "share",
    is_flag=True,
    help=N_("Let the others see it at once, as crm sync does."),
)
def log_command(
    session: Session,
    customer: str | None,
    words: tuple[str, ...],
    several: tuple[str, ...],
    solved: bool,
    kept: tuple[str, ...],
    paths: tuple[Path, ...],
    mail_path: Path | None,
    whole: bool,
    editor: bool,
    share: bool,
    **said: Any,
) -> None:
    """Write the entry, or one for each of several customers, and say what was understood."""
    crm = session.crm
    crm.ask_who_i_am()
    if several and customer:
        words = (customer, *words)
    asked = several or ((customer,) if customer else ())
    files = attachments(paths)
    mail = mail_file(mail_path, crm.today) if mail_path else None
    if mail is None and " ".join(words) in ("", "-") and not (said["text"] or files):
        data = piped()
        mail = mail_in(data, crm.today) if data else None
        words = (text_of(data),) if data and mail is None else ()
    everybody = _everybody(session, asked, mail)
    wish = _wish(words, files, typed=mail is None, **said)
    if mail is None and _asks_for_words(words, files, said["text"]):
        from crm_md.cli.asking_about import wish_written

        written = wish_written(session, everybody, wish, editor=editor)
        if written is None:
            say(_("Nothing was logged."))
            return
        wish = written
    understood = []
    for who in everybody:
        meant = replace(wish, solves=the_complaint(session, who)) if solved else wish
        if kept:
            meant = replace(meant, keeps=_tasks_named(session, who, kept))
        if mail:
            meant = _of_mail(session, who, mail, meant, whole=whole)
        understood.append(understand(crm, who, meant))
    logged = log_entries(crm, understood, files)
    for one in logged:
        tell_logged(session, one)
    if mail:
        tell_mail(mail, whole=whole)
    if several and customer and understood[0].standing == "note":
        _tell_left_out(session, customer, everybody)
    tell_done(session, logged[0].action)
    for one in logged:
        offer(session, one.understood)
    if share:
        from crm_md.cli.sharing import share_now

        share_now(session)
    elif any(one.understood.heading.kind == "complaint" for one in logged):
        tell_unshared(session)


def _asks_for_words(words: Sequence[str], files: Sequence[Attachment], text: Sequence[str]) -> bool:
    """Tell whether somebody at a terminal named nothing but whose entry it is."""
    return not (" ".join(words) or text or files) and on_terminal(sys.stdin)


def _tasks_named(session: Session, who: Named, kept: Sequence[str]) -> tuple[Promise, ...]:
    from crm_md.questions.which_tasks import the_task

    return tuple(dict.fromkeys(the_task(session.crm, words, who) for words in kept))


def _tell_left_out(session: Session, word: str, everybody: Sequence[Named]) -> None:
    """Say that the first word of the text names a customer who did not get the entry."""
    found = candidates(session.crm, word)
    if len(found) == 1 and found[0].slug not in {who.slug for who in everybody}:
        text = _("“{word}” is part of the text. To give {name} the entry too: -c {word}")
        say(text.format(word=word, name=found[0].name), style="careful")


def _everybody(session: Session, asked: Sequence[str], mail: Mail | None) -> list[Named]:
    """Return whose entry it is, each once: the customers named, else whose mail it is."""
    if asked:
        return list({who.slug: who for who in (named(session, one) for one in asked)}.values())
    if mail is None:
        raise UsageProblem(
            _("Whose entry is it?"), _("For example: crm log petersen call: samples")
        )
    from crm_md.records.mailing import whose_mail

    return [whose_mail(session.crm, mail)]


def _of_mail(session: Session, who: Named, mail: Mail, wish: Wish, *, whole: bool) -> Wish:
    # A line of words needs nothing of mails.
    from crm_md.records.mailing import mail_wish, stands_already

    meant = mail_wish(session.crm, who, mail, wish, whole=whole)
    if stands_already(session.crm, who, meant):
        twice = _("{name}: a mail of this minute and subject stands there already.")
        say(twice.format(name=who.name), style="careful")
    return meant


def _wish(
    words: tuple[str, ...],
    files: Sequence[Attachment],
    *,
    typed: bool,
    text: tuple[str, ...],
    mood: str,
    tasks: tuple[str, ...],
    next_step: str,
    keep_next: bool,
) -> Wish:
    line = " ".join(words)
    if typed and not line and not text:
        line = ", ".join(file.name for file in files)
    return Wish(line, "\n\n".join(text), mood, tasks, next_step, keep_next)


def attachments(paths: Sequence[Path]) -> list[Attachment]:
    """Read the files to attach; a large one is warned of, and asked about where somebody is."""
    read = []
    for path in paths:
        size = size_of(path)
        if size > LARGE:
            megabytes = size // (1024 * 1024)
            warning = _(
                "{name} has {size} MB, and every copy of this store will keep them for good."
            )
            say(warning.format(name=path.name, size=megabytes), style="careful")
            if somebody_is_there() and not agreed(_("Attach it all the same?")):
                raise AttachmentNotReadable(str(path), _("it is too large"))
        read.append(read_attachment(path))
    return read


def tell_logged(session: Session, logged: Logged) -> None:
    """Say what was understood, and what it has done beside."""
    today = session.now.date()
    taken = logged.understood
    heading = taken.heading
    when = say_date(heading.date, language()) + (f" {heading.time:%H:%M}" if heading.time else "")
    preposition = heading.preposition_word
    if heading.people and heading.preposition and not preposition:
        preposition = PREPOSITION_WORDS[heading.preposition][language()]
    with_whom = [preposition if heading.people else "", ", ".join(heading.people)]
    words = headline(heading, " ".join(filter(None, with_whom)))
    said = _("{name}: {when} ({relative}), {what}")
    say(
        said.format(
            name=taken.who.name,
            when=when,
            relative=say_when(heading.date, today, language()),
            what=words or _("entry"),
        ),
        style="good",
    )
    _tell_rest(logged, today)
    tell_gone(session, (found[2] for task in taken.tasks for found in MENTION.finditer(task)))
    for twin in logged.twins:
        tell_twin(twin)
    for task in taken.keeps:
        say(_("Done with it: {task}").format(task=one_line(task.text)), style="good")
    _tell_closed(logged)
    if logged.due:
        _tell_due(session, logged.due)
    for path in logged.attached:
        say(_("Attached: {path}").format(path=path))


def _tell_due(session: Session, due: Sequence[tuple[Task, str]]) -> None:
    """Remind of what should be done by now, with the command that ticks it."""
    codes = session.crm.catalogue.promises.shown(code for _task, code in due)
    for task, code in due[:_DUE_TOLD]:
        said = _("Done, too? {task} (by {day}): crm done {code}")
        day = say_date(task.due, language()) if task.due else ""
        say(
            said.format(task=one_line(task.text), day=day, code=codes[code]),
            style="faint",
        )


def _tell_closed(logged: Logged) -> None:
    """Say which complaint it has closed, and that it has closed none where one was to be."""
    if logged.closed:
        complaint = solving.told(logged.closed)
        say(_("It solves the complaint: {complaint}").format(complaint=complaint), style="good")
        if logged.still_open:
            tell_open(logged.still_open)
    elif logged.still_open:
        tell_open(logged.still_open)
        hint = _("It closes none of them. Say which: crm solve {slug} --which DATE")
        say(hint.format(slug=logged.understood.who.slug), style="careful")


def _task(task: str) -> str:
    """Return a promise as it was understood, its day as days are said."""
    found = _DUE.search(task)
    if found is None:
        return _("Task: {task}").format(task=task)
    words = " ".join(filter(None, (task[: found.start()].strip(), task[found.end() :].strip())))
    day = say_date(date.fromisoformat(found[1]), language())
    return _("Task: {task}, by {day}").format(task=words, day=day)


def _tell_rest(logged: Logged, today: date) -> None:
    taken = logged.understood
    if taken.heading.date > today:
        say(_("That day is still to come."), style="careful")
    if taken.ahead:
        hint = _('It is written as said today. What is still to come: --next "{words}"')
        say(hint.format(words=taken.ahead), style="careful")
    if taken.standing == "attempt":
        say(_("It counts as an attempt, not as a contact."), style="faint")
    elif taken.standing == "note" and not (taken.heading.kind or taken.ahead):
        say(_("It counts as a note: no word in it says call, visit, mail …"), style="careful")
    for task in taken.tasks:
        say(_task(task))
    if taken.unknown_mood:
        words = _("“{mood}” is no mood I know; it stands as written.")
        say(words.format(mood=taken.unknown_mood), style="careful")
    if logged.completed:
        done = _("Done with it: the next step of {day} ({text}).")
        step = logged.completed
        day = say_date(step.day, language()) if step.day else ""
        say(done.format(day=day, text=step.text or "–"))
    if taken.next_step and taken.next_step.day:
        day = say_date(taken.next_step.day, language())
        say(_("Next: {day} {text}").format(day=day, text=taken.next_step.text))
    if logged.replaced:
        step = logged.replaced
        day = say_date(step.day, language()) if step.day else ""
        words = one_line(f"{day} {step.text}".strip() or step.written)
        say(_("Until now: {step}").format(step=words), style="careful")
