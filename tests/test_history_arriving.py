"""Git's index on its way to another commit, with another Git at work at the same time."""

from __future__ import annotations

from pathlib import Path

from crm_md.history import arriving, trees
from tests.repositories import git, repository, saved


def test_a_lock_that_another_git_took_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    book = repository(tmp_path)
    old = saved(book, "a.md")
    new = saved(book, "a.md", "Moin\n")
    git(tmp_path, "reset", "--quiet", "--hard", old)
    lock = tmp_path / ".git/index.lock"
    (tmp_path / ".git/crm").mkdir()
    with arriving.next_index(book, old, new, trees.differences(book, old, new)) as index:
        index.put(None)
        lock.write_text("of another Git")
    assert lock.read_text() == "of another Git"
    assert git(tmp_path, "ls-files", "-s") == git(tmp_path, "ls-tree", "-r", new).replace(
        " blob ", " "
    ).replace("\t", " 0\t")
