"""Edits by hand while what a sync brought is half written: nobody's version is ever lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.books import SETTINGS, Book
from tests.clones import PETERSEN, Team, is_clean, team

PHOTO = "attachments/modehaus-petersen/naht.png"
TERMS = "attachments/modehaus-petersen/agb.txt"
PRICES = "attachments/modehaus-petersen/preise.txt"
BESIDE = "attachments/modehaus-petersen/modehaus-petersen-2.md"


def both(folder: Path) -> tuple[Team, Book, Book]:
    """Return a team, and Anna and Ben who share customers, settings and attachments."""
    firm = team(folder)
    ben = firm.clone("ben")
    ben.write(".gitattributes", f"{PRICES} text eol=crlf\n", "Prices")
    ben.write(PHOTO, b"\x89PNG\0 first", "Photo")
    ben.write(PRICES, b"R7 10 Euro\r\n", "Prices")
    ben.git("push", "--quiet")
    return firm, firm.clone("anna"), ben


def cut_off(anna: Book) -> None:
    """Leave behind what a kill leaves right before the files are written."""
    anna.git("fetch", "--quiet")
    old, new = (anna.git("rev-parse", name).strip() for name in ("HEAD", "origin/main"))
    (anna.root / ".git/crm").mkdir(exist_ok=True)
    (anna.root / ".git/crm/move").write_text(f"{old}\n{new}\n{time.time()}")


def everything(book: Book) -> bytes:
    """Return all that is shared, one file behind the other."""
    listed = book.git("ls-tree", "-r", "-z", "--name-only", "origin/main").split("\0")[:-1]
    assert is_clean(book)
    return b"\n".join((book.root / path).read_bytes() for path in listed)


CASES = {
    "a customer's file saved as UTF-16": (
        PETERSEN,
        lambda ben: ben("log", "petersen", "call: from ben"),
        lambda text: text.decode().replace("segelt", "säuft nie").encode("utf-16"),
        (b"from ben", "säuft nie".encode("utf-16-le")),
    ),
    "a customer's file whose head is broken": (
        PETERSEN,
        lambda ben: ben("log", "petersen", "call: from ben"),
        lambda text: text.replace(b"---\n\n# Mode", b"\n\n# Mode").replace(b"segelt", b"rudert"),
        (b"from ben", b"rudert"),
    ),
    "a photo": (
        PHOTO,
        lambda ben: ben.write(PHOTO, b"\x89PNG\0 from ben", "Photo"),
        lambda text: text.replace(b"first", b"from anna"),
        (b"\0 from ben", b"\0 from anna"),
    ),
    "a file whose line ends Git changes": (
        PRICES,
        lambda ben: ben.write(PRICES, b"R7 12 Euro\r\n", "Prices"),
        lambda text: text.replace(b"10", b"11"),
        (b"R7 12 Euro\r\n", b"R7 11 Euro\r\n"),
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_an_edit_that_cannot_be_merged_takes_nothing_of_a_colleague_away(
    kind: str, tmp_path: Path
) -> None:
    path, by_ben, by_anna, wanted = CASES[kind]
    firm, anna, ben = both(tmp_path)
    by_ben(ben)
    assert ben("sync").code == 0
    cut_off(anna)
    anna.write(path, by_anna((anna.root / path).read_bytes()))
    answer = anna("sync")
    assert answer.code == 0, answer.both
    assert path in answer.err
    assert "-2." in answer.err
    shared = everything(anna)
    assert all(words in shared for words in wanted)
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()
    assert anna("sync").both == "Nothing new, here as there.\n"


def test_two_values_of_one_setting_are_decided_by_key_and_the_other_is_kept_as_a_remark(
    tmp_path: Path,
) -> None:
    _firm, anna, ben = both(tmp_path)
    ben.write("crm.toml", SETTINGS.replace('"4w"', '"6w"'), "Rhythm")
    assert ben("sync").code == 0
    cut_off(anna)
    anna.write("crm.toml", SETTINGS.replace('"4w"', '"8w"'))
    assert anna("sync").code == 0
    shared = everything(anna)
    assert b'"6w"' in shared
    assert b'"8w"' in shared


def test_settings_half_typed_are_to_be_mended_first_and_then_nothing_is_lost(
    tmp_path: Path,
) -> None:
    _firm, anna, ben = both(tmp_path)
    ben.write("crm.toml", SETTINGS.replace('"4w"', '"6w"'), "Rhythm")
    assert ben("sync").code == 0
    cut_off(anna)
    anna.write("crm.toml", SETTINGS + "[segments.B\n")
    assert anna("sync").code == 40
    anna.write("crm.toml", SETTINGS + '[segments.B]\nevery = "8w"\n')
    assert anna("sync").code == 0
    shared = everything(anna)
    assert b'"6w"' in shared
    assert b'"8w"' in shared


def test_the_version_kept_beside_is_told_by_any_command_that_finishes_the_move(
    tmp_path: Path,
) -> None:
    _firm, anna, ben = both(tmp_path)
    ben("log", "petersen", "call: from ben")
    ben("sync")
    cut_off(anna)
    anna.write(PETERSEN, anna.read(PETERSEN).replace("segelt", "säuft nie").encode("utf-16"))
    answer = anna("log", "strandhotel", "call: today")
    assert answer.code == 0
    assert f"{PETERSEN}: two versions" in answer.err
    assert BESIDE in answer.err
    assert "from ben" in anna.read(PETERSEN)
    assert "säuft nie".encode("utf-16-le") in (anna.root / BESIDE).read_bytes()
    assert is_clean(anna)


def test_a_move_cut_off_once_more_keeps_the_other_version_only_once(tmp_path: Path) -> None:
    _firm, anna, ben = both(tmp_path)
    ben.write(PHOTO, b"\x89PNG\0 from ben", "Photo")
    ben("sync")
    cut_off(anna)
    journal = (anna.root / ".git/crm/move").read_text()
    old = journal.split("\n")[0]
    anna.write(PHOTO, b"\x89PNG\0 zzz from anna")
    anna("save")
    anna.git("reset", "--quiet", "--soft", old)
    anna.git("reset", "--quiet")
    (anna.root / ".git/crm/move").write_text(journal)
    assert anna("sync").code == 0
    assert len(list((anna.root / PHOTO).parent.glob("naht*"))) == 2


def test_a_customer_removed_elsewhere_and_edited_here_stays_and_asks(tmp_path: Path) -> None:
    _firm, anna, ben = both(tmp_path)
    assert ben("remove", "petersen", "--yes").code == 0
    ben("sync")
    cut_off(anna)
    anna.write(PETERSEN, anna.read(PETERSEN).replace("segelt", "segelt gern"))
    assert anna("sync").code == 0
    assert "segelt gern" in anna.read(PETERSEN)
    assert "anderswo gelöscht, hier geändert" in anna.read(PETERSEN)
    assert anna("sync").both == "Nothing new, here as there.\n"


def test_a_customer_removed_here_and_changed_elsewhere_comes_back(tmp_path: Path) -> None:
    _firm, anna, ben = both(tmp_path)
    ben("log", "petersen", "call: from ben")
    ben("sync")
    cut_off(anna)
    (anna.root / PETERSEN).unlink()
    assert anna("sync").code == 0
    assert "from ben" in anna.read(PETERSEN)
