"""Share with others: which remote goes with a branch, fetch from it, push to it, and why not.

Nothing here asks on the terminal: whoever must type a password does so in a program of Git's,
beforehand, or in a window that their own Git opens for it (``core.askPass``). Nothing forces: a
push that is not a continuation is refused by Git itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence

from crm_md import errors
from crm_md.frozen import dataclass
from crm_md.history.addresses import folder_of, without_password
from crm_md.history.patience import run_patiently
from crm_md.history.process import Answer, failure, output, run_git, start_git
from crm_md.history.repository import Repository, commit_named
from crm_md.history.troubles import lock_left, may_not_write, not_taken, trouble

_WANTED = r"^(remote\..*\.url|branch\..*\.(remote|merge)|core\.sshcommand|commit\.gpgsign)$"
QUICKLY = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=30")  # bytes a second; seconds
PUSHING = "CRM_HOOK_PYTHON"  # tells a hook on a drive which Python has the crm that pushes
_TELLING = ("--quiet", "--progress")  # no more than how far it came
_SSH = "-o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15"
_PUTTY = frozenset(("plink", "putty", "tortoiseplink"))  # they know none of these options
_SHARED = "refs/crm/shared"  # what a remote's branch was when we last had all of it
_FASTER = re.compile(
    r"\[rejected\].*\((?:fetch first|non-fast-forward|stale info)\)"
    r"|\[remote rejected\].*\((?:cannot lock ref|incorrect old value|failed to update ref"
    r"|reference already exists|failed to lock)"
)
_TAKEN = re.compile(r"^[ *=]\t[0-9a-f]+:refs/heads/", re.MULTILINE)  # git-push(1), --porcelain
_NO_BRANCH = re.compile(r"[Cc]ouldn't find remote ref")


@dataclass(frozen=True, slots=True)
class Remote:
    """The branch of a remote that goes with ours.

    Attributes:
        name: of the remote, such as ``origin``.
        address: where it is, without a password in it.
        branch: its branch.
        known: whether Git was told that it goes with ours.
        sign: whether commits are to be signed.
        ssh: the program that the user has set for ssh, "" for none.
    """

    name: str
    address: str
    branch: str
    known: bool
    sign: bool = False
    ssh: str = ""

    @property
    def tracking(self) -> str:
        """The reference under which Git keeps what it fetched."""
        return f"refs/remotes/{self.name}/{self.branch}"

    @property
    def shared(self) -> str:
        """The reference under which we keep what both sides had last."""
        return f"{_SHARED}/{self.name}/{self.branch}"


def remote_of(repository: Repository, branch: str) -> Remote:
    """Return the remote that goes with a branch: the one Git was told, the only one, or origin.

    Raises:
        NoRemote: there is none, or several and none of them is meant.
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(repository.top, "config", "-z", "--get-regexp", _WANTED, locks=False)
    if answer.code not in (0, 1):
        raise failure(repository.top, answer)
    told = dict(one.split("\n", 1) for one in os.fsdecode(answer.out).split("\0") if "\n" in one)
    names = [key[len("remote.") : -len(".url")] for key in told if key.startswith("remote.")]
    name = told.get(f"branch.{branch}.remote", "")
    known = name in names and f"branch.{branch}.merge" in told
    if name not in names:
        name = names[0] if len(names) == 1 else "origin"
    if name not in names:
        raise errors.NoRemote(names)
    theirs = told[f"branch.{branch}.merge"].removeprefix("refs/heads/") if known else branch
    return Remote(
        name=name,
        address=without_password(told[f"remote.{name}.url"]),
        branch=theirs,
        known=known,
        sign=told.get("commit.gpgsign", "").lower() in ("true", "yes", "on", "1"),
        ssh=told.get("core.sshcommand", ""),
    )


def silent(ssh: str = "") -> dict[str, str]:
    """Return the environment in which Git and those it starts ask nobody for anything.

    Args:
        ssh: the program that the user has set for ssh, "" for none.
    """
    quiet = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS": "", "GCM_INTERACTIVE": "never"}
    if "GIT_SSH" not in os.environ:
        program = os.environ.get("GIT_SSH_COMMAND") or ssh or "ssh"
        quiet["GIT_SSH_COMMAND"] = _asking_nobody(program)
    return quiet


def _asking_nobody(ssh: str) -> str:
    """Return the line by which a program for ssh is called so that it asks nobody.

    Source: git-config(1), ``ssh.variant``: Git, too, tells the programs apart by their names.
    """
    called = re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|(\S*))""", ssh)
    path = next(filter(None, called.groups()), "") if called else ""
    name = re.split(r"[\\/]", path)[-1].lower().removesuffix(".exe")
    variant = os.environ.get("GIT_SSH_VARIANT") or name
    if variant in _PUTTY:
        return f"{ssh} -batch"
    return ssh if variant == "simple" else f"{ssh} {_SSH}"


def set_remote(repository: Repository, address: str) -> None:
    """Name the place to share with ``origin``.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    output(repository.top, "remote", "add", "--", "origin", address)


def forget(repository: Repository, remote: Remote) -> None:
    """Take back what `set_remote` did, with all that was fetched from there.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    output(repository.top, "remote", "remove", "--", remote.name)


def fetch(
    repository: Repository, remote: Remote, meanwhile: Callable[[], None] = lambda: None
) -> str | None:
    """Fetch the remote's branch, and return its commit; None if the remote has no commit at all.

    Args:
        repository: where to.
        remote: where from.
        meanwhile: done until the other side has answered.

    Raises:
        NoConnection, NotLetIn, NothingThere: it cannot be reached, for that reason.
        NoSuchBranch: it has branches, and none of this name.
        CrmError: another of the 50s.
    """
    answer = _network(
        repository,
        remote,
        *("fetch", *_TELLING, "--no-recurse-submodules", "--no-tags", "--end-of-options"),
        *(remote.name, f"+refs/heads/{remote.branch}:{remote.tracking}"),
        meanwhile=meanwhile,
    )
    if answer.code == 0:
        return commit_named(repository, remote.tracking)
    if _NO_BRANCH.search(answer.err):
        others = _branches(repository, remote)
        if others:
            here = (one for one in others if commit_named(repository, f"refs/heads/{one}"))
            raise errors.NoSuchBranch(remote.branch, others, ours=next(here, ""))
        return None
    raise trouble(repository.top, answer, remote.address)


def deepen(repository: Repository, remote: Remote) -> bool:
    """Fetch the past that a shallow clone lacks; tell whether it was shallow.

    Raises:
        CrmError: one of the 50s.
    """
    if not (repository.common_dir / "shallow").exists():
        return False
    answer = _network(repository, remote, "fetch", *_TELLING, "--unshallow", remote.name)
    if answer.code:
        raise trouble(repository.top, answer, remote.address)
    return True


def push(
    repository: Repository,
    remote: Remote,
    commit: str,
    meanwhile: Callable[[], None] = lambda: None,
) -> bool:
    """Push a commit to the remote's branch; tell whether it was taken, or somebody was faster.

    Args:
        repository: where from.
        remote: where to.
        commit: which.
        meanwhile: done until the other side has answered.

    Raises:
        NoConnection, NotLetIn, NothingThere: it cannot be reached, for that reason.
        NotBare: somebody works in that folder.
        NotTaken: the remote, or a hook, does not want it.
        LockLeft: a process of Git's holds it there, or left its lock behind.
        CrmError: another of the 50s.
    """
    answer = _network(
        repository,
        remote,
        *("push", "--porcelain", "--progress", "--no-recurse-submodules", "--end-of-options"),
        *(remote.name, f"{commit}:refs/heads/{remote.branch}"),
        settings={PUSHING: sys.executable} if folder_of(remote.address) else {},
        meanwhile=meanwhile,
    )
    told = answer.out.decode("utf-8", "replace")
    if answer.code == 0 or _TAKEN.search(told):  # the line may go down behind the good news
        return True
    if _FASTER.search(told + answer.err) and not may_not_write(answer.err):
        if locked := lock_left(answer.err, remote.name, remote.address):
            raise locked
        return False
    refused = not_taken(answer, remote.name, remote.address)
    raise refused or trouble(repository.top, answer, remote.address)


def last_shared(repository: Repository, remote: Remote) -> str | None:
    """Return the commit that both sides had last; None if nothing was ever shared."""
    return commit_named(repository, remote.shared) or commit_named(repository, remote.tracking)


def remember_shared(repository: Repository, remote: Remote, commit: str) -> None:
    """Remember that both sides have this commit.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    start_remembering(repository, remote, commit)()


def start_remembering(repository: Repository, remote: Remote, commit: str) -> Callable[[], None]:
    """Begin to remember that both sides have this commit; return what waits until it is done."""
    running = start_git(repository.top, "update-ref", remote.shared, commit)

    def done() -> None:
        answer = running.finish()
        if answer.code:
            raise failure(repository.top, answer, repository.git_dir)

    return done


def go_together(repository: Repository, branch: str, remote: Remote) -> None:
    """Tell Git that our branch goes with the remote's, as ``git push -u`` does."""
    output(repository.top, "config", f"branch.{branch}.remote", remote.name)
    output(repository.top, "config", f"branch.{branch}.merge", f"refs/heads/{remote.branch}")


def keep_branch(repository: Repository, name: str, commit: str) -> None:
    """Let a branch beside ours name a commit, so that nothing of it can be lost."""
    output(repository.top, "update-ref", f"refs/heads/{name}", commit)


def count_between(repository: Repository, since: str | None, until: str) -> int:
    """Return how many commits came after one, up to another; merges are none of their own."""
    spans = [until, f"^{since}"] if since else [until]
    counted = output(
        repository.top, "rev-list", "--count", "--no-merges", "--end-of-options", *spans
    )
    return int(counted)


def works_between(
    repository: Repository, since: Sequence[str], until: str
) -> frozenset[tuple[str, str]]:
    """Return author and moment of the commits after some, up to another; a rewriting keeps both."""
    spans = [until, *(f"^{one}" for one in since)]
    told = output(
        repository.top, "log", "--no-merges", "--format=%ae%x00%at", "--end-of-options", *spans
    )
    lines = os.fsdecode(told).split("\n")[:-1]
    return frozenset((author, when) for author, _, when in (one.partition("\0") for one in lines))


def _branches(repository: Repository, remote: Remote) -> list[str]:
    answer = _network(repository, remote, "ls-remote", "--heads", "--end-of-options", remote.name)
    if answer.code:
        raise trouble(repository.top, answer, remote.address)
    lines = os.fsdecode(answer.out).split("\n")[:-1]
    return [line.partition("\trefs/heads/")[2] for line in lines]


def _network(
    repository: Repository,
    remote: Remote,
    *args: str,
    settings: Mapping[str, str] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Answer:
    quiet = {**silent(remote.ssh), **(settings or {})}
    return run_patiently(repository.top, *QUICKLY, *args, settings=quiet, meanwhile=meanwhile)
