"""Programs that use python-frontmatter see the text of our files, and write what we read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document.frontmatter_handler import TAKEN, CustomerHandler, read_foreign
from crm_md.document.head import plain, read_head
from crm_md.document.yaml_text import Value
from tests.heads import collections, files

HANDLER = CustomerHandler()
FILE = (
    "---\nname: Müller: Söhne\nzip: 01067   # alt\nno: NO\nnext: 2026-11-20\n12: 12:30\n"
    "contacts:\n  - name: Heike\n    phone: [+49, 0351]\n---\n\n# Titel\n\nText\n"
)
READ = {
    "name": "Müller: Söhne",
    "zip": "01067",
    "no": "NO",
    "next": "2026-11-20",
    "12": "12:30",
    "contacts": [{"name": "Heike", "phone": ["+49", "0351"]}],
}


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_program_reads_our_files_text_true(tmp_path: Path, start: bytes, end: str) -> None:
    path = tmp_path / "petersen.md"
    path.write_bytes(start + FILE.replace("\n", end).encode())
    post = frontmatter.load(str(path), handler=HANDLER)
    assert post.metadata == READ
    assert list(post.metadata) == list(READ)
    assert post.content == "# Titel\n\nText"


@pytest.mark.parametrize("text", ["", "# Titel", "\ufeff# Titel", "name: x\n---\nText"])
def test_a_file_without_head_is_all_body(text: str) -> None:
    post = frontmatter.loads(text, handler=HANDLER)
    assert post.metadata == {}
    assert post.content == text.removeprefix("\ufeff")


def test_a_head_without_closing_line_is_read() -> None:
    post = frontmatter.loads("---\nname: x\n\n# Titel\nText\n", handler=HANDLER)
    assert (post.metadata, post.content) == ({"name": "x"}, "# Titel\nText")


def test_keys_that_the_library_keeps_for_itself_get_a_tail() -> None:
    text = "---\ncontent: a\nhandler: b\nself: c\nselfie: d\n---\nText\n"
    post = frontmatter.loads(text, handler=HANDLER)
    assert post.metadata == {"content_": "a", "handler_": "b", "self_": "c", "selfie": "d"}
    assert frontmatter.dumps(post, handler=HANDLER) == text.replace("---\nText", "---\n\nText")


def test_what_a_program_puts_in_is_written_as_text_in_its_order() -> None:
    post = frontmatter.Post(
        "Text",
        z="01067",
        a=[1, "b"],
        day=date(2026, 11, 20),
        yes=True,
        nothing=None,
        sub={"num": 2.5, "sub": [{"k": "v: w"}]},
    )
    written = frontmatter.dumps(post, handler=HANDLER)
    assert written == (
        '---\nz: "01067"\na:\n  - "1"\n  - b\nday: 2026-11-20\n"yes": "yes"\nnothing: ""\n'
        'sub:\n  num: "2.5"\n  sub:\n    - k: "v: w"\n---\n\nText\n'
    )
    assert frontmatter.loads(written, handler=HANDLER).metadata["day"] == "2026-11-20"


def test_an_empty_post_is_an_empty_head() -> None:
    assert frontmatter.dumps(frontmatter.Post(""), handler=HANDLER) == "---\n---\n"


def test_dumping_into_a_stream_works() -> None:
    stream = io.StringIO()
    frontmatter.dump(frontmatter.Post("x", name="Müller"), stream, handler=HANDLER)
    assert stream.getvalue() == "---\nname: Müller\n---\n\nx\n"


def test_the_handler_knows_our_files_by_their_first_line() -> None:
    assert HANDLER.detect(FILE)
    assert HANDLER.detect("\ufeff---\r\n")
    assert not HANDLER.detect("# Titel\n---\n")
    assert not HANDLER.detect("----\n")


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda name: name not in TAKEN  # those get a "_" behind them, as is tested above
)


@given(st.dictionaries(names, collections, max_size=4))
@settings(max_examples=150, deadline=None)
def test_dumps_and_loads_are_inverses(metadata: dict[str, Value]) -> None:
    post = frontmatter.Post("Text")
    post.metadata.update(metadata)
    written = frontmatter.dumps(post, handler=HANDLER)
    read = frontmatter.loads(written, handler=HANDLER)
    assert read.metadata == post.metadata
    assert list(read.metadata) == list(post.metadata)
    assert read.content == "Text"


@given(files())
@settings(max_examples=150, deadline=None)
def test_the_handler_reads_what_our_own_reader_reads(text: str) -> None:
    metadata, body = read_foreign("\ufeff" + text)
    head = read_head(text)
    assert metadata == plain(head.root)
    assert body == text[head.body_start :]
    assert frontmatter.loads(text, handler=HANDLER).metadata == metadata


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_foreign_note_is_refused(text: str) -> None:
    for note in (text, f"---\n{text}", f"---\n{text}\n---\n{text}"):
        metadata, body = read_foreign(note)
        assert isinstance(metadata, dict)
        assert note.endswith(body)


def test_foreign_notes_keep_the_bytes_of_their_body() -> None:
    assert read_foreign("\ufeff---\r\ntags: [a]\r\n---\r\n\r\n  Text\r\n") == (
        {"tags": ["a"]},
        "\r\n  Text\r\n",
    )
