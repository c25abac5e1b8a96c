"""Look at what is around the files: Git, the template, the layout, and what waits to be saved."""

from __future__ import annotations

from collections.abc import Iterator

from crm_md import store
from crm_md.document import Document
from crm_md.errors import CrmError, TemplateBroken
from crm_md.messages import _, ngettext
from crm_md.quality.book import OpenBook
from crm_md.quality.registry import Slip, of_the_clone
from crm_md.records.template import new_text

MOST_IN_ONE_FOLDER = 2000  # files; with more, each commit stores a large list anew
ATTRIBUTES = ".gitattributes"
NEEDED = frozenset(("-text", "merge=crm-md"))
TEMPLATE = f"{store.TEMPLATES}/customer.md"


@of_the_clone("no-git", "warning")
def not_under_git(book: OpenBook) -> Iterator[Slip]:
    """The folder is not under Git, or Git does not answer: it can be read, but nothing is saved."""
    problem = book.crm.git_problem
    if problem:
        yield Slip(1, str(problem), problem.hint, store.CUSTOMERS)
    elif book.crm.history is None:
        yield Slip(
            1,
            _("This folder is not under Git, so nothing can be saved."),
            _("Put it under Git: crm init"),
            store.CUSTOMERS,
        )


@of_the_clone("waiting", "warning")
def changes_wait(book: OpenBook) -> Iterator[Slip]:
    """Changes that stand in the files, and that Git has not taken yet."""
    count = book.crm.waiting_count()
    if count:
        yield Slip(
            1,
            ngettext(
                "1 change stands in its file but is not saved in the history yet.",
                "{count} changes stand in their files but are not saved in the history yet.",
                count,
            ).format(count=count),
            _("Save them: crm save"),
            ".git/crm/waiting",
        )


@of_the_clone("ignored", "error")
def kept_from_git(book: OpenBook) -> Iterator[Slip]:
    """A customer's file that Git is told to ignore: it is never saved and never shared."""
    crm = book.crm
    for path in crm.history.ignored(crm.prefix + store.CUSTOMERS) if crm.history else ():
        inner = path[len(crm.prefix) :]
        if store.is_customer_path(inner):
            yield Slip(
                1,
                _("Git is told to ignore this file, so it is never saved."),
                _('"git check-ignore -v FILE" names the line in .gitignore to take out.'),
                inner,
            )


@of_the_clone("derived-tracked", "warning")
def derived_in_git(book: OpenBook) -> Iterator[Slip]:
    """Files of `.crm` in the history: they are derived, and differ on every computer."""
    crm = book.crm
    for path in crm.history.tracked(crm.prefix + store.DERIVED) if crm.history else ():
        yield Slip(
            1,
            _("This file is derived and does not belong into the history."),
            _("Take it out: git rm -r --cached {folder}").format(folder=store.DERIVED),
            path[len(crm.prefix) :],
        )


@of_the_clone("attributes", "warning")
def attributes_missing(book: OpenBook) -> Iterator[Slip]:
    """The line of `.gitattributes` that keeps line ends as they are and merges entry by entry."""
    crm = book.crm
    if crm.history is None:
        return
    for folder in {crm.root.resolve(), crm.history.top.resolve()}:
        try:
            text = (folder / ATTRIBUTES).read_text("utf-8", "replace")
        except OSError:
            continue
        if any(set(line.split()) >= NEEDED for line in text.split("\n")):
            return
    yield Slip(
        1,
        _("Git does not know yet how to treat customers' files: lines may change, merges collide."),
        _("Add the line that is missing: crm init"),
        ATTRIBUTES,
    )


@of_the_clone("template", "error")
def template_broken(book: OpenBook) -> Iterator[Slip]:
    """A `templates/customer.md` that cannot be filled in, so that no customer can be added."""
    crm = book.crm
    try:
        template = store.read(crm.root, TEMPLATE)
        if template is None:
            return
        fields = {"name": "Müller: Söhne", "owner": crm.me, "phone": "0351 4711", "email": "a@b.de"}
        text = new_text(template, crm.config.language, crm.today, fields)
    except TemplateBroken as problem:
        yield Slip(problem.line or 1, str(problem), problem.hint, TEMPLATE)
    except CrmError as problem:
        yield Slip(1, str(problem), problem.hint or _("Restore the file, or delete it."), TEMPLATE)
    else:
        yield from _slips_of_the_filled(book, text)


def _slips_of_the_filled(book: OpenBook, text: str) -> Iterator[Slip]:
    """What would be wrong in every customer made from the template."""
    filled = Document.read(text.encode("utf-8"), TEMPLATE, book.config)
    for finding in filled.findings:
        if finding.severity == "error":
            yield Slip(
                1,
                _("Every customer made from this template would have a slip: {text}").format(
                    text=finding.text
                ),
                finding.remedy,
                TEMPLATE,
            )


@of_the_clone("layout", "hint")
def too_many_in_one_folder(book: OpenBook) -> Iterator[Slip]:
    """More than 2,000 customers in one folder: every saving grows the history by a long list."""
    count = len(flat(book))
    if book.config.layout == "flat" and count > MOST_IN_ONE_FOLDER:
        yield Slip(
            1,
            _("{count} customers lie in one folder, which makes the history grow fast.").format(
                count=count
            ),
            _("Let them be sorted into folders of two letters: crm check --fix"),
            store.CUSTOMERS,
        )


def flat(book: OpenBook) -> list[str]:
    """Return the customers' files that lie directly in the folder of customers."""
    return [path for path in book.paths if path.count("/") == 1]
