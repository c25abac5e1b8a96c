"""Begin a history: make the repository, tune it, and name what Git must not touch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from crm_md.errors import GitFailed
from crm_md.history import drivers
from crm_md.history.library import ask
from crm_md.history.repository import Repository, find

# Line ends stay as they are; whoever merges or compares our files may use drivers of these names.
# Where none is set up, Git takes its own.
ATTRIBUTES = ("customers/**/*.md", ("-text", "merge=crm-md", "diff=crm-md"))

# In this order, each only where the user has not decided otherwise: `status` at 10,000 files 12 ms
# instead of 26, for which the two must agree; and a commit survives a power cut (5 ms).
_SETTINGS = (
    ("core.untrackedCache", "true"),
    ("status.showUntrackedFiles", "all"),
    ("core.fsync", "loose-object,reference"),
)


def initialise(folder: Path, branch: str = "main", *, own: bool = False) -> Repository:
    """Return the repository of a folder, made if it lies in none, and tuned.

    Args:
        folder: which exists; the top of the work tree if it lies in none yet.
        branch: the name of the first branch of a new repository.
        own: make one of its own even where the folder lies in another's work tree.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    repository = find(folder)
    if repository is None or (own and repository.top != folder.resolve()):
        ask(folder, "init", "--quiet", f"--initial-branch={branch}")
        repository = find(folder)
    if repository is None:
        raise GitFailed("")
    settled = ask(repository.top, "config", "--list", "--name-only").lower().split("\n")
    for name, value in _SETTINGS:
        if name.lower() not in settled:
            ask(repository.top, "config", "--local", name, value)
    with suppress(OSError):
        drivers.install(repository)
    return repository


def with_attributes(present: bytes) -> bytes:
    """Return the content of ``.gitattributes`` with our line in it; what stands there stays.

    A line for our files is extended by what it lacks; an attribute that it sets otherwise is the
    user's decision. Source: gitattributes(5).
    """
    pattern, wanted = ATTRIBUTES
    end = b"\r\n" if b"\r\n" in present else b"\n"
    lines = present.split(b"\n")
    for number, line in enumerate(lines):
        words = line.decode("utf-8", "surrogateescape").split()
        if words[:1] != [pattern]:
            continue
        decided = {_attribute(word) for word in words[1:]}
        lacking = [word for word in wanted if _attribute(word) not in decided]
        text = line.rstrip()
        ending = line[len(text) :]
        lines[number] = b" ".join([text, *(word.encode() for word in lacking)]) + ending
        return b"\n".join(lines)
    gap = end if present and not present.endswith(b"\n") else b""
    return present + gap + " ".join([pattern, *wanted]).encode() + end


def _attribute(word: str) -> str:
    return word.lstrip("-!").partition("=")[0]
