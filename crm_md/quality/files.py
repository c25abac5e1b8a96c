"""Look at the files themselves: which cannot be read, are there twice, or left by a cloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_md import store
from crm_md.errors import CrmError
from crm_md.likeness import fold_light
from crm_md.messages import _
from crm_md.quality.book import Book, Page
from crm_md.quality.registry import Slip, of_a_file, of_the_store

# What programs write into the name of the second version when two people changed a file.
_CONFLICTED = re.compile(
    r"conflicted copy|in konflikt stehende kopie|konflikt-?kopie|konfliktkopie|case conflict"
    r"|[._-]sync-conflict-\d|_conflict-\d|\(sfconflict|\(konflikt",
    re.IGNORECASE,
)
_ONEDRIVE = re.compile(r"-(?:DESKTOP|LAPTOP|PC|NB|WIN|MACBOOK)-[A-Z0-9]{3,}(?:-\d+)?$")
_COPIED = re.compile(
    r"^(?:kopie von|copy of) |[ -](?:kopie|copy)(?: ?\(?\d+\)?)?$|(?: - kopie| - copy)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(.+?) ?(?:\(\d{1,2}\)| \d)$")
_MERGE_LITTER = re.compile(
    r"\.md\.(?:orig|rej|mine|theirs|r\d+)$|\.orig$|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.md$"
)
_BESIDE = re.compile(rf"{store.ATTACHMENTS}/([^/]+)/\1(?:-\d+)?\.md$")  # see joining.beside
_ALMOST_MARKDOWN = re.compile(r"\.(?:md\.txt|markdown|mdown|mkd)$|\.(?!md$)[mM][dD]$")


@of_a_file("line-ends-mixed", "hint")
def mixed_line_ends(page: Page) -> Iterator[Slip]:
    """Some lines end as on Windows (CRLF), others do not: two editors were at work.

    Every line keeps its own end; what crm adds ends as most lines of the file do.
    """
    text = page.document.text
    if "\r" not in text:
        return
    windows = [line.endswith("\r") for line in text.split("\n")[:-1]]
    if any(windows) and not all(windows):
        yield Slip(
            windows.index(not windows[0]) + 1,
            _("From here on lines end in another way than those above: Windows and others, mixed."),
            _("Nothing needs to be done here; an editor can make all line ends alike."),
        )


@of_the_store("unreadable", "error")
def unreadable(book: Book) -> Iterator[Slip]:
    """A file that cannot be read: the system refuses it, it is no text, or far too large."""
    for path, problem in book.unreadable:
        yield Slip(1, _reason(problem), problem.hint or _permissions(), path)


def _reason(problem: CrmError) -> str:
    reason = getattr(problem, "reason", "")
    if not reason:
        return str(problem)
    return _("The file cannot be read: {reason}.").format(reason=reason.rstrip("."))


def _permissions() -> str:
    return _("See whether it may be read, in the properties of the file.")


@of_the_store("no-file", "warning")
def looks_like_a_file(book: Book) -> Iterator[Slip]:
    """What is not read: links, folders named like a file, shut ones, repositories of their own."""
    told = _about_oddities()
    for path, kind in book.oddities():
        yield Slip(1, *told[kind], path)


def _about_oddities() -> dict[store.Oddity, tuple[str, str]]:
    return {
        "link": (
            _("This is a link; links are not followed."),
            _("Put the file itself in its place, or delete the link."),
        ),
        "folder": (
            _("This is a folder with the name of a customer's file."),
            _("Rename the folder so that it does not end in .md."),
        ),
        "repository": (
            _("This folder is a repository of its own, so changes in it are not saved here."),
            _("Move it out of the customers, or delete its folder “.git”."),
        ),
        "closed": (
            _("The system does not let this folder be read."),
            _("See whether it may be read, in the properties of the folder."),
        ),
    }


@of_the_store("twins", "error")
def two_files_of_one_name(book: Book) -> Iterator[Slip]:
    """Two files of one name in different folders, in capitals and small letters, or é and é.

    The name of the file says who is meant; two are told apart by their paths only, links lead to
    the first, and some computers cannot keep both.
    """
    for paths in book.twins():
        for path in paths[1:]:
            yield Slip(
                1,
                _("{other} has the same name, so that only its path names this one.").format(
                    other=paths[0]
                ),
                _("Join the two into one file, or give one of them another name."),
                path,
            )


@of_the_store("copy", "warning")
def conflicted_copy(book: Book) -> Iterator[Slip]:
    """The second version that a cloud or a file manager laid beside a file.

    Known are Dropbox, Nextcloud, ownCloud, OneDrive, Syncthing, Seafile, iCloud and the copies of
    Windows, macOS and Google Drive.
    """
    known = {fold_light(path) for path in book.paths}
    for path in book.paths:
        folder, _slash, name = path.removesuffix(".md").rpartition("/")
        numbered = _NUMBERED.match(name)
        twin = f"{folder}/{numbered[1]}.md" if numbered else ""
        if (
            _CONFLICTED.search(name)
            or _ONEDRIVE.search(name)
            or _COPIED.search(name)
            or (twin and fold_light(twin) in known)
        ):
            yield Slip(
                1,
                _("This looks like the copy of another customer's file."),
                _("Take over what is new in it into the other one, then delete it."),
                path,
            )


@of_the_store("kept-beside", "warning")
def kept_beside(book: Book) -> Iterator[Slip]:
    """A version of a customer that `crm sync` could not read, and so kept with the attachments.

    What it says stands in no list and no search until somebody takes it over.
    """
    names = {path.rpartition("/")[2].removesuffix(".md") for path in book.paths}
    for path in book.files:
        found = _BESIDE.match(path)
        if found and found[1] in names:
            yield Slip(
                1,
                _("Another version of this customer, which a sync could not read, is kept here."),
                _("Take over what is new in it into the customer's file, then delete it."),
                path,
            )


@of_the_store("merge-litter", "warning")
def left_by_a_merge(book: Book) -> Iterator[Slip]:
    """What a merge program left: `.orig`, `_BACKUP_`, `_REMOTE_` and the like."""
    for path in book.files:
        if path.startswith(f"{store.CUSTOMERS}/") and _MERGE_LITTER.search(path):
            yield Slip(
                1,
                _("A merge left this file behind."),
                _("Delete it if the customer's own file lacks nothing."),
                path,
            )


@of_the_store("other-ending", "warning")
def almost_markdown(book: Book) -> Iterator[Slip]:
    """A file that ends in .markdown, .MD or .md.txt: only .md is read as a customer."""
    for path in book.files:
        if path.startswith(f"{store.CUSTOMERS}/") and _ALMOST_MARKDOWN.search(path):
            yield Slip(
                1,
                _("This file is not read, since its name does not end in .md."),
                _("Let its name end in .md if it is a customer."),
                path,
            )
