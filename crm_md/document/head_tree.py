"""What stands in the head of a file, as frozen values: every scalar a text with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from crm_md.frozen import dataclass

if TYPE_CHECKING:
    from crm_md.model import Finding

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text of the head, never typed: ``01067``, ``NO`` and ``~`` are what stands there.

    Attributes:
        text: the value; empty where nothing stands (then ``start == end``).
        start: offset of its first character in the file, a quotation mark included.
        end: offset behind its last character.
        line: line of the file, from 1.
        quoted: it stands in quotation marks or as a block (``|``, ``>``).
    """

    text: str
    start: int
    end: int
    line: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A list, ``- `` by ``- `` or, where ``flow``, in brackets; places as in `Scalar`."""

    items: tuple[Node, ...]
    start: int
    end: int
    line: int
    flow: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys with their values in the order of the file, doubles included; places as in `Scalar`."""

    pairs: tuple[tuple[Scalar, Node], ...]
    start: int
    end: int
    line: int
    flow: bool

    def get(self, key: str) -> Node | None:
        """Return the value of this literal key (the last one counts), or None."""
        for found, value in reversed(self.pairs):
            if found.text == key:
                return value
        return None


Node: TypeAlias = "Scalar | Items | Fields"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a file: where it stands, what it says, what is wrong with it.

    Attributes:
        start: offset of the YAML text, behind the first ``---`` line.
        end: offset behind the YAML text, where the closing line begins.
        body_start: offset of the text after the closing line; 0 where the file has no head.
        root: the keys; empty where there are none.
        findings: in the order of their lines; their path is empty.
    """

    start: int
    end: int
    body_start: int
    root: Fields
    findings: tuple[Finding, ...]

    def __getitem__(self, key: str) -> Plain:
        """Return the value of a literal key as plain text, list or dict.

        Raises:
            KeyError: the head has no such key.
        """
        found = self.root.get(key)
        if found is None:
            raise KeyError(key)
        return plain(found)

    def __contains__(self, key: str) -> bool:
        """Say whether the head has this literal key."""
        return self.root.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Walk over the keys as they stand; a double comes twice."""
        return (key.text for key, _ in self.root.pairs)


def plain(node: Node) -> Plain:
    """Return the node as nested dict, list and str without places; of doubles the last counts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}
