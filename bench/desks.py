"""Set up clones of equal shared repositories, at which a colleague works too."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import run
from bench.questions import program
from bench.stores import ME
from bench.team import TEAM

_COLLEAGUE = f"{TEAM['ben']} <ben@example.com>"


@dataclass(frozen=True, slots=True)
class Desk:
    """A clone, and the bare repository that it shares with.

    Attributes:
        clone: a work tree, set up as ``crm clone`` does.
        hub: the bare repository.
        env: of the processes that work here.
    """

    clone: Path
    hub: Path
    env: Mapping[str, str]

    def changed(self, ours: Sequence[str], theirs: Sequence[str], what: str) -> None:
        """Let customers be logged at: here, committed; and by a colleague who shared it.

        Args:
            ours: paths of customers.
            theirs: likewise.
            what: tells the entries of this time from all others.
        """
        if theirs:
            self._import(self._logged_at(theirs, f"{what} dort"), what)
        for path, text in self._logged_at(ours, f"{what} hier").items():
            (self.clone / path).write_text(text, "utf-8")
        if ours:
            words = ("commit", "--quiet", "--message", f"Ours: {what}", "--", *ours)
            subprocess.run(("git", "-C", str(self.clone), *words), check=True, env=dict(self.env))

    def _logged_at(self, paths: Sequence[str], what: str) -> dict[str, str]:
        texts = {path: (self.clone / path).read_text("utf-8") for path in paths}
        return {path: with_entry(text, call(what)) for path, text in texts.items()}

    def _import(self, texts: Mapping[str, str], what: str) -> None:
        """Write a commit into the shared repository. Source: git-fast-import(1)."""
        who = f"{_COLLEAGUE} now".encode()
        head = b"commit refs/heads/main\nauthor %b\ncommitter %b\n" % (who, who)
        message = f"Theirs: {what}".encode()
        parts = [head, b"data %d\n%b\nfrom refs/heads/main^0\n" % (len(message), message)]
        for path, text in texts.items():
            told = text.encode()
            parts.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(told), told))
        asked = ("git", "-C", str(self.hub), "fast-import", "--quiet", "--date-format=now")
        subprocess.run(asked, input=b"".join(parts), check=True, env=dict(self.env))


def with_entry(text: str, entry: str) -> str:
    """Return a customer with one more entry, the newest."""
    before, heading, after = text.partition("\n## Verlauf\n\n")
    return f"{before}{heading}{entry}\n{after}" if heading else f"{text}\n{entry}"


def call(what: str) -> str:
    """Return an entry about a call."""
    return f"### 2026-11-20 Anruf: {what}\n\nAlles besprochen.\n"


def desk(folder: Path, store: Path, env: Mapping[str, str]) -> Desk:
    """Return a clone of a bare repository of a store, both made, with all derived data.

    Nothing is packed while it is measured, for that comes when it comes.

    Args:
        folder: made; nothing may be in it.
        store: what is copied.
        env: of the processes that work there.
    """
    folder.mkdir(parents=True)
    made = Desk(folder / "clone", folder / "hub.git", env)
    run(("git", "clone", "--quiet", "--bare", "--", str(store), str(made.hub)), folder, env)
    run((*program(), "clone", str(made.hub), str(made.clone)), folder, env)
    mine = (("user.name", ME.name), ("user.email", ME.email), ("gc.auto", "0"))
    for place, name, value in (
        (made.hub, "receive.autogc", "false"),
        *((made.clone, name, value) for name, value in mine),
    ):
        run(("git", "-C", str(place), "config", name, value), folder, env)
    return made
