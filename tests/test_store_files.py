"""Files are read inside the store only: no link and no ``..`` leads out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md import store
from crm_md.errors import FileNotReadable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store with one file, and a secret beside it."""
    folder = tmp_path / "store"
    (folder / "customers" / "pe").mkdir(parents=True)
    (folder / "customers" / "pe" / "petersen.md").write_bytes(b"Hallo\n")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_bytes(b"geheim\n")
    return folder


def test_a_file_is_read_as_it_stands(root: Path) -> None:
    assert store.read(root, "customers/pe/petersen.md") == b"Hallo\n"


def test_what_is_not_there_is_none(root: Path) -> None:
    assert store.read(root, "customers/pe/niemand.md") is None
    assert store.read(root, "customers/petersen.md/x.md") is None


def test_a_store_may_itself_be_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(root)
    assert store.read(tmp_path / "way", "customers/pe/petersen.md") == b"Hallo\n"


def test_a_folder_that_is_a_link_within_the_store_is_followed(root: Path) -> None:
    (root / "customers" / "alt").symlink_to("pe")
    assert store.read(root, "customers/alt/petersen.md") == b"Hallo\n"


@pytest.mark.parametrize(
    "path", ["customers/aus/secret.md", "customers/pe/tief/secret.md", "customers/secret.md"]
)
def test_a_link_out_of_the_store_is_refused(root: Path, tmp_path: Path, path: str) -> None:
    (root / "customers" / "aus").symlink_to(tmp_path / "outside")
    (root / "customers" / "pe" / "tief").symlink_to(tmp_path / "outside")
    (root / "customers" / "secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    with pytest.raises(FileNotReadable):
        store.read(root, path)


@pytest.mark.parametrize("path", ["../outside/secret.md", "customers/../../outside/secret.md"])
def test_two_dots_do_not_lead_out_of_the_store(root: Path, path: str) -> None:
    with pytest.raises(FileNotReadable):
        store.read(root, path)
