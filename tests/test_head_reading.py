"""The head is text until the model types it, and one bad line costs only itself."""

from __future__ import annotations

import pytest

from crm_md.document.head import Fields, Items, Scalar, plain, read_head


def head(yaml_text: str) -> dict[str, object]:
    read = plain(read_head(f"---\n{yaml_text}\n---\n").root)
    assert isinstance(read, dict)
    return dict(read)


def found(yaml_text: str) -> list[tuple[int, str]]:
    return [(f.line, f.check) for f in read_head(f"---\n{yaml_text}\n---\n").findings]


@pytest.mark.parametrize(
    "text",
    [
        *("01067", "0351123456", "+4935184723890", "12:30", "1_000", "0x1F", "0o17", "1e3", ".5"),
        *("NO", "no", "y", "Yes", "on", "off", "true", "null", "~", "2026-11-20", "24.000 €"),
        *("GmbH & Co. KG", "a:b", "http://x.example/y#z", "O'Neil", 'the "old" one', "-5", "?x"),
        *("<<", "=", "5 > 3", "50%", "a [b] {c}", "x - y", "100 % | 2", "C#", "Nr.#5"),
    ],
)
def test_every_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert head(f"land: {text}") == {"land": text}
    assert head(f"land:\n  - {text}") == {"land": [text]}
    assert found(f"land: {text}") == []


def test_the_head_answers_by_key() -> None:
    read = read_head("---\nland: NO\n---\n")
    assert read["land"] == "NO"
    assert "land" in read
    assert list(read) == ["land"]
    with pytest.raises(KeyError):
        read["city"]


def test_lists_and_mappings_nest_in_both_styles() -> None:
    assert head(
        "tags: [mode, insel]\naddress: {zip: '26757', city: Borkum}\n"
        "contacts:\n  - name: Heike\n    phone:\n    - 1\n    - 2\n  - name: Jens"
    ) == {
        "tags": ["mode", "insel"],
        "address": {"zip": "26757", "city": "Borkum"},
        "contacts": [{"name": "Heike", "phone": ["1", "2"]}, {"name": "Jens"}],
    }


def test_block_texts_keep_or_fold_their_lines() -> None:
    assert head("a: |\n  x: y\n  # z\nb: >-\n  c\n  d\ne: 1") == {
        "a": "x: y\n# z\n",
        "b": "c d",
        "e": "1",
    }


def test_a_text_may_go_on_in_deeper_lines() -> None:
    assert head("goal: Alleinlieferant\n  auf den Inseln\nx: 1") == {
        "goal": "Alleinlieferant auf den Inseln",
        "x": "1",
    }


def test_a_missing_value_is_empty_and_has_its_place() -> None:
    text = "---\nphone:   # später\nmail: \n---\n"
    (_, phone), (_, mail) = read_head(text).root.pairs
    assert phone == Scalar("", 10, 10, 2, False)
    assert (mail.start, mail.end, mail.line) == (27, 27, 3)


def test_places_are_offsets_of_the_file() -> None:
    text = '---\r\nname: "Ä # b"  # x\r\ntags: [a, b]\r\n---\r\nbody'
    read = read_head(text)
    (key, name), (_, tags) = read.root.pairs
    assert text[key.start : key.end] == "name"
    assert isinstance(name, Scalar)
    assert (name.text, text[name.start : name.end], name.line) == ("Ä # b", '"Ä # b"', 2)
    assert isinstance(tags, Items)
    assert (text[tags.start : tags.end], tags.flow) == ("[a, b]", True)
    assert text[read.start : read.end] == 'name: "Ä # b"  # x\r\ntags: [a, b]\r\n'
    assert text[read.body_start :] == "body"


def test_a_block_text_ends_with_its_last_word() -> None:
    text = "---\na: |\n  x\n\n# c\nb: 1\n---\n"
    note = read_head(text).root.get("a")
    assert note is not None
    assert text[note.start : note.end] == "|\n  x"


def test_a_list_ends_with_its_last_item() -> None:
    text = "---\na:\n  - x\n  - y\n\n# c\nb: 1\n---\n"
    items = read_head(text).root.get("a")
    assert isinstance(items, Items)
    assert text[items.start : items.end] == "- x\n  - y"


@pytest.mark.parametrize(
    "text", ["", "# Titel\n", "name: x\n---\n", "----\na: 1\n", "--- a\n", " ---\n"]
)
def test_a_file_without_head_has_no_keys_and_starts_with_its_body(text: str) -> None:
    read = read_head(text)
    assert (read.start, read.end, read.body_start) == (0, 0, 0)
    assert read.root == Fields((), 0, 0, 1, False)
    assert read.findings == ()


@pytest.mark.parametrize(
    "text", ["---\n---\n", "---\n---", "---  \t\r\n...\r\n", "---\n# nur so\n---\n"]
)
def test_an_empty_head_is_well(text: str) -> None:
    read = read_head(text)
    assert read.body_start == len(text)
    assert read.root.pairs == ()
    assert [f.check for f in read.findings if f.severity != "hint"] == []


@pytest.mark.parametrize(
    ("line", "key", "text"),
    [
        ("name: Müller: Söhne", "name", "Müller: Söhne"),
        ("name: Müller: Söhne  # wichtig", "name", "Müller: Söhne"),
        ("name: Müller:", "name", "Müller:"),
        ("owner: @anna", "owner", "@anna"),
        ("rabatt: %5", "rabatt", "%5"),
        ("name: `x`", "name", "`x`"),
        ("name: - x", "name", "- x"),
        ("phone: -", "phone", "-"),
        ("phone: ?", "phone", "?"),
        ("name: , x", "name", ", x"),
        ("name: ] x", "name", "] x"),
        ("goal: >50% Anteil", "goal", ">50% Anteil"),
        ("goal: >2", "goal", ">2"),
        ("goal: | x", "goal", "| x"),
        ('name: "Müller', "name", '"Müller'),
        ("name: 'Müller", "name", "'Müller"),
        ('name: "Müller" GmbH', "name", '"Müller" GmbH'),
        ('path: "C:\\Users"', "path", '"C:\\Users"'),
        ('name: "\\ud800"', "name", '"\\ud800"'),
        ('name: "\\UFFFFFFFF"', "name", '"\\UFFFFFFFF"'),
        ("tags: [a, b", "tags", "[a, b"),
        ("tags: [a]]", "tags", "[a]]"),
        ("tags: [a: b: c]", "tags", "[a: b: c]"),
        ("tags: [a} b", "tags", "[a} b"),
        ("tags: [[a]: b]", "tags", "[[a]: b]"),
        ("name: [Petersen] GmbH", "name", "[Petersen] GmbH"),
        ("name: {{ name }}", "name", "{{ name }}"),
    ],
)
@pytest.mark.parametrize("before", ["first: 1", "a:\n  b: 1"])
def test_where_yaml_fails_the_value_alone_is_text(
    line: str, key: str, text: str, before: str
) -> None:
    yaml_text = f"{before}\n{line}\nlast: [x, y]"
    bad = yaml_text.count("\n") + 1
    assert head(yaml_text)[key] == text
    assert head(yaml_text)["last"] == ["x", "y"]
    assert list(head(yaml_text)) == [before[:1] if before[0] == "a" else "first", key, "last"]
    assert found(yaml_text) == [(bad, "head-value")]


def test_nested_lines_fail_alone_too() -> None:
    assert head("a:\n  - name: x: y\n    owner: @anna\n  - name: z\nb: 1") == {
        "a": [{"name": "x: y", "owner": "@anna"}, {"name": "z"}],
        "b": "1",
    }


@pytest.mark.parametrize("value", ["&Co KG", "*stern", "!Heinz", "&Co KG & Söhne", "!", "!!str 5"])
def test_an_anchor_alias_or_tag_before_a_value_is_text(value: str) -> None:
    assert head(f"name: {value}\nx:\n  - {value}") == {"name": value, "x": [value]}
    assert found(f"name: {value}\nx:\n  - {value}") == [(2, "head-mark"), (4, "head-mark")]


def test_signs_of_yaml_within_brackets_are_text() -> None:
    assert head("a: [@x, &y, *z, !t, #n, -, '@q']") == {
        "a": ["@x", "&y", "*z", "!t", "#n", "-", "@q"]
    }


def test_an_anchor_before_nested_lines_does_not_lose_them() -> None:
    assert head("a: &x\n  b: 1\nc: !t |\n  d\ne: *x") == {"a": {"b": "1"}, "c": "d\n", "e": "*x"}
    assert found("a: &x\n  b: 1\nc: !t |\n  d\ne: *x") == [
        (2, "head-mark"),
        (4, "head-mark"),
        (6, "head-mark"),
    ]


def test_a_bomb_of_aliases_stays_small() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    read = head("\n".join(["a0: &a0 [x, x]", *levels]))
    assert read["a0"] == "&a0 [x, x]"
    assert str(read["a29"]).startswith("&a29 [*a28")


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert head("base: &b {x: 1}\n<<: *b") == {"base": "&b {x: 1}", "<<": "*b"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("k: Müller #1", "Müller #1"),
        ("k: #123", "#123"),
        ("k: #123 # Zentrale", "#123"),
        ("k: a #b #c # d", "a #b #c"),
        ("k:\n  - x #1", ["x #1"]),
        ("k:\n  - #1\n  - #2", ["#1", "#2"]),
        ("k: [a, b #1, #2]", ["a", "b #1", "#2"]),
        ("k: [#a]", ["#a"]),
        ("k: a\n  b #1", "a b #1"),
    ],
)
def test_a_hash_directly_before_a_letter_or_digit_is_text(line: str, value: object) -> None:
    assert head(f"{line}\nlast: 1") == {"k": value, "last": "1"}
    assert {check for _, check in found(line)} == {"head-hash"}


@pytest.mark.parametrize(
    "yaml_text",
    [
        "k: v # c\n# c\n  #c\n#c",
        'k: "v" #c',
        "k: [v] #c",
        "k: v # 1",
        "k: v #",
        "k: #c\n  - v",
        "k: #c\n- v",
        "k: [\n  v, # c\n  #c\n]",
    ],
)
def test_other_comments_stay_comments(yaml_text: str) -> None:
    assert str(head(yaml_text)["k"]) in ("v", "['v']")
    assert found(yaml_text) == []


def test_of_double_keys_the_last_counts_and_both_stay() -> None:
    read = read_head("---\na: 1\nb:\n  c: 2\n  c: 3\na: 4\n---\n")
    assert plain(read.root) == {"a": "4", "b": {"c": "3"}}
    assert [key.text for key, _ in read.root.pairs] == ["a", "b", "a"]
    assert [(f.line, f.check) for f in read.findings] == [
        (2, "head-double-key"),
        (4, "head-double-key"),
    ]
    assert read.findings[0].text == "“a” stands twice; line 6 counts."


def test_a_tab_indents_like_a_blank_and_is_named() -> None:
    assert head("a:\n\tb: 1\n\tc:\n\t\t-\td") == {"a": {"b": "1", "c": ["d"]}}
    assert {check for _, check in found("a:\n\tb: 1")} == {"head-tab"}


def test_tabs_elsewhere_are_well() -> None:
    assert head("a:\tb\nc: d\te\t# f") == {"a": "b", "c": "d\te"}
    assert found("a:\tb\nc: d\te\t# f") == []


def test_windows_line_ends_are_named_once() -> None:
    text = "---\r\na: x\r\nb: |\r\n  y\r\n  z\r\n---\r\nbody\r\n"
    read = read_head(text)
    assert plain(read.root) == {"a": "x", "b": "y\nz\n"}
    assert [(f.line, f.check, f.severity) for f in read.findings] == [(1, "line-ends", "hint")]
    assert text[read.body_start :] == "body\r\n"


def test_mixed_line_ends_are_read_and_named_at_the_first() -> None:
    read = read_head("---\na: 1\r\nb: 2\n---\r\n")
    assert plain(read.root) == {"a": "1", "b": "2"}
    assert [(f.line, f.check) for f in read.findings] == [(2, "line-ends")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\nname: x\n# Titel\n", "# Titel\n"),
        ("---\nname: x\n\n# Titel\nText\n", "# Titel\nText\n"),
        (
            "---\nname: x\n\n## Verlauf\n\nText\n\n---\n\nmehr\n",
            "## Verlauf\n\nText\n\n---\n\nmehr\n",
        ),
        ("---\nname: x\n\nFreie Worte.\n", "Freie Worte.\n"),
        ("---\nname: x\n\nphone: 1\n\nFreie Worte.\n", "Freie Worte.\n"),
        ("---\nname: x\n", ""),
        ("---\nname: x", ""),
    ],
)
def test_a_missing_closing_line_ends_the_head_before_the_body(text: str, body: str) -> None:
    read = read_head(text)
    assert read["name"] == "x"
    assert text[read.body_start :] == body
    line = text.removesuffix(body).count("\n") + 1
    assert [(f.line, f.check) for f in read.findings] == [(line, "head-unclosed")]


def test_comments_and_a_stray_line_do_not_end_a_closed_head() -> None:
    text = "---\nname: x\n\n# Kontakt\n\nIrgendwas\nphone: 1\nmail: y\n---\nbody"
    read = read_head(text)
    assert plain(read.root) == {"name": "x", "phone": "1", "mail": "y"}
    assert text[read.body_start :] == "body"
    assert [(f.line, f.check) for f in read.findings] == [(6, "head-line")]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("Irgendwas", "Write it as “key: value”, or put “# ” in front of it."),
        ("phone:123", "Write “phone: 123”, with a blank behind the colon."),
        ("? a", "Write it as “key: value”, or put “# ” in front of it."),
        (": b", "Write it as “key: value”, or put “# ” in front of it."),
        ("--- x: y", "Write it as “key: value”, or put “# ” in front of it."),
        ("%TAG x", "Write it as “key: value”, or put “# ” in front of it."),
        ("<<<<<<< HEAD", "Write it as “key: value”, or put “# ” in front of it."),
        ("=======", "Write it as “key: value”, or put “# ” in front of it."),
    ],
)
def test_a_line_that_is_no_key_is_named_and_swallows_nothing(line: str, remedy: str) -> None:
    for text in (f"---\na: 1\n{line}\nb: 2\n---\n", f"---\na: 1\nb: 2\n\n{line}\n---\n"):
        read = read_head(text)
        assert plain(read.root) == {"a": "1", "b": "2"}
        (finding,) = read.findings
        assert finding.remedy == remedy
        assert text.split("\n")[finding.line - 1] == line
        assert line in finding.text


def test_a_line_indented_below_a_text_belongs_to_nothing() -> None:
    yaml_text = (
        "address: Strandstraße 7\n  city: Borkum\n  zip: 1\ncontacts:\n  - name: H\n     phone: 2"
    )
    assert head(yaml_text) == {"address": "Strandstraße 7", "contacts": [{"name": "H"}]}
    assert found(yaml_text) == [(3, "head-indent"), (4, "head-indent"), (7, "head-indent")]


def test_an_unclosed_quote_or_bracket_swallows_no_following_key() -> None:
    assert head('a: "x\nb: y"\nc: [d\ne: f]\ng: {h: i\nj: k}') == {
        "a": '"x',
        "b": 'y"',
        "c": "[d",
        "e": "f]",
        "g": "{h: i",
        "j": "k}",
    }


@pytest.mark.parametrize(
    ("yaml_text", "value"),
    [
        ('a: "x\n  y: z"\nb: 1', "x y: z"),
        ("a: 'x\n\n  y'\nb: 1", "x\ny"),
        ("a: [\n  x,\n  y\n]\nb: 1", ["x", "y"]),
        ("a: {\nx: 1,\ny: 2\n}\nb: 1", {"x": "1", "y": "2"}),
        ("a: [x,\n  # Notiz\n  y]\nb: 1", ["x", "y"]),
        ("a:\n  {x: 1}\nb: 1", {"x": "1"}),
    ],
)
def test_values_of_several_lines_are_read_as_yaml_does(yaml_text: str, value: object) -> None:
    assert head(yaml_text) == {"a": value, "b": "1"}
    assert found(yaml_text) == []


def test_a_whole_head_in_braces_is_read() -> None:
    assert head("{a: 1,\n b: [2]}") == {"a": "1", "b": ["2"]}
    assert head("{a: @1}\nb: 2") == {"a": "@1"}
    assert found("{a: @1}\nb: 2") == [(2, "head-mark"), (3, "head-indent")]


def test_a_comma_that_cuts_a_value_in_braces_is_named() -> None:
    yaml_text = "a: {name: Petersen, Heike, phone: 1}\nb: {zip:26757, c: }"
    assert head(yaml_text)["a"] == {"name": "Petersen", "Heike": "", "phone": "1"}
    read = read_head(f"---\n{yaml_text}\n---\n")
    assert [(f.line, f.text) for f in read.findings] == [
        (2, "A comma cuts the value before “Heike”."),
        (3, "“zip:26757” lacks a blank behind the colon."),
    ]


def test_keys_that_yaml_refuses_are_text() -> None:
    yaml_text = "@type: a\n[b]: c\n{d}: e\n\"f: g\nnr #1: h\n'i j': k\n&l m: n"
    assert head(yaml_text) == {
        "@type": "a",
        "[b]": "c",
        "{d}": "e",
        '"f': "g",
        "nr #1": "h",
        "i j": "k",
        "&l m": "n",
    }
    assert [check for _, check in found(yaml_text)] == ["head-key"] * 6


def test_control_characters_and_lone_surrogates_stay_what_they_are() -> None:
    yaml_text = "a: x\x00\x1b[1m\nb: 'p\u2028q\x85r'\nc: \udce4\nd: \ufeffx\ne: |\n  \x07\nf: a\rb"
    assert head(yaml_text) == {
        "a": "x\x00\x1b[1m",
        "b": "p\u2028q\x85r",
        "c": "\udce4",
        "d": "\ufeffx",
        "e": "\x07\n",
        "f": "a\rb",
    }
    assert [line for line, check in found(yaml_text) if check == "head-control"] == [2, 3, 5, 7, 8]


def test_private_characters_of_the_file_are_not_mistaken_for_stand_ins() -> None:
    private = "".join(map(chr, range(0xE000, 0xE010)))
    assert head(f"a: {private}\x00\nb: '{private}\x01'") == {
        "a": f"{private}\x00",
        "b": f"{private}\x01",
    }


@pytest.mark.parametrize(
    "yaml_text",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "a: " + "{a: " * 50_000 + "}" * 50_000,
        "a:\n  " + "- " * 100_000 + "x",
        "a:\n  " + "? " * 100_000 + "x",
        "\n".join(" " * n + "a:" for n in range(1_000)),
        "a:\n  - &a [" + "*a, " * 100_000 + "]",
    ],
)
def test_deep_nesting_is_a_finding_and_no_crash(yaml_text: str) -> None:
    assert head(f"{yaml_text}\nlast: 1")["last"] == "1"
    assert {check for _, check in found(yaml_text)} & {"head-deep", "head-value", "head-mark"}


def test_fifty_levels_are_read() -> None:
    read: object = head("a: " + "[" * 49 + "x" + "]" * 49)["a"]
    for _ in range(49):
        assert isinstance(read, list)
        (read,) = read
    assert read == "x"


def test_ten_thousand_keys_are_read_well_or_not() -> None:
    assert len(head("\n".join(f"k{n}: v" for n in range(10_000)))) == 10_000
    bad = "\n".join(f"k{n}: @v: 'w" for n in range(10_000))
    assert set(head(bad).values()) == {"@v: 'w"}
    assert len(found(bad)) == 10_000


def test_many_different_failures_cost_only_their_lines() -> None:
    lines = [f"k{n}: |9\n  text\nl{n}: 1" for n in range(20)]
    read = head("\n".join(lines))
    assert {read[f"l{n}"] for n in range(20)} == {"1"}


def test_a_head_of_a_million_characters_is_not_read_but_named() -> None:
    read = read_head("---\n" + "hello: world\n" * 100_000 + "---\n")
    assert read.root.pairs == ()
    assert [f.check for f in read.findings] == ["head-too-long"]


def test_findings_come_in_the_order_of_lines() -> None:
    lines = [line for line, _ in found("a: 1\nb: @x\na: 2\nc: #1\nd\ne: {f, g}")]
    assert lines == sorted(lines)
    assert len(lines) == 6


def test_every_finding_says_where_what_and_how() -> None:
    read = read_head("---\r\nname: &Co\r\nx\r\n y: {a, b}\r\n\tz: #1\r\n")
    for finding in read.findings:
        assert finding.path == ""
        assert finding.line >= 1
        assert finding.text.endswith((".", "“"))
        assert finding.remedy
