"""Time what a team waits for: sync, Git's driver and review, each beside what sets its goal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from bench.contests import Contest, Job, Judged, judged
from bench.desks import Desk, call, desk, with_entry
from bench.invented import customers
from bench.processes import Failed
from bench.questions import FLOOR, program
from bench.review import review_contest
from bench.stores import Store
from crm_md.history.drivers import PROGRAM, driver_command

FLOORS = 3  # that sync may take more than plain Git
MANY = 200  # customers changed on both sides
MANY_MORE = 1.0  # seconds more for them
DRIVER = 4.5  # times a Python that does nothing

Tell = Callable[[str], None]

_PULL_AND_PUSH = ("sh", "-c", "git pull --quiet --no-rebase --no-edit && git push --quiet")
_FEW = ("sync, nothing to do", "sync, one changed here", "sync, one came in", "sync, one each")
_MOST = f"sync, {MANY} on both sides"
SYNCS = frozenset((*_FEW, _MOST))
_DRIVER = "merge driver, one file"
_REVIEW = "review, 5,000 commits"


@dataclass(frozen=True, slots=True)
class Sharing:
    """What was measured of sharing.

    Attributes:
        size: customers of the store that was synced; 0 if none was.
        rows: those contests that were chosen and did not fail.
        failures: what the commands that failed said.
    """

    size: int = 0
    rows: tuple[Judged, ...] = ()
    failures: tuple[str, ...] = ()


def chosen_contests(only: str) -> frozenset[str]:
    """Return the names of the contests with these words in them."""
    return frozenset(name for name in (*SYNCS, _DRIVER, _REVIEW) if only in name)


def measured(
    contests: Iterable[Contest], size: int, env: Mapping[str, str], times: int, tell: Tell
) -> Sharing:
    """Hold contests one after the other; the first that fails is the last.

    Args:
        contests: each may be prepared when it is asked for.
        size: customers of the store that is synced; 0 if none is.
        env: of all processes.
        times: counted runs of each.
        tell: told what is being done.
    """
    rows: list[Judged] = []
    try:
        for contest in contests:
            tell(contest.name)
            rows.append(judged(contest, env, times))
    except Failed as problem:
        return Sharing(size, tuple(rows), (str(problem),))
    return Sharing(size, tuple(rows))


def contests(
    chosen: frozenset[str], store: Store | None, folder: Path, env: Mapping[str, str], tell: Tell
) -> Iterator[Contest]:
    """Yield the chosen contests, each once it is prepared.

    Args:
        chosen: their names.
        store: what is synced; None where that is not chosen.
        folder: which exists; what is prepared is made here.
        env: of all processes.
        tell: told what is being done.

    Raises:
        Failed: something cannot be prepared.
    """
    if store:
        tell("sync: two clones")
        ours, plain = (desk(folder / name, store.folder, env) for name in ("ours", "plain"))
        files = (store.folder / "customers").glob("*/*.md")
        paths = sorted(str(file.relative_to(store.folder)) for file in files)
        yield from (one for one in sync_contests(ours, plain, paths) if one.name in chosen)
    if _DRIVER in chosen:
        yield driver_contest(folder / "driver")
    if _REVIEW in chosen:
        tell(f"{_REVIEW}: store")
        yield review_contest(_REVIEW, folder / "busy", env)


def sync_contests(ours: Desk, plain: Desk, paths: Sequence[str]) -> list[Contest]:
    """Return what `crm sync` is timed at, beside a plain pull and push in an equal clone.

    Where many customers are changed on both sides, plain Git would stop at conflicts, so the goal
    is measured by what it takes where each side changed one.

    Args:
        ours: where `crm sync` runs.
        plain: where Git does.
        paths: of customers in both.
    """

    def some(count: int, turn: int) -> list[str]:
        """Choose others in each turn, as long as there are any; before 0 from the end."""
        start = count * turn % max(1, len(paths) - count + 1)
        return [*paths[start : start + count]]

    def ready(desk: Desk, name: str, here: int, there: int) -> Callable[[int], None]:
        return lambda turn: desk.changed(some(here, turn), some(there, -1 - turn), f"{name} {turn}")

    def many(turn: int) -> None:
        chosen = some(MANY, turn)
        ours.changed(chosen, chosen, f"{_MOST} {turn}")

    floor = Job(FLOOR, plain.clone)
    few = [
        Contest(
            name,
            f"plain + {FLOORS} floors",
            Job((*program(), "sync"), ours.clone, ready(ours, name, here, there)),
            (floor, Job(_PULL_AND_PUSH, plain.clone, ready(plain, name, here, there))),
            lambda floor, plain: plain + FLOORS * floor,
        )
        for name, here, there in zip(_FEW, (0, 1, 0, 1), (0, 0, 1, 1), strict=True)
    ]
    most = Contest(
        _MOST,
        f"plain, one each, + {MANY_MORE:g} s",
        Job((*program(), "sync"), ours.clone, many),
        (Job(_PULL_AND_PUSH, plain.clone, ready(plain, _MOST, 1, 1)),),
        lambda plain: plain + MANY_MORE,
    )
    return [*few, most]


def driver_contest(folder: Path) -> Contest:
    """Return what Git waits for at each file that both sides changed, beside a bare Python.

    Args:
        folder: made; the three versions of the file lie in it.
    """
    folder.mkdir()
    (invented,) = islice(customers(1, date(2026, 11, 20)), 1)
    texts = {"base": invented.text}
    texts |= {side: with_entry(invented.text, call(side)) for side in ("ours", "theirs")}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    asked = driver_command(sys.executable, PROGRAM).partition(" || ")[0]
    places = {"%O": "base", "%A": "ours", "%B": "theirs"}
    words = [places.get(word, word) for word in shlex.split(asked)]

    def ready(_number: int) -> None:
        (folder / "ours").write_text(texts["ours"], "utf-8")

    return Contest(
        _DRIVER,
        f"{DRIVER:g} × bare Python",
        Job(words, folder, ready),
        (Job((sys.executable, "-c", "pass"), folder),),
        lambda bare: DRIVER * bare,
    )
