"""What people do who share a book with Git alone: pull, and where Git cannot merge, keep both."""

from __future__ import annotations

import re
import subprocess

from tests.books import Book

_MARKS = re.compile(rb"^(?:<{7}|>{7}|\|{7}) .*\n|^={7}\n", re.MULTILINE)


def tries(book: Book, *arguments: str) -> bool:
    """Run Git in the store, and tell whether it went well."""
    ran = subprocess.run(["git", *arguments], cwd=book.root, capture_output=True)
    return ran.returncode == 0


def pulled(book: Book, how: str) -> bool:
    """Pull; where Git meets a conflict, give up.

    Behind a process that was killed, Git says that its lock is to be removed by hand, and that
    is what people do.
    """
    if tries(book, "pull", "--quiet", "--no-edit", how, "origin", "main"):
        return True
    given_up = ("rebase" if how == "--rebase" else "merge", "--abort")
    lock = book.root / ".git" / "index.lock"
    if not tries(book, *given_up) and lock.exists():
        lock.unlink()
        tries(book, *given_up)
    return False


def shared(book: Book, *, gives_up: bool) -> str:
    """Commit all, pull and push.

    Args:
        gives_up: where Git meets a conflict; else both versions are kept, one below the other.
    """
    book.git("add", "--all")
    tries(book, "commit", "--quiet", "--message", "Edited by hand")
    done = "pulled"
    if not tries(book, "pull", "--quiet", "--no-edit", "--no-rebase", "origin", "main"):
        if gives_up:
            tries(book, "merge", "--abort")
            return "gave up"
        _keep_both(book)
        done = "kept both"
    book.git("push", "--quiet", "origin", "main")
    return done


def _keep_both(book: Book) -> None:
    """Take the marks of the conflicts out, and let all stand that is there."""
    listed = book.git("ls-files", "--unmerged", "-z").split("\0")[:-1]
    for path in {line.partition("\t")[2] for line in listed}:
        file = book.root / path
        if file.is_file():
            file.write_bytes(_MARKS.sub(b"", file.read_bytes()))
    book.git("add", "--all")
    book.git("commit", "--quiet", "--no-edit")
