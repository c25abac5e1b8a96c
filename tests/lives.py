"""The life of a firm on one book that all share, step by step, and all that was said in it.

By hand: ``python -m tests.lives --seed 1``.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from crm_md.config import default_config
from crm_md.document import Document
from tests.books import NOW, Answer, Book
from tests.clones import is_clean, team, tree
from tests.kills import killed_at
from tests.losses import closed, cut, gone
from tests.plain_git import pulled, shared
from tests.stories import MEMBERS, Step, shortest, story

CLOCKS = dict(zip(MEMBERS, (0, -60, 60), strict=True))  # minutes by which a clock is wrong
NOWHERE = "git://127.0.0.1:9/hub.git"


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
        self.count = 0

    def live(self, steps: Sequence[Step], together_every: int = 0) -> None:
        """Let a story happen, and see now and then, and at last, that all is well."""
        for number, step in enumerate(steps, 1):
            self.count += 1
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
        assert not missing, missing
        ticked = set(re.findall(r"- \[x\] .*?(Wort\d+x)", here))
        assert self._ticked - self._taken_back <= ticked
        self.tally["all came together"] += 1

    def _run(self, who: str, *arguments: str) -> Answer:
        moment = NOW + timedelta(minutes=self.count + CLOCKS[who])
        return self.books[who](*arguments, now=moment)

    def _word(self) -> str:
        return f"Wort{self.count}x"

    def _some(self, book: Book, chance: random.Random) -> Path | None:
        files = sorted((book.root / "customers").rglob("[!.]*.md"))
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
            value = {"phone": f"0351 {self.count}", "segment": "A", "next": "2027-01-02 Anruf"}
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
        way = chance.choice([cut, cut, gone, closed])
        with way(self.firm, self.books[who], chance) as (codes, words):
            answer = self._run(who, "sync")
        assert answer.code in codes, answer.both
        failed = words in answer.err
        assert failed == (answer.code != 0 or "at the moment" in answer.err), answer.both
        return f"{way.__name__}, {'said so' if failed else 'not met'}"

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
            self._run(who, "rename", file.stem, f"Firma {self.count}")
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
        self._run(who, "new", chance.choice(["Café Möwe", f"Haus {self.count}"]))
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


def main() -> None:
    """Tell a long story by hand, and say how often what happened; shorten one that fails."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--steps", type=int, default=2000)
    asked.add_argument("--together-every", type=int, default=100, metavar="STEPS")
    chosen = asked.parse_args()
    steps = story(chosen.seed, chosen.steps)
    began = time.monotonic()
    lived, problem = _lived(steps, chosen.together_every)
    print(f"seed {chosen.seed}, {lived.count} steps, {time.monotonic() - began:.0f} s")
    for what, count in sorted(lived.tally.items()):
        print(f"{count:6} {what}")
    if problem:
        print("".join(traceback.format_exception(problem)))
        told = steps[: lived.count]
        for step in shortest(told, lambda tried: _lived(tried)[1] is not None):
            print(step)
        sys.exit(1)


def _lived(steps: Sequence[Step], together_every: int = 0) -> tuple[Life, Exception | None]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        life = Life(Path(folder))
        try:
            life.live(steps, together_every)
        except Exception as problem:
            return life, problem
        return life, None


if __name__ == "__main__":
    main()
