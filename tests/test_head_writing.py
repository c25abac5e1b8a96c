"""A change of the head keeps the hand of the person who wrote it."""

from __future__ import annotations

import pytest

from crm_md.document.head import plain, read_head
from crm_md.document.head_writing import (
    Path,
    add_key,
    append_item,
    create_head,
    quote_value,
    remove,
    set_value,
)
from crm_md.document.yaml_text import Value
from crm_md.errors import WouldChangeMore

PETERSEN = """\
---
name: Modehaus   # wichtig
aliases: [Petersen Borkum]
phone: 04922 9300-0     # Laden
zip: "26757"
land: 'NO'
owner: @anna
address:
  street: Strandstraße 7
  # hinterm Deich
  city: Borkum
goal:
seen:   # nie
contacts:               # nach Wichtigkeit
  - name: Heike Petersen # Chefin
    phone:
      - 04922 9300-12
      - "+491715550123"
    # nach dem Telefon
    email: h@x.example

  - name: Jens
    role: Einkauf
note: |   # lang
  erste
  zweite
# unten
reach: {a: 1, b: [x, y]}
---
# Titel
"""


def changes(new: str, old: str = PETERSEN) -> list[str]:
    """Return the lines that an edit took away and put in, as a diff would."""
    before, after = old.split("\n"), new.split("\n")
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    gone = before[first : len(before) - last]
    come = after[first : len(after) - last]
    return [f"-{line}" for line in gone] + [f"+{line}" for line in come]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("name",), "Haus", ["-name: Modehaus   # wichtig", "+name: Haus   # wichtig"]),
        (("name",), "a: b", ["-name: Modehaus   # wichtig", '+name: "a: b"   # wichtig']),
        (("zip",), "Borkum", ['-zip: "26757"', '+zip: "Borkum"']),
        (("land",), "it's", ["-land: 'NO'", "+land: 'it''s'"]),
        (("land",), "a\nb", ["-land: 'NO'", '+land: "a\\nb"']),
        (("owner",), "ben", ["-owner: @anna", "+owner: ben"]),
        (("owner",), "@ben", ["-owner: @anna", '+owner: "@ben"']),
        (("goal",), "wachsen", ["-goal:", "+goal: wachsen"]),
        (("seen",), "heute", ["-seen:   # nie", "+seen: heute  # nie"]),
        (("note",), "kurz", ["-note: |   # lang", "-  erste", "-  zweite", "+note: kurz   # lang"]),
        (("reach", "b", 0), "a, b", None),
        (("aliases", 0), "Petersen, Borkum", None),
        (
            ("contacts", 0, "phone", 1),
            "0171 5550123",
            ['-      - "+491715550123"', '+      - "0171 5550123"'],
        ),
        (("goal",), ["mode", "insel"], ["-goal:", "+goal: [mode, insel]"]),
        (("goal",), ["01", "x"], ['+  - "01"', "+  - x"]),
        (("seen",), {"a": "b"}, ["+  a: b"]),
        (
            ("phone",),
            ["04922 9300-0", "+491715550123"],
            [
                "-phone: 04922 9300-0     # Laden",
                "+phone:     # Laden",
                "+  - 04922 9300-0",
                '+  - "+491715550123"',
            ],
        ),
        (("contacts", 0, "phone"), ["04922 9300-12"], ['-      - "+491715550123"']),
        (
            ("contacts", 0, "phone"),
            ["neu", "04922 9300-12", "+491715550123"],
            ["+      - neu"],
        ),
        (
            ("contacts", 0, "phone"),
            "1",
            [
                "-    phone:",
                "-      - 04922 9300-12",
                '-      - "+491715550123"',
                '+    phone: "1"',
            ],
        ),
        (("contacts", 1), "Jens", ["-  - name: Jens", "-    role: Einkauf", "+  - Jens"]),
        (
            ("contacts", 1),
            {"name": "Jens", "role": "Chef"},
            ["-    role: Einkauf", "+    role: Chef"],
        ),
        (
            ("contacts", 0, "name"),
            ["a: b"],
            [
                "-  - name: Heike Petersen # Chefin",
                "+  - name: # Chefin",
                '+      - "a: b"',
            ],
        ),
        (
            ("address",),
            {"street": "Strandstraße 7", "city": "Juist", "zip": "26571"},
            ["-  city: Borkum", "+  city: Juist", '+  zip: "26571"'],
        ),
        (("reach",), {"a": "1", "b": ["x"]}, None),
        (("reach",), [], None),
    ],
)
def test_a_value_is_set_and_its_neighbours_stay(
    path: Path, value: Value, expected: list[str] | None
) -> None:
    new = set_value(PETERSEN, path, value)
    if expected is not None:
        assert changes(new) == expected
    else:
        assert len(changes(new)) == 2


def test_brackets_stay_brackets() -> None:
    new = set_value(PETERSEN, ("reach", "b", 0), "a, b")
    assert changes(new)[1] == '+reach: {a: 1, b: ["a, b", y]}'
    assert changes(append_item(PETERSEN, ("aliases",), "x: y"))[1] == (
        '+aliases: [Petersen Borkum, "x: y"]'
    )
    assert changes(add_key(PETERSEN, ("reach",), "c", ["1", {"d": "e"}], ["a"]))[1] == (
        '+reach: {a: 1, c: ["1", {d: e}], b: [x, y]}'
    )
    assert changes(set_value(PETERSEN, ("reach",), "montags"))[1] == "+reach: montags"


def test_the_same_value_changes_nothing() -> None:
    assert set_value(PETERSEN, ("owner",), "@anna") == PETERSEN
    assert set_value(PETERSEN, ("address",), {"city": "Borkum", "street": "Strandstraße 7"}) == (
        PETERSEN
    )


@pytest.mark.parametrize(
    ("path", "key", "after", "expected"),
    [
        ((), "segment", ["name", "aliases"], ["+segment: A"]),
        ((), "segment", ["note"], ["+segment: A"]),
        ((), "segment", [], ["+segment: A"]),
        (("address",), "zip", ["street"], ["+  zip: A"]),
        (("contacts", 0), "reach", ["name", "phone"], ["+    reach: A"]),
        (("contacts", 1), "reach", [], ["+    reach: A"]),
        (("goal",), "reach", [], ["+  reach: A"]),
    ],
)
def test_a_new_key_is_one_new_line_among_its_siblings(
    path: Path, key: str, after: list[str], expected: list[str]
) -> None:
    assert changes(add_key(PETERSEN, path, key, "A", after)) == expected


def test_a_new_key_stands_behind_the_last_one_named_and_the_lines_that_belong_to_it() -> None:
    assert "  zweite\nsegment: A\n# unten\n" in add_key(PETERSEN, (), "segment", "A", ["note"])
    assert "city: Borkum\nsegment: A\ngoal:\n" in add_key(PETERSEN, (), "segment", "A", ["address"])
    assert "b: [x, y]}\nsegment: A\n---\n" in add_key(PETERSEN, (), "segment", "A", ["nix"])


def test_a_key_that_is_there_gets_the_value() -> None:
    assert add_key(PETERSEN, (), "goal", "x") == set_value(PETERSEN, ("goal",), "x")


def test_a_new_contact_is_laid_out_like_the_others() -> None:
    contact = {"name": "Ute", "phone": ["04922 1", "+49"], "birthday": "1966-03-12"}
    assert changes(append_item(PETERSEN, ("contacts",), contact, bare={"birthday"})) == [
        "+  - name: Ute",
        "+    phone:",
        "+      - 04922 1",
        '+      - "+49"',
        "+    birthday: 1966-03-12",
    ]


def test_indentation_and_dashes_follow_the_siblings() -> None:
    text = "---\na:\n-   b: 1\n    c:\n        d: 1\n---\n"
    new = append_item(text, ("a",), {"x": {"yy": "2"}, "z": ["3"]})
    assert changes(new, text) == [
        "+-   x:",
        '+        yy: "2"',
        "+    z:",
        '+    -   "3"',
    ]


def test_a_text_becomes_the_first_of_a_list() -> None:
    assert changes(append_item(PETERSEN, ("phone",), "04922 1")) == [
        "-phone: 04922 9300-0     # Laden",
        "+phone: [04922 9300-0, 04922 1]     # Laden",
    ]
    assert changes(append_item(PETERSEN, ("goal",), "x")) == ["-goal:", "+goal: [x]"]


def test_a_contact_that_stands_alone_becomes_the_first_of_a_list() -> None:
    text = "---\nkontakt:\n    name: Heike # sie\n\n    # Notiz\n    tel: 1\nz: {a: b}\n---\n"
    assert append_item(text, ("kontakt",), {"name": "Jens"}) == (
        "---\nkontakt:\n    - name: Heike # sie\n\n      # Notiz\n      tel: 1\n    - name: Jens\n"
        "z: {a: b}\n---\n"
    )
    assert "z: [{a: b}, {c: d}]\n" in append_item(text, ("z",), {"c": "d"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("name",), ["-name: Modehaus   # wichtig"]),
        (("address", "street"), ["-  street: Strandstraße 7"]),
        (("address", "city"), ["-  city: Borkum"]),
        (("aliases", 0), ["-aliases: [Petersen Borkum]"]),
        (("contacts", 1), ["-  - name: Jens", "-    role: Einkauf"]),
        (("contacts", 1, "role"), ["-    role: Einkauf"]),
        (("contacts", 1, "name"), ["-  - name: Jens", "-    role: Einkauf", "+  - role: Einkauf"]),
        (("contacts", 0, "phone", 0), ["-      - 04922 9300-12"]),
        (("note",), ["-note: |   # lang", "-  erste", "-  zweite"]),
        (("reach", "a"), ["-reach: {a: 1, b: [x, y]}", "+reach: {b: [x, y]}"]),
        (("reach", "b"), ["-reach: {a: 1, b: [x, y]}", "+reach: {a: 1}"]),
        (("reach", "b", 1), ["-reach: {a: 1, b: [x, y]}", "+reach: {a: 1, b: [x]}"]),
    ],
)
def test_an_entry_goes_with_its_own_lines(path: Path, expected: list[str]) -> None:
    assert changes(remove(PETERSEN, path)) == expected


def test_what_becomes_empty_loses_its_key() -> None:
    text = "---\na:\n  - b:\n      - c: 1\nd: 2\n---\n"
    assert remove(text, ("a", 0, "b", 0, "c")) == "---\nd: 2\n---\n"
    assert remove("---\na: 1\n---\n", ("a",)) == "---\n---\n"
    assert remove("---\n{a: 1}\n---\n", ("a",)) == "---\n{}\n---\n"


def test_the_first_key_behind_a_dash_goes_and_a_comment_below_it_stays() -> None:
    text = "---\na:\n  - b: 1 # x\n    # y\n    c: 2\n---\n"
    assert remove(text, ("a", 0, "b")) == "---\na:\n  -\n    # y\n    c: 2\n---\n"


def test_of_double_keys_the_last_is_set_and_all_are_removed() -> None:
    text = "---\na: 1\nb: 2\na: 3\n---\n"
    assert set_value(text, ("a",), "x") == "---\na: 1\nb: 2\na: x\n---\n"
    assert remove(text, ("a",)) == "---\nb: 2\n---\n"
    assert remove("---\na: 1\na: 2\n---\n", ("a",)) == "---\n---\n"


def test_new_lines_end_like_most_lines_of_the_file() -> None:
    text = "---\r\na: 1\r\nb:\r\n  - x: 1\r\n---\r\nbody\n"
    assert add_key(text, (), "c", "d", ["a"]) == text.replace("b:", "c: d\r\nb:")
    assert append_item(text, ("b",), "d") == text.replace("x: 1\r\n", "x: 1\r\n  - d\r\n")
    assert create_head("x\r\ny\r\nz\n") == "---\r\n---\r\nx\r\ny\r\nz\n"


@pytest.mark.parametrize("body", ["", "# Titel\n", "\n\nkein Zeilenende", "--- x\n---\n"])
def test_a_file_without_head_gets_one_and_keeps_its_body(body: str) -> None:
    assert create_head(body) == f"---\n---\n{body}"
    assert create_head(create_head(body)) == create_head(body)
    assert add_key(body, (), "name", "Petersen") == f"---\nname: Petersen\n---\n{body}"


def test_a_head_without_closing_line_can_be_changed() -> None:
    text = "---\nname: x\nphone: 1"
    assert add_key(text, (), "a", "b") == "---\nname: x\nphone: 1\na: b"
    assert set_value(text, ("phone",), ["a: b"]) == '---\nname: x\nphone:\n  - "a: b"'
    assert remove("---\nname: x\nphone: 1\n\n# T\n", ("phone",)) == "---\nname: x\n\n# T\n"


def test_a_lone_opening_line_becomes_a_head_of_its_own() -> None:
    assert add_key("---", (), "a", "b") == "---\na: b\n---"
    assert add_key("---\n\nText\n", (), "a", "b") == "---\n\na: b\n---\nText\n"


def test_bad_lines_stay_while_others_change() -> None:
    text = "---\nname: a: b # c\nirgendwas\nphone: #1\nb:\n\ttab: x\nname2: 'y\n---\n"
    new = set_value(text, ("phone",), "2 3")
    assert new == text.replace("#1", "2 3")
    assert add_key(new, (), "z", "1", ["name"]) == new.replace("# c\n", '# c\nz: "1"\n')


def test_a_value_is_quoted_so_that_all_readers_see_what_we_see() -> None:
    text = "---\nowner: @anna # sie\nphone: #1\nzip: 01067\n---\n"
    assert quote_value(text, ("owner",)) == text.replace("@anna", '"@anna"')
    assert quote_value(text, ("phone",)) == text.replace("#1", '"#1"')
    assert quote_value(text, ("zip",)) == text.replace("01067", '"01067"')


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (("nix",), "nix cannot be changed safely in line 1: there is no such place."),
        (("name", "x"), "name.x cannot be changed safely in line 1: there is no such place."),
        (("contacts", 7), "contacts.8 cannot be changed safely in line 1: there is no such place."),
        ((), "--- cannot be changed safely in line 1: there is no such place."),
    ],
)
def test_what_is_not_there_is_refused(path: Path, reason: str) -> None:
    with pytest.raises(WouldChangeMore) as refused:
        set_value(PETERSEN, path, "x")
    assert str(refused.value) == reason
    assert refused.value.exit_code == 40
    with pytest.raises(WouldChangeMore):
        remove(PETERSEN, path)


def test_a_key_below_a_text_is_refused() -> None:
    with pytest.raises(WouldChangeMore, match=r"line 2: a value stands there already\."):
        add_key(PETERSEN, ("name",), "x", "y")
    with pytest.raises(WouldChangeMore, match=r"it is no single text\."):
        quote_value(PETERSEN, ("contacts",))


def test_an_edit_that_would_change_another_value_is_refused() -> None:
    keeps_blank_lines = "---\na: |+\n  x\n\n\nb: 1\n---\n"
    with pytest.raises(WouldChangeMore, match="other values would change with it"):
        add_key(keeps_blank_lines, (), "c", "d", ["a"])
    orphan = "---\na: 1\nb: @x\n  more\n---\n"
    with pytest.raises(WouldChangeMore, match="other values would change with it"):
        remove(orphan, ("b",))


def test_edits_add_up_to_the_head_that_was_meant() -> None:
    text = add_key("# Petersen\n", (), "name", "Petersen")
    text = add_key(text, (), "contacts", [{"name": "Heike"}])
    text = add_key(text, ("contacts", 0), "phone", "+49", ["name"])
    text = append_item(text, ("contacts", 0, "phone"), "0171 5")
    text = set_value(text, ("name",), "Petersen: Mode")
    assert text == (
        '---\nname: "Petersen: Mode"\ncontacts:\n  - name: Heike\n    phone:\n'
        '      - "+49"\n      - 0171 5\n---\n# Petersen\n'
    )
    assert plain(read_head(text).root) == {
        "name": "Petersen: Mode",
        "contacts": [{"name": "Heike", "phone": ["+49", "0171 5"]}],
    }
