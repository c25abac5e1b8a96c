"""PyYAML's parser, made to guess no types: every scalar is the text that stands there."""

from __future__ import annotations

from functools import cache
from typing import Any

DEEPEST = 50  # levels of lists and mappings in each other that are read


class Misread(Exception):
    """YAML accepts this place, but does not see the text that stands there.

    Attributes:
        index: offset of the place in the text parsed.
    """

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def compose(yaml_text: str) -> Any:  # yaml.Node | None: PyYAML is imported late
    """Return the root node of a text, None if it is empty.

    Raises:
        Exception: one of `failures`.
    """
    return parser()(yaml_text).get_single_node()


@cache
def failures() -> tuple[type[Exception], ...]:
    """Return what reading a text may raise (ValueError: characters that no UTF-8 can hold)."""
    import yaml

    return (yaml.YAMLError, Misread, ValueError, OverflowError)


def reads_well(yaml_text: str) -> bool:
    """Say whether a single value in quotes or brackets is YAML, without a mapping as a key."""
    try:
        return _has_plain_keys(compose(yaml_text))
    except failures():
        return False


def _has_plain_keys(node: Any) -> bool:
    import yaml

    if isinstance(node, yaml.MappingNode):
        return all(
            isinstance(key, yaml.ScalarNode) and _has_plain_keys(value) for key, value in node.value
        )
    return isinstance(node, yaml.ScalarNode) or all(map(_has_plain_keys, node.value))


@cache
def parser() -> Any:  # a class made at run time
    """Return the C parser, or the pure one where it is missing; both without resolving tags."""
    import yaml

    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        base: type = CParser
    else:
        base = yaml.SafeLoader
    hooks = ("resolve", "descend_resolver", "ascend_resolver")
    return type("TextParser", (base,), dict.fromkeys(hooks, _nothing))


def _nothing(*_ignored: object) -> None:
    return None
