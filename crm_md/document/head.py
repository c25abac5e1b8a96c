"""Read the YAML head of a customer file: every value as text, every slip as a finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crm_md.document.head_lines import read_lines
from crm_md.document.head_tree import Fields, Head, Items, Node, Plain, Scalar, plain
from crm_md.document.yaml_nodes import DEEPEST, Misread, compose, failures

if TYPE_CHECKING:
    from crm_md.document.head_repair import Repair
    from crm_md.model import Finding

__all__ = ["Fields", "Head", "Items", "Node", "Plain", "Scalar", "plain", "read_head"]

LONGEST = 1_000_000  # characters of a head; a longer one is a file whose closing line is lost

_OPENING = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_CLOSING = re.compile(r"(?<=\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_LONE_CR = re.compile(r"\r(?!\n)")
_GLUED_HASH = re.compile(r"#(?<=[ \t]#)[^\W_]")
_EXPLICIT_KEY = re.compile(r"\n[ \t-]*\?[ \t\r\n]")
_DEEP = re.compile(rf"\n[ \t?-]{{{DEEPEST}}}")
_BLOCK_WITH_DIGIT = re.compile(r"[|>][+-]?\d")


def read_head(text: str) -> Head:
    """Return the head of a file, whatever stands there; what cannot be read becomes a finding.

    Args:
        text: the whole file, decoded, without BOM; line ends as they are.
    """
    findings: list[Finding] = []
    crlf = text.find("\r\n")
    if crlf >= 0:
        from crm_md.document import head_slips

        findings.append(head_slips.windows_line_ends(text.count("\n", 0, crlf) + 1))
    opening = _OPENING.match(text)
    if opening is None:
        return Head(0, 0, 0, Fields((), 0, 0, 1, False), tuple(findings))
    start = opening.end()
    closing = _CLOSING.search(text, start, start + LONGEST)
    if closing is not None:
        end, body_start = closing.span()
        root = _read_quickly(text, start, end, findings)
        if root is not None:
            return Head(start, end, body_start, root, tuple(findings))
    return _read_slowly(text, start, closing, findings)


def _read_quickly(text: str, start: int, end: int, findings: list[Finding]) -> Fields | None:
    """Return the keys of a head in which YAML sees the text that stands there, else None."""
    plain_lines = read_lines(text, start, end)
    if plain_lines is not None:
        return plain_lines
    if _needs_a_closer_look(text, start, end):
        return None
    found: list[Finding] = []
    yaml_text = text[start:end]
    try:
        root = _Reading(yaml_text, yaml_text, {}, start, found).root()
    except failures():
        return None
    if found:
        findings += found
        findings.sort(key=_line_of)
    return root


def _needs_a_closer_look(text: str, start: int, end: int) -> bool:
    """Say whether YAML would accept this without a word and yet not see the text that stands there.

    The depth is bounded here as well: libyaml's composer overflows the stack at 100,000 levels.
    """
    yaml_text = text[start:end]
    return bool(
        ("#" in yaml_text and _GLUED_HASH.search(yaml_text))
        or ("\r" in yaml_text and _LONE_CR.search(yaml_text))
        or "\x85" in yaml_text
        or "\u2028" in yaml_text
        or "\u2029" in yaml_text
        or "\ufeff" in yaml_text
        or ("?" in yaml_text and _EXPLICIT_KEY.search(text, start - 1, end))
        or yaml_text.count("[") + yaml_text.count("{") > DEEPEST
        or _DEEP.search(text, start - 1, end)
    )


def _read_slowly(
    text: str, start: int, closing: re.Match[str] | None, findings: list[Finding]
) -> Head:
    """Return a head that YAML does not read as it stands, or that has no closing line."""
    from crm_md.document import head_bounds, head_slips

    if closing is not None:
        head = _read_repaired(text, start, *closing.span(), findings)
        end = head_bounds.end_before_body(text, head)
        if end is None:
            return head
    else:
        end = head_bounds.end_of_unclosed(text, start, start + LONGEST)
        if end == start + LONGEST < len(text):
            nothing = Fields((), start, start, 2, False)
            return Head(start, len(text), len(text), nothing, (head_slips.too_long(), *findings))
    slip = head_slips.unclosed(text.count("\n", 0, end) + 1)
    return _read_repaired(text, start, end, end, [*findings, slip])


def _read_repaired(
    text: str, start: int, end: int, body_start: int, findings: list[Finding]
) -> Head:
    """Return a head in which each value that YAML fails at becomes text, and nothing else."""
    from crm_md.document.head_repair import Repair

    repair = Repair(text[start:end])
    while True:
        shadow = repair.shadow()
        found: list[Finding] = []
        try:
            root = _Reading(text[start:end], shadow, repair.originals, start, found).root()
        except failures() as failure:
            repair.cover_more(_failing_line(failure, repair))
        else:
            break
    everything = sorted([*findings, *repair.findings, *found], key=_line_of)
    return Head(start, end, body_start, root, tuple(everything))


def _line_of(finding: Finding) -> int:
    return finding.line


def _failing_line(failure: Exception, repair: Repair) -> int:
    """Return the line, from 0 in the YAML text, where the failing value begins; -1 if unknown."""
    if isinstance(failure, Misread):
        return repair.line_at(failure.index)
    context = str(getattr(failure, "context", None) or "")
    mark = getattr(failure, "context_mark", None)
    if mark is None or "block mapping" in context or "block sequence" in context:
        mark = getattr(failure, "problem_mark", None)
    return -1 if mark is None else int(mark.line)


class _Reading:
    """One pass from YAML's nodes to our tree.

    The text parsed (`shadow`) has the length of the original; where it differs, `originals` says
    which character each stand-in is, and an ``x`` stands for the character in its place.
    """

    def __init__(
        self,
        yaml_text: str,
        shadow: str,
        originals: dict[int, str],
        start: int,
        found: list[Finding],
    ) -> None:
        import yaml

        self.text, self.shadow, self.originals = yaml_text, shadow, originals
        self.start, self.found = start, found
        self.repaired = shadow is not yaml_text
        self.scalar_node, self.mapping_node = yaml.ScalarNode, yaml.MappingNode

    def root(self) -> Fields:
        """Return the keys of the whole text."""
        node = compose(self.shadow)
        if node is None:
            return Fields((), self.start, self.start, 2, False)
        if type(node) is not self.mapping_node:
            raise Misread(node.start_mark.index)
        return self.fields(node, 0)

    def node(self, node: Any, after: int) -> Node:
        kind = type(node)
        if kind is self.scalar_node:
            return self.scalar(node, after)
        if kind is self.mapping_node:
            return self.fields(node, after)
        return self.items(node, after)

    def scalar(self, node: Any, after: int) -> Scalar:
        """Return the text that stands there, or refuse: an anchor, an alias, a swallowed line."""
        mark = node.start_mark
        start, end, value, style = mark.index, node.end_mark.index, node.value, node.style
        if start < after:
            raise Misread(after)  # an alias: its node stands further up
        if not style:
            if value == self.shadow[start:end]:
                if self.repaired:
                    value = self.text[start:end]
                return Scalar(value, self.start + start, self.start + end, mark.line + 2, False)
            if self.shadow[start] in "&!*" or "\n" not in self.shadow[start:end]:
                raise Misread(start)
        elif self.shadow[start] != style:
            raise Misread(start)
        elif style in "|>":
            end = start + len(self.shadow[start:end].rstrip(" \t\r\n"))
            if not value and _BLOCK_WITH_DIGIT.match(self.shadow, start) and not self.repaired:
                raise Misread(start)
        elif not self.repaired and self.shadow.find("\n", start, end) >= 0:
            raise Misread(start)
        if self.originals:
            value = value.translate(self.originals)
        return Scalar(value, self.start + start, self.start + end, mark.line + 2, bool(style))

    def items(self, node: Any, after: int) -> Items:
        start, end, flow = self.span(node, after)
        items: list[Node] = []
        after = start
        for child in node.value:
            item = self.node(child, after)
            items.append(item)
            after = item.end - self.start
        line = node.start_mark.line + 2
        return Items(
            tuple(items), self.start + start, self.start + (end if flow else after), line, flow
        )

    def fields(self, node: Any, after: int) -> Fields:
        start, end, flow = self.span(node, after)
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        after = start
        for key_node, value_node in node.value:
            if type(key_node) is not self.scalar_node:
                raise Misread(key_node.start_mark.index)
            key = self.scalar(key_node, after)
            value = self.node(value_node, key.end - self.start)
            if key.text in seen or (flow and value.start == value.end):
                self.look_at_key(seen.get(key.text), key, value, flow)
            seen[key.text] = key
            pairs.append((key, value))
            after = value.end - self.start
        line = node.start_mark.line + 2
        return Fields(
            tuple(pairs), self.start + start, self.start + (end if flow else after), line, flow
        )

    def span(self, node: Any, after: int) -> tuple[int, int, bool]:
        """Return where a list or mapping starts and ends and whether it stands in brackets."""
        start, end, flow = node.start_mark.index, node.end_mark.index, bool(node.flow_style)
        if start < after:
            raise Misread(after)
        if self.shadow[start] in "&!" or (
            flow and not self.repaired and self.shadow.find("\n", start, end) >= 0
        ):
            raise Misread(start)
        return start, end, flow

    def look_at_key(self, double: Scalar | None, key: Scalar, value: Node, flow: bool) -> None:
        """Note a key that stands twice, and one in braces that a comma made of a value."""
        from crm_md.document import head_slips

        if double is not None:
            self.found.append(head_slips.double_key(double.line, key.text, key.line))
        if flow and ":" not in self.shadow[key.end - self.start : value.start - self.start]:
            slip = head_slips.no_blank if ":" in key.text else head_slips.comma_cut
            self.found.append(slip(key.line, key.text))
