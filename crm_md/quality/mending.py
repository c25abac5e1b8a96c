"""Mend what guesses no meaning: quotation marks, a next step that is done, folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_md import store
from crm_md.config import with_setting
from crm_md.crm import Crm
from crm_md.document import Document, Items, Scalar, node_at, plain_value, without
from crm_md.document.yaml_text import scalar as as_yaml
from crm_md.errors import FileChanged, WouldChangeMore
from crm_md.frozen import dataclass
from crm_md.likeness import slug_in
from crm_md.messages import _, ngettext
from crm_md.quality.book import OpenBook, Page
from crm_md.quality.misreading import misread, scalars
from crm_md.quality.story import what_completed
from crm_md.quality.surroundings import MOST_IN_ONE_FOLDER, flat
from crm_md.words import KEYS, plain

# Findings of the document room about a value that YAML refuses and that is read as text.
READ_AS_TEXT = frozenset(("head-value", "head-mark", "head-hash", "head-key"))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file that would say the same in other letters, or lose a step that is done.

    Attributes:
        quoted: how many values get quotation marks.
        completed: the next step that is taken out, "" if none.
    """

    path: str
    name: str
    before: bytes
    after: bytes
    quoted: int = 0
    completed: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A file that would go into its folder of two letters."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mending:
    """All that can be mended without guessing; nothing of it is done yet.

    Attributes:
        settings: ``crm.toml`` before and after, None if it stays.
    """

    files: tuple[Rewritten, ...] = ()
    moves: tuple[Moved, ...] = ()
    settings: tuple[bytes, bytes] | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.moves)

    @property
    def told(self) -> tuple[str, ...]:
        """What would be done, in a sentence or two."""
        return tuple(_told(self))


def plan_mending(crm: Crm, only: str = "") -> Mending:
    """Say what can be mended without guessing; nothing is written.

    Args:
        crm: the open store; its ``progress`` is told.
        only: the path of one customer's file; "" for the whole store, folders included.
    """
    book = OpenBook(crm, only)
    files = tuple(found for page in book.pages() if (found := _rewritten(page)))
    moves = () if only else tuple(_moves(book))
    if not moves:
        return Mending(files)
    before = store.read(crm.root, store.SETTINGS) or b""
    text = with_setting(before.decode("utf-8"), ("layout",), "letters")
    return Mending(files, moves, (before, text.encode("utf-8")))


def mend(crm: Crm, mending: Mending) -> str:
    """Do what was planned, as one action; return its name for undo.

    Args:
        crm: the open store.
        mending: what `plan_mending` returned and somebody saw.

    Raises:
        FileChanged: a file changed since it was shown; nothing was done.
        NotSaved and the others of `Crm.change`.
    """
    with crm.change("check") as change:
        after = {one.path: one.after for one in mending.files}
        for one in mending.files:
            if change.read_bytes(one.path) != one.before:
                raise FileChanged(one.path)
            change.put_bytes(one.path, one.after)
        for move in mending.moves:
            data = after.get(move.old, change.read_bytes(move.old))
            if data is None or change.read_bytes(move.new) is not None:
                raise FileChanged(move.old)
            change.put_bytes(move.new, data)
            change.put_bytes(move.old, None)
        if mending.settings:
            if (change.read_bytes(store.SETTINGS) or b"") != mending.settings[0]:
                raise FileChanged(store.SETTINGS)
            change.put_bytes(store.SETTINGS, mending.settings[1])
        change.message = _message(mending)
    return change.id


def _message(mending: Mending) -> str:
    if len(mending.files) == 1 and not mending.moves:
        return f"{mending.files[0].name}: {'; '.join(mending.told)}"
    subject = _("Mended: {what}").format(what="; ".join(mending.told))
    return "\n\n".join(filter(None, (subject, "\n".join(one.name for one in mending.files))))


def _told(mending: Mending) -> Iterator[str]:
    quoted = sum(one.quoted for one in mending.files)
    completed = sum(bool(one.completed) for one in mending.files)
    if quoted:
        yield ngettext(
            "1 value in quotation marks", "{count} values in quotation marks", quoted
        ).format(count=quoted)
    if completed:
        yield ngettext(
            "1 next step taken out, which is done",
            "{count} next steps taken out, which are done",
            completed,
        ).format(count=completed)
    if mending.moves:
        yield ngettext(
            "1 file into its folder of two letters",
            "{count} files into folders of two letters",
            len(mending.moves),
        ).format(count=len(mending.moves))


def _rewritten(page: Page) -> Rewritten | None:
    document = page.document
    mended, quoted = with_quotes(document)
    mended, completed = _without_completed(page, mended)
    if mended.data == document.data:
        return None
    name = page.customer.name
    return Rewritten(document.path, name, document.data, mended.data, quoted, completed)


def _without_completed(page: Page, document: Document) -> tuple[Document, str]:
    """Take the next step out if it is done and stands alone; return it as it was written."""
    step, node = page.customer.next, node_at(document, ("next",))
    keys = [key for key in document.head if KEYS.get(plain(key)) == "next"]
    several = len(keys) > 1 or (isinstance(node, Items) and len(node.items) > 1)
    if step is None or several or not what_completed(page):
        return document, ""
    try:
        return without(document, ("next",)), step.written
    except WouldChangeMore:  # then it is a person's work
        return document, ""


def with_quotes(document: Document) -> tuple[Document, int]:
    """Return the document with quotation marks where other programs see another text than we do.

    Every key and value says the same before and after; where one would not, it stays as it is.

    Returns:
        the document, and how many keys and values got quotation marks.
    """
    wanted = list(_wanted(document))
    if not wanted:
        return document, 0
    together = _quoted(document, wanted)
    if _says_the_same(document, together):
        return together, len(wanted)
    count = 0
    for one in reversed(wanted):  # from the end, so that the places of the others stay
        alone = _quoted(document, [one])
        if _says_the_same(document, alone):
            document, count = alone, count + 1
    return document, count


def _wanted(document: Document) -> Iterator[Scalar]:
    """The keys and values to quote, in the order of the file."""
    head = document.head
    as_text = {finding.line for finding in head.findings if finding.check in READ_AS_TEXT}
    misread_by_others = {one.start for one, _seen in misread(head.root)}
    for one in scalars(head.root):
        if one.quoted or not one.text or not _is_text(document, one):
            continue
        if one.start in misread_by_others:
            yield one
        elif as_text:
            last = one.line + document.text.count("\n", one.start, one.end)
            slipped = any(one.line <= line <= last for line in as_text)
            if slipped and as_yaml(one.text, flow=True) != one.text:
                yield one


def _is_text(document: Document, one: Scalar) -> bool:
    """Bytes that are no UTF-8 stay: quoting would have to guess what they mean."""
    return document.text[one.start : one.end] == document.shown[one.start : one.end]


def _quoted(document: Document, wanted: Sequence[Scalar]) -> Document:
    text = document.text
    for one in reversed(wanted):
        text = text[: one.start] + as_yaml(one.text, '"') + text[one.end :]
    return document.with_text(text)


def _says_the_same(before: Document, after: Document) -> bool:
    return plain_value(before.head.root) == plain_value(after.head.root)


def _moves(book: OpenBook) -> Iterator[Moved]:
    """The files that lie flat, where that are too many; none goes where another file lies."""
    lying = flat(book)
    if book.config.layout != "flat" or len(lying) <= MOST_IN_ONE_FOLDER:
        return
    taken = {path.casefold() for path in book.paths}
    for old in lying:
        slug = slug_in(old)
        new = store.path_for(slug, "letters")
        if new.casefold() not in taken:
            taken.add(new.casefold())
            yield Moved(old, new)
