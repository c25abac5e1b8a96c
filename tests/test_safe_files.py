"""Files of the program's own: whole or not at all, and lasting where something rests on them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import FrameType

import pytest

from crm_md import safe_files
from crm_md.safe_files import LITTER_PREFIX


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def test_what_is_kept_is_there_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    kept = safe_files.keep(tmp_path / "crm", "seen", "Müller\udcff", lasting=True)
    assert kept.read_bytes() == b"M\xc3\xbcller\xff"
    assert names(tmp_path / "crm") == ["seen"]


def test_a_file_that_cannot_be_replaced_stands_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "seen").mkdir()
    with pytest.raises(OSError, match="seen"):
        safe_files.keep(tmp_path, "seen", "new", lasting=False)
    assert names(tmp_path) == ["seen"]


@pytest.mark.parametrize("lasting", [True, False])
def test_what_must_last_is_forced_to_disk_with_its_folder(tmp_path: Path, lasting: bool) -> None:
    forced: list[str] = []

    def note(frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and called is os.fsync:
            forced.append(frame.f_locals["place"].name)

    sys.setprofile(note)
    try:
        safe_files.keep(tmp_path, "move", "old\nnew", lasting=lasting)
    finally:
        sys.setprofile(None)
    assert len(forced) == (2 if lasting else 0)
    assert forced[1:] == ([tmp_path.name] if lasting else [])


def test_only_what_a_killed_writer_left_long_ago_is_swept_where_others_write(
    tmp_path: Path,
) -> None:
    young, old = (tmp_path / f"{LITTER_PREFIX}{number}-seen" for number in (1, 2))
    for file in (young, old):
        file.write_text("half")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    safe_files.sweep(tmp_path, old=True)
    assert names(tmp_path) == [young.name]
    safe_files.sweep(tmp_path)
    assert names(tmp_path) == []
