"""A tree made folder by folder is the one that Git's own index would make."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_md import history
from crm_md.history import History
from crm_md.history.objects import Blob
from crm_md.history.tree_making import tree_with
from tests.repositories import git

# Names that Git sorts in another order as folders than as files, and odd ones.
_NAMES = st.sampled_from(["a", "a.b", "a-b", "a0", "ä", "with blank", "new\nline", "z"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)


def _sound(paths: list[str]) -> list[str]:
    """Leave out files in whose place a folder is wanted."""
    return [one for one in paths if not any(other.startswith(f"{one}/") for other in paths)]


@pytest.fixture(params=["sha1", "sha256"])
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> History:
    """An empty repository of each kind of ids."""
    git(tmp_path, "init", "--quiet", f"--object-format={request.param}", "all")
    found = history.find(tmp_path / "all")
    assert found
    return found


def _blob(where: History, text: str) -> Blob:
    asked = ("git", "hash-object", "-w", "--stdin")
    done = subprocess.run(
        asked, cwd=where.top, input=text.encode(), capture_output=True, check=True
    )
    return Blob("100644", done.stdout.decode().strip())


def _tree_by_index(where: History, files: dict[str, Blob]) -> str:
    git(where.top, "read-tree", "--empty")
    lines = "".join(f"{blob.mode} {blob.id}\t{path}\0" for path, blob in files.items())
    asked = ("git", "update-index", "-z", "--index-info")
    subprocess.run(asked, cwd=where.top, input=lines.encode(), check=True)
    return git(where.top, "write-tree").strip()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(_PATHS, unique=True, max_size=8).map(_sound),
    after=st.lists(_PATHS, unique=True, max_size=8).map(_sound),
)
def test_it_is_the_tree_that_an_index_makes(
    repository: History, before: list[str], after: list[str]
) -> None:
    one, other = _blob(repository, "one"), _blob(repository, "other")._replace(mode="100755")
    start = _tree_by_index(repository, dict.fromkeys(before, one))
    changes = {**dict.fromkeys(before), **dict.fromkeys(after, other)}
    made = tree_with(repository, start, changes)
    listed = git(repository.top, "ls-tree", "-r", "-z", "--name-only", made)
    assert sorted(listed.split("\0")[:-1]) == sorted(after)
    assert made == _tree_by_index(repository, dict.fromkeys(after, other))


def test_what_is_not_named_stays(repository: History) -> None:
    one, other = _blob(repository, "one"), _blob(repository, "other")
    start = _tree_by_index(repository, {"a/b": one, "a/c": one, "d": one})
    made = tree_with(repository, start, {"a/b": other})
    assert made == _tree_by_index(repository, {"a/b": other, "a/c": one, "d": one})
    assert tree_with(repository, start, {}) == start


def test_a_file_may_name_bytes_that_a_partial_clone_does_not_have(repository: History) -> None:
    start = _tree_by_index(repository, {"a/b": _blob(repository, "one")})
    away = Blob("100644", "12" * (len(start) // 2))
    made = tree_with(repository, start, {"a/c": away})
    assert away.id in git(repository.top, "ls-tree", "-r", made)
