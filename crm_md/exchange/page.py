"""A page to read, as plain values, and the same page as Markdown. Source: CommonMark 0.31."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from crm_md.frozen import dataclass

LinkKind = Literal["tel", "mailto", "geo", "web"]
# Controls, marks that turn the direction of writing, lone surrogates: nothing that steers a
# terminal or damages a page.
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(range(0x10FF80, 0x110000), "\ufffd"),  # stand-ins for bytes that are no text
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " "),
    0x09: "\t",
    0x0A: "\n",
}
_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])")  # unless a backslash stands before it
# What at the beginning of a line would be structure: heading, quote, list, fence, rule, link.
_LEAD = re.compile(r"[#>*+=|~`_-]|\[(?!\[)")
_NUMBER = re.compile(r"(\d+)([.)])")
_STARTS = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s|\S+::|\[\S+::)|\s{4}|\t")
_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
_IN_BOLD = re.compile(r"([*_`\[\]\\])")


@dataclass(frozen=True, slots=True)
class Link:
    """Something to dial, to write to, to drive to or to open.

    Attributes:
        kind: what happens.
        text: as it stands in the file.
    """

    kind: LinkKind
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a section.

    Attributes:
        text: one line.
        label: stands before it, in bold.
        links: stand behind it.
        more: lines that belong to it; as items with what was told, and nothing more below.
        told: whole words of the file, with their lines.
        urgent: to be seen first.
    """

    text: str = ""
    label: str = ""
    links: tuple[Link, ...] = ()
    more: tuple[str | Item, ...] = ()
    told: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One customer's page: its title, what stands right below it, its sections."""

    title: str
    lead: tuple[Item, ...]
    sections: tuple[Section, ...]


def as_markdown(pages: Sequence[Page], title: str = "") -> str:
    """Return pages as Markdown that says what they say, whatever stands in their texts.

    The words of the file stay as they are but for what would be structure or HTML of its own.

    Args:
        pages: one after the other.
        title: above them all; without it each begins with a heading of the first level.
    """
    top = 2 if title else 1
    blocks = [f"# {_heading(title)}"] if title else []
    for page in pages:
        blocks.append(f"{'#' * top} {_heading(page.title)}")
        blocks += ["\n".join(_lines(page.lead))] if page.lead else []
        for section in page.sections:
            blocks.append(f"{'#' * (top + 1)} {_heading(section.title)}")
            blocks.append("\n".join(_lines(section.items)))
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def as_item(line: str | Item) -> Item:
    """Return a line that belongs to another one as the item that it is."""
    return line if isinstance(line, Item) else Item(line)


def clean(text: str) -> str:
    """Return a text with its lines, without anything that steers a terminal."""
    return text.replace("\r\n", "\n").translate(_CLEAN)


def flowing(text: str) -> str:
    """Return a text with the lines of one paragraph as one, for screens of any width.

    Lists, facts, quotes, tables and headings keep their lines; a text with a block of code all.
    """
    whole: list[str] = []
    for line in clean(text).split("\n"):
        goes_on = whole and whole[-1].strip() and line.strip() and not _STARTS.match(line)
        if goes_on and not _FENCE.search(text):
            whole[-1] = f"{whole[-1].rstrip()} {line.strip()}"
        else:
            whole.append(line)
    return "\n".join(whole).strip("\n")


def one_line(text: str) -> str:
    """Return a text on one line, without anything that steers a terminal."""
    return " ".join(clean(text).split())


def _lines(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        yield f"- {_said(item)}"
        for below in map(as_item, item.more):
            yield f"  - {_said(below)}"
            if below.told:
                yield f"    > {_without_tags(one_line(below.told))}"
        if item.told.strip():
            yield ""
            for line in clean(item.told).strip("\n").split("\n"):
                yield f"  > {_without_tags(line)}".rstrip()
            yield ""


def _said(item: Item) -> str:
    links = ", ".join(_without_tags(one_line(link.text)) for link in item.links)
    if not item.label:
        return _inline(", ".join(filter(None, (one_line(item.text), links))))
    rest = ", ".join(filter(None, (_without_tags(one_line(item.text)), links)))
    label = _without_tags(_IN_BOLD.sub(r"\\\1", one_line(item.label)))
    return f"**{label}**: {rest}" if rest else f"**{label}**"


def _heading(text: str) -> str:
    """A row of # at its end would not be shown."""
    line = _inline(text)
    return f"{line}\\#".replace("#\\#", "\\#") if line.endswith("#") else line


def _inline(text: str) -> str:
    line = _without_tags(one_line(text))
    if _LEAD.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def _without_tags(text: str) -> str:
    return _TAG.sub(r"\1\\<", text)
