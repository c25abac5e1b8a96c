"""Heads as people write them, for properties: comments, both styles, odd values, any depth."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from crm_md.document.head import Fields, Items, Node, Scalar, read_head
from crm_md.document.yaml_text import Value

ODD = [
    *("01067", "+491715550123", "0351123456", "12:30", "1_000", "1e3", "0x1F", "0o17", "24.000"),
    *("no", "Y", "on", "null", "~", "<<", "=", "2026-11-20", "2026-11-20 14:30", "20.11.2026"),
    *("Müller: Söhne", "@anna", "&Co KG", "*x", "!Heinz", "#1", "Müller #1", "a # b", "- x", "-"),
    *("?", "? x", ": x", "a:", "a, b", "[x]", "{x}", "{{ x }}", "|", "> x", "%5", "`x`", "'", '"'),
    *("it's", 'say "x"', "both ' and \"", "C:\\Users", "", " ", " x", "x ", "a\nb", "a\n", "\t"),
    *("---", "...", "x\ty", "p\u2028q", "p\x85q", "\ufeff", "\x00", "\x1b[1m", "\xa0", "ä", "😀"),
    *("http://x.example/?a=b#c", "GmbH & Co. KG", "6w", "2026-12-01 Angebot nachfassen", "24,50"),
]
values = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(["Borkum", "Heike Petersen", "mode", "04922 9300-0"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
keys = st.sampled_from(["name", "phone", "tags", "next", "PLZ", "a b", "no", "12", "x: y", "Größe"])
collections: st.SearchStrategy[Value] = st.recursive(
    values,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(keys, inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)

_plain = st.sampled_from(
    [
        "Borkum",
        "04922 9300-0",
        "01067",
        "no",
        "2026-11-20",
        "a:b",
        "GmbH & Co. KG",
        "it's",
        "~",
        "12:30",
    ]
)
_scalars = st.one_of(
    _plain,
    st.sampled_from(
        ["", '"x # y"', "'it''s'", '"a\\nb"', '""', "Müller: Söhne", "@anna", "&Co KG"]
    ),
)
_flows = st.sampled_from(
    [
        "[a, b]",
        "[]",
        "{}",
        "[ a , 'b, c' ]",
        '{zip: "26757", city: Borkum}',
        "[{a: 1}, [b]]",
        "{a: , b: c,}",
    ]
)
_comments = st.sampled_from(["", "", "", "  # Notiz", " # eng", " #", "\t# x: y"])
_between = st.sampled_from(["", "", "", "", "# Kommentar: x", "     # tief", "  # zwei", " "])


_PIECES = [
    *(
        "name: ",
        "phone:",
        "- ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\r\n",
        "x",
        "Müller",
        '"',
        "'",
        "[",
        "]",
    ),
    *(
        "{",
        "}",
        ",",
        ": ",
        " #",
        "# c\n",
        "&a",
        "*a",
        "!t",
        "|\n",
        ">2",
        "? ",
        "\t",
        "\r",
        "\u2028",
    ),
    *("\x00", "\ud800", "\ufeff", "@", "%", "`", "---", "...", "\\", "\ue000", "<<: ", "\n\n"),
]
broken_heads = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A whole file: a head of nested lists and mappings, and a body."""
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    lines = _mapping(draw, 0, 0)
    body = draw(st.sampled_from(["", "# Titel\n\nText\n", "\n\nText: x\r\n---\n", "no line end"]))
    return end.join(["---", *lines, "---", ""]) + body


def _mapping(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    names = draw(
        st.lists(keys.filter(lambda key: ":" not in key), min_size=1, max_size=4, unique=True)
    )
    return [line for name in names for line in _entry(draw, " " * column + name, column, depth)]


def _entry(draw: st.DrawFn, begin: str, column: int, depth: int) -> list[str]:
    comment = draw(_comments)
    kinds = ["scalar", "scalar", "flow", "block", "folded", "lines"]
    if depth < 3:
        kinds += ["list", "list", "map"]
    kind = draw(st.sampled_from(kinds))
    inner = column + draw(st.sampled_from([1, 2, 4]))
    if kind == "scalar":
        lines = [f"{begin}: {draw(_scalars)}{comment}"]
    elif kind == "flow":
        lines = [f"{begin}: {draw(_flows)}{comment}"]
    elif kind == "block":
        lines = [
            f"{begin}: {draw(st.sampled_from(['|', '>-']))}{comment}",
            " " * inner + "x: y # z",
        ]
    elif kind == "folded":
        lines = [f"{begin}: erste", " " * inner + "und zweite" + comment]
    elif kind == "lines":
        lines = [f"{begin}: [{comment}", " " * inner + "a,", " " * inner + "b", " " * column + "]"]
    elif kind == "map":
        lines = [f"{begin}:{comment}", *_mapping(draw, inner, depth + 1)]
    else:
        lines = [
            f"{begin}:{comment}",
            *_items(draw, draw(st.sampled_from([column, inner])), depth + 1),
        ]
    between = draw(_between)
    return [*lines, between] if between else lines


def _items(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    dash = " " * column + "-" + " " * draw(st.sampled_from([1, 1, 3]))
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines.append(dash + draw(st.one_of(_scalars, _flows)) + draw(_comments))
        else:
            first, *rest = _mapping(draw, len(dash), depth)
            lines += [dash + first[len(dash) :], *rest]
    return lines


def paths(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Walk over the paths of all values, lists and mappings of a tree but the root."""
    if path:
        yield path
    if isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from paths(item, (*path, index))
    elif isinstance(node, Fields):
        for key in dict.fromkeys(key.text for key, _ in node.pairs):
            value = node.get(key)
            assert value is not None
            yield from paths(value, (*path, key))


def paths_of(
    text: str, kind: type[Scalar] | type[Items] | type[Fields]
) -> list[tuple[str | int, ...]]:
    """Return the paths of all values of a kind in the head of a file."""
    root = read_head(text).root
    return [path for path in paths(root) if isinstance(at(root, path), kind)]


def at(root: Fields, path: tuple[str | int, ...]) -> Node:
    """Return the node at a path that is there."""
    node: Node = root
    for part in path:
        found = node.items[part] if isinstance(node, Items) and isinstance(part, int) else None
        if isinstance(node, Fields) and isinstance(part, str):
            found = node.get(part)
        assert found is not None
        node = found
    return node
