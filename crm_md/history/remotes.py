"""Share with others: which remote goes with a branch, fetch from it, push to it, and why not.

Nothing here ever asks: whoever must type a password does so in a program of Git's, beforehand.
Nothing forces: a push that is not a continuation is refused by Git itself.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from crm_md import errors
from crm_md.frozen import dataclass
from crm_md.history.process import Answer, failure, output, run_git
from crm_md.history.repository import Repository, commit_named

_WANTED = r"^(remote\..*\.url|branch\..*\.(remote|merge)|core\.sshcommand|commit\.gpgsign)$"
_QUICKLY = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=30")  # bytes a second; seconds
_SSH = "-o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15"
_SHARED = "refs/crm/shared"  # what a remote's branch was when we last had all of it
_FASTER = re.compile(
    r"\[rejected\].*\((?:fetch first|non-fast-forward|stale info)\)"
    r"|\[remote rejected\].*\((?:cannot lock ref|incorrect old value|failed to update ref"
    r"|reference already exists|failed to lock)"
)
_REFUSED = re.compile(r"\[(?:remote )?rejected\]|^error: failed to push", re.MULTILINE)
_NO_BRANCH = re.compile(r"[Cc]ouldn't find remote ref")
# In this order; Git has no codes for it. Source: connect.c, http.c, transport.c, ssh(1), curl.
_PASSWORD = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"
    r"|Permission denied \(|Invalid username or|Host key verification failed"
    r"|returned error: 40[13]|HTTP Basic: Access denied|Permission to .* denied"
)
_NOTHING_THERE = re.compile(
    r"does not appear to be a git repository|[Rr]epository .*not found|repository .* does not exist"
    r"|returned error: 404|not a git repository|access denied or repository not exported"
    r"|Unable to find remote helper|is not a valid URL|[Nn]o path specified"
)
_NO_CONNECTION = re.compile(
    r"[Cc]ould ?n[o']t resolve|Connection (?:refused|timed out|reset|closed)|Network is unreachable"
    r"|No route to host|timed out|unable to connect|Failed to connect|Couldn't connect"
    r"|unable to access|early EOF|hung up|Could not read from remote repository|RPC failed"
    r"|Temporary failure|unexpected disconnect"
)


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


def without_password(address: str) -> str:
    """Return an address without the name and password that may stand before its host."""
    return re.sub(r"^([a-z+]+://)[^/@]*:[^/@]*@", r"\1", address)


def silent(ssh: str = "") -> dict[str, str]:
    """Return the environment in which Git and those it starts ask nobody for anything.

    Args:
        ssh: the program that the user has set for ssh, "" for none.
    """
    quiet = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS": "", "GCM_INTERACTIVE": "never"}
    if "GIT_SSH" not in os.environ:
        program = os.environ.get("GIT_SSH_COMMAND") or ssh or "ssh"
        quiet["GIT_SSH_COMMAND"] = f"{program} {_SSH}"
    return quiet


def set_remote(repository: Repository, address: str) -> None:
    """Name the place to share with ``origin``.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    output(repository.top, "remote", "add", "--", "origin", address)


def fetch(repository: Repository, remote: Remote) -> str | None:
    """Fetch the remote's branch, and return its commit; None if the remote has no commit at all.

    Raises:
        NoConnection, NotLetIn, NothingThere: it cannot be reached, for that reason.
        NoSuchBranch: it has branches, and none of this name.
        CrmError: another of the 50s.
    """
    answer = _network(
        repository,
        remote,
        *("fetch", "--quiet", "--no-recurse-submodules", "--no-tags", "--end-of-options"),
        *(remote.name, f"+refs/heads/{remote.branch}:{remote.tracking}"),
    )
    if answer.code == 0:
        return commit_named(repository, remote.tracking)
    if _NO_BRANCH.search(answer.err):
        others = _branches(repository, remote)
        if others:
            raise errors.NoSuchBranch(remote.branch, others)
        return None
    raise trouble(repository.top, answer, remote.address)


def deepen(repository: Repository, remote: Remote) -> bool:
    """Fetch the past that a shallow clone lacks; tell whether it was shallow.

    Raises:
        CrmError: one of the 50s.
    """
    if not (repository.common_dir / "shallow").exists():
        return False
    answer = _network(repository, remote, "fetch", "--quiet", "--unshallow", remote.name)
    if answer.code:
        raise trouble(repository.top, answer, remote.address)
    return True


def push(repository: Repository, remote: Remote, commit: str) -> bool:
    """Push a commit to the remote's branch; tell whether it was taken, or somebody was faster.

    Raises:
        NoConnection, NotLetIn, NothingThere: it cannot be reached, for that reason.
        NotTaken: the remote, or a hook, does not want it.
        CrmError: another of the 50s.
    """
    answer = _network(
        repository,
        remote,
        *("push", "--porcelain", "--no-recurse-submodules", "--end-of-options"),
        *(remote.name, f"{commit}:refs/heads/{remote.branch}"),
    )
    if answer.code == 0:
        remember_shared(repository, remote, commit)
        return True
    said = answer.out.decode("utf-8", "replace") + answer.err
    if _FASTER.search(said):
        return False
    refused = _REFUSED.search(said) and not _NO_CONNECTION.search(answer.err)
    if refused and not _PASSWORD.search(answer.err):
        raise errors.NotTaken(remote.name, words_of_remote(said))
    raise trouble(repository.top, answer, remote.address)


def words_of_remote(said: str) -> str:
    """Return what the other side said, without what Git says around it."""
    lines = said.replace("\r", "\n").split("\n")
    theirs = [line[len("remote:") :].strip() for line in lines if line.startswith("remote:")]
    if not any(theirs):
        theirs = [
            line.partition("(")[2].rpartition(")")[0] for line in lines if "rejected]" in line
        ]
    if not any(theirs):
        theirs = [line for line in lines if line and not line.startswith(("error:", "To ", "Done"))]
    return " ".join(" ".join(filter(None, theirs)).split())


def remember_shared(repository: Repository, remote: Remote, commit: str) -> None:
    """Remember that both sides have this commit, and that the two branches go together."""
    output(repository.top, "update-ref", remote.shared, commit)


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


def trouble(top: Path, answer: Answer, address: str) -> errors.CrmError:
    """Return the error of ours that a failed talk with a remote stands for."""
    for words, meaning in (
        (_PASSWORD, errors.NotLetIn),
        (_NOTHING_THERE, errors.NothingThere),
        (_NO_CONNECTION, errors.NoConnection),
    ):
        if words.search(answer.err):
            return meaning(address)
    return failure(top, Answer(answer.code, answer.out, _without_passwords(answer.err)))


def _without_passwords(said: str) -> str:
    return re.sub(r"://[^/@\s]*:[^/@\s]*@", "://", said)


def _branches(repository: Repository, remote: Remote) -> list[str]:
    answer = _network(repository, remote, "ls-remote", "--heads", "--end-of-options", remote.name)
    if answer.code:
        raise trouble(repository.top, answer, remote.address)
    lines = os.fsdecode(answer.out).split("\n")[:-1]
    return [line.partition("\trefs/heads/")[2] for line in lines]


def _network(repository: Repository, remote: Remote, *args: str) -> Answer:
    return run_git(repository.top, *_QUICKLY, *args, settings=silent(remote.ssh))
