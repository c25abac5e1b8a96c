"""Cut the head of a file into its keys, items and remarks, at every depth, without a loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from crm_md.document.head_layout import column, entry_start, line_end
from crm_md.document.head_tree import Fields, Items, Node, Plain, Scalar
from crm_md.document.pieces.heads import head_of
from crm_md.document.pieces.item_pairs import english
from crm_md.document.pieces.strand import Strand
from crm_md.frozen import dataclass

Sort = Literal["pairs", "items"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single text, as it stands and as it is read."""

    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A list or mapping.

    Attributes:
        opening: the bracket before, "" where it stands line by line; likewise ``closing``.
    """

    sort: Sort
    opening: str
    strand: Strand[Twig]
    closing: str

    @property
    def raw(self) -> str:
        """Its text."""
        return self.opening + self.strand.raw + self.closing


Value: TypeAlias = "Leaf | Branch"


@dataclass(frozen=True, slots=True)
class Twig:
    """A key with its value, an item of a list, or a remark on a line of its own.

    Attributes:
        key: the English name of the key, "" of an item, `REMARK`.
        before: what stands before the value: ``phone: ``, ``- ``, or the whole remark.
        behind: what stands behind it in its line, a remark mostly.
        column: where it begins in its line.
    """

    key: str
    before: str
    value: Value
    behind: str
    column: int

    @property
    def raw(self) -> str:
        """Its text."""
        return self.before + self.value.raw + self.behind


REMARK = "#"
NOTHING = Leaf("", "")


@dataclass(frozen=True, slots=True)
class HeadPieces:
    """The head of a file: the line that opens it, what stands in it, the line that closes it."""

    opening: str
    root: Branch
    closing: str

    @property
    def raw(self) -> str:
        """Its text."""
        return self.opening + self.root.raw + self.closing


def cut_head(raw: str) -> HeadPieces | None:
    """Return the pieces of a head; None if they would not be the same text again.

    Args:
        raw: from the opening to the closing line; its lines end with ``\\n``.
    """
    head = head_of(raw)
    if not head.body_start:
        return None
    opening, closing = raw[: head.start], raw[head.end :]
    if head.root.flow:
        start, end = head.root.start, head.root.end
        before, behind = raw[head.start : start], raw[end : head.end]
        root = _branch(raw, head.root, start, "")
        pieces = HeadPieces(opening + before, root, behind + closing)
    else:
        strand = _strand(raw, head.root, head.start, head.end, "")
        pieces = HeadPieces(opening, Branch("pairs", "", strand, ""), closing)
    return pieces if pieces.raw == raw else None


def meaning_of_value(value: Value) -> Plain:
    """Return what a value says, keys under their English names; of doubles the last counts."""
    if isinstance(value, Leaf):
        return value.text
    twigs = [twig for twig in value.strand.pieces if twig.key != REMARK]
    if value.sort == "items":
        return [meaning_of_value(twig.value) for twig in twigs]
    return {twig.key: meaning_of_value(twig.value) for twig in twigs}


def _value(text: str, node: Node, begin: int, inside: str) -> tuple[Value, int]:
    """Return a value, remarks before its first line included, and where it ends."""
    if isinstance(node, Scalar):
        return Leaf(text[node.start : node.end], node.text), max(node.end, begin)
    branch = _branch(text, node, begin, inside)
    return branch, begin + len(branch.raw)


def _branch(text: str, node: Fields | Items, begin: int, inside: str) -> Branch:
    sort: Sort = "pairs" if isinstance(node, Fields) else "items"
    if not node.flow:
        return Branch(sort, "", _strand(text, node, begin, None, inside), "")
    opening, closing = text[node.start], text[node.end - 1]
    twigs: list[Twig] = []
    gaps: list[str] = []
    behind = node.start + 1
    for start, value_start, value_node, key in _entries(text, node, inside):
        value, end = _value(text, value_node, value_start, inside or key)
        gaps.append(text[behind:start])
        twigs.append(Twig(key, text[start:value_start], value, "", column(text, start)))
        behind = end
    gaps.append(text[behind : node.end - 1])
    return Branch(sort, opening, Strand(tuple(twigs), tuple(gaps)), closing)


def _strand(
    text: str, node: Fields | Items, begin: int, end: int | None, inside: str
) -> Strand[Twig]:
    """Return the entries of a list or mapping that stands line by line.

    Args:
        begin: where to look for remarks before the first entry.
        end: where to look for remarks behind the last one; None leaves them to what is around it.
    """
    twigs: list[Twig] = []
    gaps: list[str] = []
    behind = begin
    for start, value_start, value_node, key in _entries(text, node, inside):
        behind = _remarks(text, behind, start, twigs, gaps)
        value, stop = _value(text, value_node, value_start, inside or key)
        rest = stop if isinstance(value, Branch) and not value.opening else line_end(text, stop)
        gaps.append(text[behind:start])
        twigs.append(
            Twig(key, text[start:value_start], value, text[stop:rest], column(text, start))
        )
        behind = rest
    if end is not None:
        behind = _remarks(text, behind, end, twigs, gaps)
    return Strand(tuple(twigs), (*gaps, text[behind:end] if end is not None else ""))


def _remarks(text: str, begin: int, end: int, twigs: list[Twig], gaps: list[str]) -> int:
    """Take the lines between two entries that say something; return where the last one ends."""
    behind, at = begin, begin
    for line in text[begin:end].split("\n"):
        words = line.strip(" \t")
        if words:
            start = at + line.index(words)
            gaps.append(text[behind:start])
            twigs.append(Twig(REMARK, words, NOTHING, "", column(text, start)))
            behind = start + len(words)
        at += len(line) + 1
    return behind


def _entries(text: str, node: Fields | Items, inside: str) -> Iterator[tuple[int, int, Node, str]]:
    """Yield where each entry starts, where its value does, the value, and the English key."""
    if isinstance(node, Fields):
        for key, value in node.pairs:
            yield key.start, _value_start(text, key.end, value), value, english(key.text, inside)
    else:
        for index, item in enumerate(node.items):
            start = entry_start(text, node, index)
            yield start, _value_start(text, start, item), item, ""


def _value_start(text: str, behind: int, value: Node) -> int:
    """Return where a value starts; of one in lines of its own, behind the line of its key."""
    stop = line_end(text, behind)
    if not isinstance(value, Scalar) and not value.flow and value.start > stop:
        return stop
    return max(behind, value.start)


def literal_key(twig: Twig) -> str:
    """Return the key of a twig as it stands in the file."""
    head = head_of(f"---\n{twig.before.rstrip()}\n---\n")
    keys: Sequence[str] = list(head)
    return keys[0] if keys else twig.key
