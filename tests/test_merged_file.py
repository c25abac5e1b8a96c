"""One file that two people changed becomes one again, byte by byte, or is left to Git whole."""

from __future__ import annotations

import pytest

from crm_md.document import merged_file

BASE = b"---\nname: A\n---\n\n# A\n\n## Verlauf\n\n### 2026-01-02 Anruf: eins\n"


def test_two_entries_are_both_there() -> None:
    ours = BASE + b"\n### 2025-01-01 Mail: zwei\n"
    theirs = BASE.replace(b"### 2026-01-02", b"### 2026-01-03 Anruf: drei\n\n### 2026-01-02")
    merged = merged_file(BASE, ours, theirs)
    assert merged == theirs + b"\n### 2025-01-01 Mail: zwei\n"
    assert merged == merged_file(BASE, theirs, ours)


def test_a_file_that_both_added_has_what_both_know() -> None:
    merged = merged_file(b"", b"---\nname: A\nphone: 1\n---\n", b"---\nname: A\ngoal: x\n---\n")
    assert merged == b"---\nname: A\nphone: 1\ngoal: x\n---\n"


@pytest.mark.parametrize(
    "broken",
    [
        BASE.replace(b"eins", b"f\xfcnf"),
        BASE.replace(b"name: A\n---\n", b"name: A\n"),
        BASE + b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
        b"\xff\xfe" + BASE,
    ],
    ids=["no UTF-8", "a head without end", "a conflict", "UTF-16"],
)
def test_a_side_that_does_not_read_is_left_to_git(broken: bytes) -> None:
    other = BASE.replace(b"name: A", b"name: B")
    assert merged_file(BASE, broken, other) is None
    assert merged_file(BASE, other, broken) is None
    assert merged_file(BASE, BASE, broken) == broken


def test_a_byte_order_mark_stays_as_the_one_who_changed_it_wants() -> None:
    ours, theirs = BASE + b"\nText\n", b"\xef\xbb\xbf" + BASE.replace(b"name: A", b"name: B")
    merged = merged_file(BASE, ours, theirs)
    assert merged is not None
    assert merged.startswith(b"\xef\xbb\xbf---\nname: B\n")
