"""Understand what Git says when a talk with another repository fails; it has no codes for it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from time import time

from crm_md import errors
from crm_md.history.addresses import folder_of
from crm_md.history.process import Answer, failure
from crm_md.messages import _

# In this order. Source: connect.c, http.c, transport.c, setup.c, ssh(1), curl.
_FULL = re.compile(r"^(?:fatal|error): .*(?:No space left|quota exceeded)", re.MULTILINE)
_FOREIGN = re.compile(r"dubious ownership.*?--add safe\.directory '?([^\n']+)", re.DOTALL)
_TOO_LARGE = re.compile(r"(?:HTTP|returned error:) 413")
_UNKNOWN_HOST = re.compile(r"Host key verification failed")
_PASSWORD = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|terminal prompts disabled"
    r"|Permission denied \(|Invalid username or|(?:code|response) 407"
    r"|returned error: 40[13]|HTTP Basic: Access denied|Permission to .* denied"
)
_CERTIFICATE = re.compile(
    r"SSL certificate|certificate verif|certificate has expired|unable to get local issuer"
    r"|no alternative certificate subject name|SSL peer certificate",
    re.IGNORECASE,
)
_NOTHING_THERE = re.compile(
    r"does not appear to be a git repository|[Rr]epository .*not found|repository .* does not exist"
    r"|returned error: 404|not a git repository|access denied or repository not exported"
    r"|Unable to find remote helper|'remote-[^']*' is not a git command|is not a valid URL"
    r"|[Nn]o path specified|no such device or address"
)
_NO_CONNECTION = re.compile(
    r"[Cc]ould ?n[o']t resolve|Connection (?:refused|timed out|reset|closed)|Network is unreachable"
    r"|No route to host|timed out|unable to connect|Failed to connect|Couldn't connect"
    r"|unable to look up|unable to access|early EOF|hung up|Could not read from remote repository"
    r"|RPC failed|Temporary failure|unexpected disconnect|expected flush after|protocol error"
)
_MEANINGS = (
    (_PASSWORD, errors.NotLetIn),
    (_CERTIFICATE, errors.NotTrusted),
    (_NOTHING_THERE, errors.NothingThere),
    (_NO_CONNECTION, errors.NoConnection),
)
_REFUSED = re.compile(r"\[(?:remote )?rejected\]|^error: failed to push", re.MULTILINE)
_WORKED_IN = "branch is currently checked out"
_NOT_WRITABLE = re.compile(  # tmp-objdir.c, object-file.c, lockfile.c
    r"unable to create temporary object directory|insufficient permission for adding an object"
    r"|unable to write file .*: Permission denied|\.lock': Permission denied"
)
_LOCKED = re.compile(r"Unable to create '([^'\n]+\.lock)': File exists")  # lockfile.c
LEFT = 60  # seconds; no process of Git holds a lock of a reference that long
_HOW_FAR = re.compile(
    r"(?:Enumerating|Counting|Compressing|Receiving|Writing|Unpacking) objects:|Resolving deltas:"
    r"|Checking connectivity:|Updating references:|Total \d|Delta compression using"
)


def trouble(top: Path, answer: Answer, address: str) -> errors.CrmError:
    """Return the error of ours that a failed talk with a remote stands for.

    Args:
        top: where Git ran.
        answer: what it gave back.
        address: with whom it talked, without a password.
    """
    said = answer.err
    foreign = _FOREIGN.search(said)
    if foreign:
        return errors.ForeignRepository(Path(foreign[1]))
    if _TOO_LARGE.search(said):
        return errors.NotTaken(address, _("the server takes nothing of that size (HTTP 413)"))
    if _UNKNOWN_HOST.search(said):
        return errors.NotLetIn(address, stranger=True)
    for words, meaning in _MEANINGS:
        if words.search(said) and not _FULL.search(said):
            return meaning(address)
    if answer.code > 0 and not _without_how_far(said).strip():  # Git itself always says why
        return errors.NoConnection(address)
    return failure(top, Answer(answer.code, answer.out, _without_passwords(said)))


def not_taken(answer: Answer, remote: str, address: str) -> errors.CrmError | None:
    """Return the error for a push that the other side refused; None if it failed otherwise.

    Args:
        answer: what Git gave back.
        remote: the name of the other side.
        address: where it is.
    """
    said = answer.out.decode("utf-8", "replace") + answer.err
    failed_otherwise = _NO_CONNECTION.search(answer.err) or _PASSWORD.search(answer.err)
    if failed_otherwise or not _REFUSED.search(said):
        return None
    if _WORKED_IN in said:
        return errors.NotBare(address)
    if may_not_write(said):
        return errors.NotTaken(remote, _("this account may read there, but not write"))
    return errors.NotTaken(remote, words_of_remote(said))


def may_not_write(said: str) -> bool:
    """Tell whether a push failed since this account has no right to write on the other side."""
    return bool(_NOT_WRITABLE.search(said))


def lock_left(said: str, remote: str, address: str) -> errors.LockLeft | None:
    """Return the error for a push that met a lock on the other side, None if there was none.

    Args:
        said: by Git.
        remote: the name of the other side.
        address: where it is.
    """
    found = _LOCKED.search(said)
    if found is None:
        return None
    file, age = found[1].replace("/./", "/"), 0.0
    with suppress(OSError):
        age = time() - Path(file).stat().st_mtime if folder_of(address) else 0
    return errors.LockLeft(remote, file, may_pass=age < LEFT)


def is_away(address: str) -> bool:
    """Tell whether a folder is not there, or empty: a drive that is not connected looks so."""
    folder = folder_of(address)
    if folder is None:
        return False
    try:
        return not any(folder.iterdir())
    except FileNotFoundError:
        return True
    except OSError:
        return False


def words_of_remote(said: str) -> str:
    """Return what the other side said, its lines, without what Git says around them."""
    lines = _without_how_far(said).split("\n")
    theirs = [line[len("remote:") :].strip() for line in lines if line.startswith("remote:")]
    if not any(theirs):
        theirs = [
            line.partition("(")[2].rpartition(")")[0] for line in lines if "rejected]" in line
        ]
    if not any(theirs):
        theirs = [line for line in lines if line and not line.startswith(("error:", "To ", "Done"))]
    words = (" ".join(_visible(line).split()) for line in theirs)
    return "\n".join(filter(None, words))


def _visible(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _without_how_far(said: str) -> str:
    every = said.replace("\r", "\n").split("\n")
    return "\n".join(line for line in every if not _HOW_FAR.match(line.removeprefix("remote: ")))


def _without_passwords(said: str) -> str:
    return re.sub(r"://[^/@\s]*@", "://", said)
