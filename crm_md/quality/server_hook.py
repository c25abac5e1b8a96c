"""Refuse on a firm's Git host what would break the store for everybody."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from crm_md.errors import HookThere, NotUnderGit, UsageProblem, WriteFailed, reason_of
from crm_md.frozen import dataclass
from crm_md.history.hosting import (
    base_of_branch,
    bases_of_push,
    find_any,
    hooks_folder,
    is_worked_in,
    merge_base,
    no_commit,
)
from crm_md.history.objects import files_at
from crm_md.history.process import in_quarantine
from crm_md.history.remotes import PUSHING
from crm_md.history.repository import Repository, commit_meant
from crm_md.messages import _, speaking
from crm_md.model import Finding
from crm_md.quality.book_at import BookAt
from crm_md.quality.incoming import check_range, stores_in

BRANCHES = "refs/heads/"
HOOK = "pre-receive"
_OURS = "crm server-hook"
_IS_THERE = 'import sys, importlib.util as u; sys.exit(u.find_spec("crm_md") is None)'


@dataclass(frozen=True, slots=True)
class Checked:
    """What a push brings to one branch.

    Attributes:
        branch: its name.
        language: of the store, ``de`` or ``en``.
        findings: errors refuse the push, all else does not.
    """

    branch: str
    language: str
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether the push is refused for its sake."""
        return any(finding.severity == "error" for finding in self.findings)


def refusals(folder: Path, lines: Iterable[str], today: date) -> list[Checked]:
    """Check what a push brings, while Git keeps it apart.

    Args:
        folder: the host's repository.
        lines: ``old new ref`` each, as Git gives them to a pre-receive hook. Tags, other refs and
            branches that end pass unseen. Source: githooks(5).
        today: the day of the push.

    Raises:
        UsageProblem: the folder is no repository, or a line is not of this form.
        CrmError: one of the 50s, if Git failed.
    """
    with in_quarantine():
        try:
            repository = find_any(folder)
        except NotUnderGit:
            raise not_by_hand() from None
        return [
            checked
            for old, new, branch in map(_updates, filter(str.strip, lines))
            if branch.startswith(BRANCHES) and not no_commit(new)
            for checked in _checked(repository, old, new, branch, today)
        ]


def not_by_hand() -> UsageProblem:
    """Return the error for somebody who calls at a keyboard what is for Git to call."""
    return UsageProblem(
        _("This is for Git to call when somebody pushes."),
        _("Let Git call it: crm server-hook --install REPO.git"),
    )


def _updates(line: str) -> tuple[str, str, str]:
    parts = line.strip().split(" ", 2)
    if len(parts) != 3:
        raise not_by_hand()
    return parts[0], parts[1], parts[2]


def _checked(
    repository: Repository, old: str, new: str, branch: str, today: date
) -> Iterator[Checked]:
    bases = bases_of_push(repository, old, new)
    if bases is not None:
        language = language_at(repository, [new, *bases], today)
        with speaking(language):  # whoever pushes may have no language set where the hook runs
            found = tuple(check_range(repository, bases, new, today))
        yield Checked(branch.removeprefix(BRANCHES), language, found)


def language_at(repository: Repository, commits: Sequence[str], today: date) -> str:
    """Return the language of the first store that one of these commits has."""
    for commit in commits:
        for prefix in stores_in(files_at(repository, commit)):
            return BookAt(repository, commit, prefix, today).config.language
    return "en"


def check_of_range(folder: Path, asked: str, today: date) -> list[Finding]:
    """Find what the commits of a range bring that is wrong, as ``git log A..B`` names them.

    Args:
        folder: a clone, a folder of one, or a bare repository.
        asked: ``A..B``; zeros for A stand for a new branch, of which what is not in the main one
            is looked at, and so does nothing at all (a variable of CI that is empty); zeros for
            B stand for one that ends. A missing B is HEAD. ``A...B`` begins where the two parted.
        today: the day of the look.

    Raises:
        UsageProblem: it is no range, or Git knows no such commit.
        NotUnderGit: there is no Git here.
    """
    repository = find_any(folder)
    left, dots, right = asked.partition("..")
    if not dots:
        raise UsageProblem(
            _("“{range}” is no range.").format(range=asked),
            _("Name two states with two dots between them: main..HEAD"),
        )
    if no_commit(right.removeprefix(".")):
        return []
    new = _commit(repository, right.removeprefix("."))  # three dots: from where they parted
    if not left or no_commit(left):
        return check_range(repository, base_of_branch(repository, new), new, today)
    base = _commit(repository, left)
    if right.startswith("."):
        base = merge_base(repository, base, new) or base
    return check_range(repository, [base], new, today)


def _commit(repository: Repository, words: str) -> str:
    found = commit_meant(repository, words or "HEAD")
    if found is None:
        raise UsageProblem(
            _("Git knows nothing here that is called “{name}”.").format(name=words or "HEAD"),
            _("A shallow clone lacks older states; this fetches them: git fetch --unshallow"),
        )
    return found


def install(folder: Path) -> Path:
    """Let a repository check every push to it; return the hook that was written.

    Args:
        folder: the host's repository.

    Raises:
        HookThere: another hook is there already; it stays as it is.
        UsageProblem: the folder is no repository, or one that nobody pushes to.
        WriteFailed: the system refuses.
    """
    hook = hooks_folder(_host(folder)) / HOOK
    with suppress(FileNotFoundError, UnicodeDecodeError):
        if _OURS not in hook.read_text(encoding="utf-8"):
            raise HookThere(hook, _call())
    try:
        hook.parent.mkdir(parents=True, exist_ok=True)
        hook.write_text(_script(), encoding="utf-8")
        hook.chmod(0o755)
    except OSError as problem:
        raise WriteFailed(str(hook), reason_of(problem)) from problem
    return hook


def _host(folder: Path) -> Repository:
    """Return the repository that everybody pushes to.

    Raises:
        UsageProblem: it is none.
    """
    which = _("Name the one that everybody pushes to: crm server-hook --install REPO.git")
    try:
        repository = find_any(folder)
    except NotUnderGit:
        text = _("There is no Git repository at {folder}.")
        raise UsageProblem(text.format(folder=folder), which) from None
    if is_worked_in(repository):
        text = _("{folder} is a clone in which somebody works; nobody pushes there.")
        raise UsageProblem(text.format(folder=folder), which)
    return repository


def _call() -> str:
    return f"{shlex.quote(sys.executable)} -P -m crm_md server-hook"


def _script() -> str:
    """Return the hook. It finds a crm that is there, or refuses and says what to do.

    On a shared drive it runs on the computer of whoever pushes: where the one that wrote it is
    not there, the one that pushes counts, then any on the PATH.
    """
    gone = _(
        "There is no program crm here to check the push with. Install it, or whoever looks after "
        "this repository runs: crm server-hook --install"
    )
    return (
        "#!/bin/sh\n"
        f"# {_OURS}: refuses what would break the store of customers; delete me to let all in.\n"
        f'for python in {shlex.quote(sys.executable)} "${PUSHING}"; do\n'
        f'  if [ -x "$python" ] && "$python" -P -c {shlex.quote(_IS_THERE)} 2>/dev/null; then\n'
        '    exec "$python" -P -m crm_md server-hook\n'
        "  fi\n"
        "done\n"
        "if crm server-hook --help >/dev/null 2>&1; then\n"
        "  exec crm server-hook\n"
        "fi\n"
        f"echo {shlex.quote(gone)} >&2\n"
        "exit 1\n"
    )
