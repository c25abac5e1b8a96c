"""The life of a firm by chance: who did what, step by step, on one book that all share.

A story is a list of steps, and each step decides alone all that it leaves open; so a story can be
told again, and shortened to what makes it fail. By hand: ``python -m tests.lives --steps 2000``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from crm_md.config import default_config
from crm_md.document import Document
from tests.books import NOW, Answer, Book
from tests.clones import is_clean, team, tree
from tests.kills import killed_at
from tests.plain_git import pulled, shared

MEMBERS = ("anna", "ben", "carla")  # Dora has Git and an editor, and no `crm`
CLOCKS = dict(zip(MEMBERS, (0, -60, 60), strict=True))  # minutes by which a clock is wrong
OFTEN = ("log",) * 6 + ("sync",) * 5 + ("edit", "set", "tick", "kill", "lose", "pull", "dora") * 2
KINDS = (*OFTEN, "rename", "remove", "new", "undo", "solve", "move", "leave", *("back",) * 4)
CUTS = (
    ("uploadpack", 'exec 3<&0; {{ git-upload-pack "$@" <&3 & }} | dd bs=1 count={0} status=none'),
    ("uploadpack", 'dd bs=1 count={0} status=none | git-upload-pack "$@"'),
    ("receivepack", 'exec 3<&0; {{ git-receive-pack "$@" <&3 & }} | dd bs=1 count={0} status=none'),
    ("receivepack", 'dd bs=1 count={0} status=none | git-receive-pack "$@"'),
)
NOWHERE = "git://127.0.0.1:9/hub.git"


class Step(NamedTuple):
    """One thing that happens: of what kind, to whom, and the chance that decides all else."""

    kind: str
    who: str
    chance: int


def story(seed: int, length: int) -> list[Step]:
    """Return what happens by chance; the same seed gives the same story."""
    chance = random.Random(seed)
    return [
        Step(chance.choice(KINDS), chance.choice(MEMBERS), chance.randrange(10**6))
        for _number in range(length)
    ]


class Life:
    """A firm in which things happen, and all that was said in it."""

    def __init__(self, folder: Path) -> None:
        self.firm = team(folder)
        self.books = {who: self.firm.clone(who) for who in MEMBERS}
        self.dora = self.firm.clone("dora")
        self.tally: Counter[str] = Counter()
        self._said: set[str] = set()
        self._ticked: set[str] = set()
        self._taken_back: set[str] = set()
        self._last: dict[str, tuple[str, str]] = {}
        self._away: set[str] = set()
        self._count = 0

    def live(self, steps: Sequence[Step], together_every: int = 0) -> None:
        """Let a story happen, and see now and then, and at last, that all is well."""
        for number, step in enumerate(steps, 1):
            self._count += 1
            done = getattr(self, f"_{step.kind}")(step.who, random.Random(step.chance))
            self.tally[f"{step.kind}: {done}" if done else step.kind] += 1
            if number == len(steps) or (together_every and number % together_every == 0):
                self.come_together()

    def come_together(self) -> None:
        """Let all share all they have; then all have the same, and nothing said is missing."""
        for who in MEMBERS:
            self._back(who)
        everybody = [*self.books.values(), self.dora]
        for _turn in range(2):
            for who in MEMBERS:
                answer = self._run(who, "sync")
                assert answer.code == 0, answer.both
            shared(self.dora, gives_up=False)
        assert len({tree(book) for book in everybody}) == 1
        for book in everybody:
            assert is_clean(book), book.git("status", "--porcelain")
        _all_can_be_read(self.dora)
        here = _all_texts(self.dora)
        missing = {words for words in self._said - self._taken_back if words not in here}
        assert not missing
        ticked = set(re.findall(r"- \[x\] .*?(Wort\d+x)", here))
        assert self._ticked - self._taken_back <= ticked
        self.tally["all came together"] += 1

    def _run(self, who: str, *arguments: str) -> Answer:
        moment = NOW + timedelta(minutes=self._count + CLOCKS[who])
        return self.books[who](*arguments, now=moment)

    def _word(self) -> str:
        return f"Wort{self._count}x"

    def _some(self, book: Book, chance: random.Random) -> Path | None:
        files = sorted((book.root / "customers").rglob("*.md"))
        return chance.choice(files) if files else None

    def _log(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        words = self._word()
        if file is None:
            return "no customer"
        task = ("--task", f"{words} erledigen due:2026-12-24") if chance.random() < 0.4 else ()
        answer = self._run(who, "log", file.stem, f"Anruf: {words} gesagt", *task)
        if answer.code:
            return f"refused, {answer.err[:60]}"
        self._said.add(words)
        self._last[who] = words, answer.err.split("crm undo ")[-1].split()[0]
        return ""

    def _edit(self, who: str, chance: random.Random) -> str:
        return self._edit_by_hand(self.books[who], chance)

    def _edit_by_hand(self, book: Book, chance: random.Random) -> str:
        """Add a paragraph, reword a line that somebody added, or erase it."""
        file = self._some(book, chance)
        if file is None:
            return "no customer"
        words, text = self._word(), file.read_bytes().decode("utf-8")
        lines = re.findall(r"^Von Hand: .*$", text, re.MULTILINE)
        how = chance.choice(["add", "add", "reword", "erase"]) if lines else "add"
        if how == "add":
            text = f"{text.rstrip()}\n\nVon Hand: {words}\n"
        else:
            line = chance.choice(lines)
            text = text.replace(line, f"{line} {words}" if how == "reword" else "", 1)
        if how == "erase":
            self._taken_back |= set(re.findall(r"Wort\d+x", line))
        else:
            self._said.add(words)
        file.write_bytes(text.encode("utf-8"))
        return how

    def _set(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        if file:
            field = chance.choice(["phone", "segment", "next"])
            value = {"phone": f"0351 {self._count}", "segment": "A", "next": "2027-01-02 Anruf"}
            self._run(who, "set", file.stem, field, value[field])
            self._last.pop(who, None)
        return ""

    def _tick(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        text = file.read_text("utf-8") if file else ""
        tasks = re.findall(r"- \[ \] (Wort\d+x) erledigen", text)
        if not (file and tasks):
            return "nothing to do"
        task = chance.choice(tasks)
        self._last.pop(who, None)
        if self._run(who, "done", file.stem, task).code:
            return "refused"
        self._ticked.add(task)
        return ""

    def _sync(self, who: str, _chance: random.Random) -> str:
        answer = self._run(who, "sync")
        assert answer.code == 0, answer.both
        assert ("does not answer" in answer.err) == (who in self._away), answer.both
        return "offline" if who in self._away else ""

    def _kill(self, who: str, chance: random.Random) -> str:
        return "" if killed_at(self.books[who], chance.randrange(1, 90)) else "too late"

    def _leave(self, who: str, _chance: random.Random) -> str:
        """The network is gone for a while."""
        self.books[who].git("remote", "set-url", "origin", NOWHERE)
        self._away.add(who)
        return ""

    def _back(self, who: str, _chance: random.Random | None = None) -> str:
        self.books[who].git("remote", "set-url", "origin", self.firm.hub.as_uri())
        self._away.discard(who)
        return ""

    def _lose(self, who: str, chance: random.Random) -> str:
        """The connection, or the host, is lost while sharing."""
        if who in self._away:
            return self._sync(who, chance)
        way = chance.choice([self._cut, self._cut, self._gone, self._closed])
        with way(who, chance) as (codes, words):
            answer = self._run(who, "sync")
        assert answer.code in codes, answer.both
        failed = words in answer.err
        assert failed == (answer.code != 0 or "at the moment" in answer.err), answer.both
        return f"{way.__name__[1:]}, {'said so' if failed else 'not met'}"

    @contextmanager
    def _cut(self, who: str, chance: random.Random) -> Iterator[tuple[set[int], str]]:
        """The line goes down after so many bytes, on their way there or back."""
        name, line = chance.choice(CUTS)
        program = self.firm.folder / f"cut-{who}"
        program.write_text(f"#!/bin/sh\n{line.format(int(10 ** chance.uniform(0, 4)))}\n")
        program.chmod(0o755)
        self.books[who].git("config", f"remote.origin.{name}", str(program))
        yield {0}, "does not answer"
        self.books[who].git("config", "--unset", f"remote.origin.{name}")

    @contextmanager
    def _gone(self, _who: str, _chance: random.Random) -> Iterator[tuple[set[int], str]]:
        """The shared drive is not there."""
        aside = self.firm.hub.with_name("aside.git")
        self.firm.hub.rename(aside)
        yield {0}, "is not there at the moment"
        aside.rename(self.firm.hub)

    @contextmanager
    def _closed(self, _who: str, _chance: random.Random) -> Iterator[tuple[set[int], str]]:
        """A hook of the host takes nothing."""
        hook = self.firm.hub / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho closed until Monday\nexit 1\n")
        hook.chmod(0o755)
        yield {0, 54}, "closed until Monday"
        hook.unlink()

    def _pull(self, who: str, chance: random.Random) -> str:
        """Somebody who has `crm` takes plain Git instead."""
        how = chance.choice(["--no-rebase", "--rebase"])
        return f"{how}, {'done' if pulled(self.books[who], how) else 'given up'}"

    def _dora(self, _who: str, chance: random.Random) -> str:
        """Dora edits by hand, or shares with plain Git alone."""
        if chance.random() < 0.5:
            return f"edits, {self._edit_by_hand(self.dora, chance)}"
        return f"shares, {shared(self.dora, gives_up=chance.random() < 0.3)}"

    def _rename(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        if file:
            self._run(who, "rename", file.stem, f"Firma {self._count}")
            self._last.pop(who, None)
        return ""

    def _move(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        if file:
            folder = self.books[who].root / "customers" / chance.choice(["nord", "süd ost"])
            folder.mkdir(exist_ok=True)
            if not (folder / file.name).exists():
                file.rename(folder / file.name)
        return ""

    def _remove(self, who: str, chance: random.Random) -> str:
        file = self._some(self.books[who], chance)
        if file is None or chance.random() > 0.3:
            return "not this time"
        said = set(re.findall(r"Wort\d+x", file.read_text("utf-8")))
        self._last.pop(who, None)
        if self._run(who, "remove", file.stem, "--yes").code:
            return "refused"
        self._taken_back |= said
        return ""

    def _new(self, who: str, chance: random.Random) -> str:
        self._run(who, "new", chance.choice(["Café Möwe", f"Haus {self._count}"]))
        self._last.pop(who, None)
        return ""

    def _undo(self, who: str, _chance: random.Random) -> str:
        words, action = self._last.pop(who, ("", ""))
        if not words:
            return "nothing to undo"
        if self._run(who, "undo", action).code:
            return "refused"
        self._taken_back.add(words)
        return ""

    def _solve(self, who: str, _chance: random.Random) -> str:
        self._run(who, "solve", "petersen", "Ersatz", "geliefert")
        self._last.pop(who, None)
        return ""


def _all_can_be_read(book: Book) -> None:
    for file in sorted(book.root.glob("customers/**/*.md")):
        data = file.read_bytes()
        assert b"<<<<<<<" not in data
        document = Document.read(data, f"customers/{file.name}", default_config())
        assert document.customer.name
        assert not [one for one in document.findings if one.check == "conflict"]


def _all_texts(book: Book) -> str:
    paths = book.git("ls-files", "-z").split("\0")[:-1]
    return "\n".join((book.root / path).read_bytes().decode("utf-8") for path in paths)


def shortest(steps: Sequence[Step], fails: Callable[[Sequence[Step]], bool]) -> list[Step]:
    """Return as few of the steps as still fail, by leaving out ever smaller stretches."""
    left, size = list(steps), len(steps) // 2
    while size:
        start = 0
        while start < len(left):
            without = left[:start] + left[start + size :]
            if without and fails(without):
                left = without
            else:
                start += size
        size //= 2
    return left
