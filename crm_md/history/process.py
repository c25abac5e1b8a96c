"""Run one Git process in an environment of our own, and turn its failures into ours.

Two ways lead to Git, each where it is the better one (git 2.39, 10,000 files, Python 3.11):

- A plain process, here, for what every command waits for: status 12 ms, commit 30, identity 1.5.
  ``import subprocess`` is 3 ms on top of click.
- GitPython, in ``library``, for what is asked now and then: the past, setting up. Its import
  alone is 40 ms.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from crm_md import errors
from crm_md.frozen import dataclass
from crm_md.messages import _

if TYPE_CHECKING:
    import subprocess

# Everything else named GIT_* speaks of another repository or another command, as when we are
# started by a hook or an alias (`git rev-parse --local-env-vars` lists the worst of them).
_KEPT = (
    *("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_", "GIT_TEMPLATE_DIR", "GIT_EXEC_PATH"),
    *("GIT_SSH", "GIT_SSL_", "GIT_PROXY_", "GIT_HTTP_", "GIT_ASKPASS", "GIT_ALLOW_PROTOCOL"),
    "GIT_TEST_ASSUME_DIFFERENT_OWNER",
)

# Where Git keeps what is being pushed until a hook has let it in, and what is there already.
# Source: git-receive-pack(1), "Quarantine environment".
_QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_inherited: set[str] = set()


def is_foreign(variable: str) -> bool:
    """Tell whether an inherited environment variable must not reach the Git we start."""
    kept = variable.startswith(_KEPT) and variable != "GIT_CONFIG_PARAMETERS"
    return variable.startswith("GIT_") and not kept and variable not in _inherited


@contextmanager
def in_quarantine() -> Iterator[None]:
    """Let the Git we start see what is being pushed; for a hook that Git runs before it is in."""
    _inherited.update(_QUARANTINE)
    try:
        yield
    finally:
        _inherited.clear()


def environment(*, locks: bool = True) -> dict[str, str]:
    """Return the environment that our Git processes get.

    The language of Git's messages is fixed because we read them; the character set stays the
    user's, for the sake of their hooks.

    Args:
        locks: False for a question that must never stand in the way of another Git.
    """
    clean = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    charset = clean.pop("LC_ALL", "")
    if charset:
        clean["LC_CTYPE"] = charset
    clean |= {"LC_MESSAGES": "C", "GIT_TERMINAL_PROMPT": "0"}
    if not locks:
        clean["GIT_OPTIONAL_LOCKS"] = "0"
    return clean


@dataclass(frozen=True, slots=True)
class Answer:
    """What a Git process gave back: its exit code (negative: the signal that ended it)."""

    code: int
    out: bytes
    err: str


class Running:
    """A Git process under way; Python may do something else until the answer is needed."""

    def __init__(self, process: subprocess.Popen[bytes], given: bytes | None) -> None:
        self._process = process
        self._given = given
        if given is not None and len(given) <= _FITS_IN_A_PIPE:
            self.give()

    def give(self) -> None:
        """Write what Git reads, so that it works on before anybody waits for it.

        Where it is much, somebody has to take what Git prints meanwhile.
        """
        if self._given is None:
            return
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(self._given)
        self._process.stdin = self._given = None

    def write(self, given: bytes) -> None:
        """Write more of what Git reads, where it was started to be asked.

        Whoever writes more than a pipe holds before reading what Git prints waits for ever.
        """
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended, and what it said tells why
            self._process.stdin.write(given)
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def finish(self) -> Answer:
        """Wait for the end and return the answer, whatever it is.

        On an interrupt Git is asked to stop and gets the time to remove its locks.
        """
        try:
            out, err = self._process.communicate(self._given)
        except BaseException:
            self._process.terminate()
            self._process.wait()
            raise
        return Answer(self._process.returncode, out, err.decode("utf-8", "replace"))

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """What it prints, and what it complains of; for whoever reads them instead of `finish`."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        return self._process.stdout, self._process.stderr

    def has_ended(self) -> bool:
        """Tell whether the process has ended."""
        return self._process.poll() is not None

    def code(self) -> int:
        """Wait for the end and return the exit code."""
        return self._process.wait()

    def end(self) -> None:
        """Ask it to stop, so that it removes its locks; kill it if it does not hear."""
        import subprocess

        self._process.terminate()
        try:
            self._process.wait(_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):  # stuck in the system, on a dead drive
                self._process.wait(_TO_STOP)

    def stop(self) -> None:
        """End a process whose answer nobody needs."""
        self._process.terminate()
        self._process.communicate()


def start_git(
    top: Path,
    *args: str,
    given: bytes | None = None,
    asked: bool = False,
    locks: bool = True,
    settings: Mapping[str, str] | None = None,
) -> Running:
    """Start Git in a work tree and return at once.

    Args:
        top: the folder to run in.
        args: the command and its arguments; paths go behind ``--`` or, better, through ``given``.
        given: what Git reads on its standard input; nothing if None.
        asked: what Git reads comes piece by piece, through ``Running.write``.
        locks: False for reading: Git then takes no lock, not even to remember what it saw.
        settings: further environment variables.

    Raises:
        GitMissing: there is no program named git.
    """
    import subprocess

    try:
        process = subprocess.Popen(
            ("git", "--literal-pathspecs", *args),
            cwd=top,
            env=environment(locks=locks) | dict(settings or {}),
            stdin=subprocess.DEVNULL if given is None and not asked else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError as problem:
        if problem.filename != "git":
            raise
        raise errors.GitMissing from problem
    return Running(process, given)


def run_git(
    top: Path,
    *args: str,
    given: bytes | None = None,
    locks: bool = True,
    settings: Mapping[str, str] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Answer:
    """Run Git in a work tree and return its answer, whatever it is.

    Args and errors are those of ``start_git``, and:

    Args:
        meanwhile: done while Git works; if it is interrupted, Git is stopped.
    """
    running = start_git(top, *args, given=given, locks=locks, settings=settings)
    try:
        meanwhile()
    except BaseException:
        running.stop()
        raise
    return running.finish()


def output(top: Path, *args: str, given: bytes | None = None) -> bytes:
    """Run Git in a work tree and return what it printed.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(top, *args, given=given)
    if answer.code:
        raise failure(top, answer)
    return answer.out


def zero_ended(names: Iterable[str]) -> bytes:
    """Return path names as Git reads them under ``-z``, in the bytes of the file system."""
    return b"".join(os.fsencode(name) + b"\0" for name in names)


def zero_split(printed: bytes) -> list[str]:
    """Return the path names that Git printed under ``-z``: the inverse of ``zero_ended``."""
    return [os.fsdecode(name) for name in printed.split(b"\0")[:-1]]


def failure(top: Path, answer: Answer, git_dir: Path | None = None) -> errors.CrmError:
    """Return the error of ours that a failed Git process stands for.

    Git has one exit code (128) for nearly everything, so its own words decide; where they name no
    cause ("unable to write new_index file"), the folder is tried.

    Args:
        top: where Git ran.
        answer: what it gave back.
        git_dir: the folder that Git writes to, if it was to write.
    """
    said = answer.err
    lock = re.search(r"Unable to create '(.+?\.lock)': File exists", said, re.DOTALL)
    if lock:
        return errors.GitBusy(Path(lock[1]))
    middle = re.search(r"^fatal: cannot do a partial commit during a ([a-z-]+)", said, re.MULTILINE)
    if middle:
        return errors.MergeUnderWay(middle[1])
    for words, meaning in _MEANINGS:
        if re.search(rf"^(?:fatal|error): .*(?:{words})", said, re.MULTILINE):
            return meaning(git_dir or top, said)
    if answer.code < 0 and not said.strip():
        said = _("the system ended it (signal {number})").format(number=-answer.code)
    problem = cannot_write(git_dir) if git_dir else None
    return (git_dir and problem and unwritable(git_dir, problem)) or errors.GitFailed(said)


def unwritable(folder: Path, problem: OSError) -> errors.CrmError | None:
    """Return our error for a folder that the system did not let Git or us write to, if known."""
    if problem.errno in _FULL:
        return errors.DiskFull(folder)
    if problem.errno in _FORBIDDEN:
        return errors.HistoryReadOnly(folder)
    return None


def cannot_write(git_dir: Path) -> OSError | None:
    """Write a little where Git writes, and return what stood in the way, if anything did."""
    for folder in (git_dir, git_dir / "objects"):
        trial = folder / f"crm-trial-{os.getpid()}"
        try:
            trial.write_bytes(bytes(_TRIAL))
        except OSError as problem:
            return problem
        finally:
            with suppress(OSError):
                trial.unlink()
    return None


def _damaged(folder: Path) -> errors.CrmError:
    from crm_md.history.damage import damaged

    return damaged(folder)


_DAMAGE = (
    r"Could not read [0-9a-f]{40}|unable to read [0-9a-f]{40}|unable to read tree"
    r"|unable to read sha1 file|bad object HEAD|bad tree object|invalid object [0-7]+ [0-9a-f]{40}"
    r"|object file \S+ is empty|loose object [0-9a-f]+ .*is corrupt|corrupt loose object"
    r"|inflate: data stream error|packfile \S+ (?:cannot be accessed|is (?:far )?too short)"
    r"|unable to find [0-9a-f]{40}|missing (?:blob|tree|commit) [0-9a-f]{40}"
)
_FITS_IN_A_PIPE = 4096  # bytes, on every system, without anybody reading them
_TO_STOP = 5.0  # seconds
_TRIAL = 256 * 1024  # bytes: more than a commit writes, so that "nearly full" is found too
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

# The first that fits counts. Git's source has the words: lockfile.c, object-file.c, ident.c,
# setup.c, refs.c, builtin/commit.c, gpg-interface.c; the rest is strerror of the C locale.
_MEANINGS: tuple[tuple[str, Callable[[Path, str], errors.CrmError]], ...] = (
    (
        "No space left on device|Disk quota exceeded|File too large",
        lambda folder, _: errors.DiskFull(folder),
    ),
    (
        "Permission denied|Read-only file system|Operation not permitted|insufficient permission",
        lambda folder, _: errors.HistoryReadOnly(folder),
    ),
    (
        "auto-detection is disabled|unable to auto-detect|empty ident name"
        "|consists only of disallowed characters",
        lambda _folder, _said: errors.NoIdentity(),
    ),
    ("could not fetch [0-9a-f]+ from promisor", lambda _folder, _said: errors.NotInThisPart()),
    (_DAMAGE, lambda folder, _said: _damaged(folder)),
    ("dubious ownership|unsafe repository", lambda folder, _: errors.ForeignRepository(folder)),
    ("not a git repository|invalid gitfile", lambda folder, _: errors.BrokenRepository(folder)),
    ("aborted by hook", lambda _, said: errors.HookRefused(said)),
    (
        "failed to sign|signing key|signingkey|public key|private key",
        lambda _folder, _said: errors.SigningFailed(),
    ),
)
