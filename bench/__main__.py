"""Time the program on stores of 1,000, 10,000 and 100,000 customers: ``python -m bench``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measuring import Measuring, Results
from bench.parts import NAME as PARTS
from bench.parts import Parts, parts_and_whole
from bench.questions import questions, surroundings
from bench.sharing import SYNCS, Sharing, chosen_contests, contests, measured
from bench.stores import Store, cache_folder, kept_store
from bench.tables import told

SIZES = (1_000, 10_000, 100_000)
SHARED = 10_000  # customers in a store that is synced, if it is not to be a smaller one
TIMES = {1_000: 21, 10_000: 21, 100_000: 9}  # counted runs of each question
QUICK_TIMES = 5


def main() -> None:
    """Read the command line, measure each store, print the tables."""
    asked = _arguments()
    chosen = [one for one in questions() if not asked.only or asked.only in one.name]
    results: list[Results] = []
    for size in asked.sizes if chosen else ():
        store = _store(size, asked.cache)
        times = QUICK_TIMES if asked.quick else TIMES.get(size, QUICK_TIMES)
        results.append(Measuring(store, times, _tell).results(chosen, first_use=not asked.quick))
    shared, parts = _among_colleagues(asked)
    _tell("")
    sys.stdout.write(told(results, shared, parts))
    sys.exit(1 if any(one.failures for one in (*results, shared, parts)) else 0)


def _among_colleagues(asked: argparse.Namespace) -> tuple[Sharing, Parts]:
    """Measure what several people do with one store; quickly, that is never the largest one."""
    chosen = chosen_contests(asked.only)
    size = max((one for one in asked.sizes if one <= SHARED), default=min(asked.sizes))
    largest = size if asked.quick else max(asked.sizes)
    with TemporaryDirectory(prefix="sharing-", dir=_made(asked.cache)) as made:
        folder, env = Path(made), surroundings({"XDG_CONFIG_HOME": made})
        times = QUICK_TIMES if asked.quick else TIMES[SHARED]
        store = None if chosen.isdisjoint(SYNCS) else _store(size, asked.cache)
        held = contests(chosen, store, folder, env, _tell)
        shared = measured(held, store.size if store else 0, env, times, _tell)
        if asked.only not in PARTS:
            return shared, Parts()
        return shared, parts_and_whole(_store(largest, asked.cache), folder, env, _tell)


def _store(size: int, cache: Path) -> Store:
    _tell(f"{size:,}: store")
    return kept_store(size, date.today(), cache)


def _made(cache: Path) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="customers, such as 1000,10000")
    parser.add_argument(
        "--quick", action="store_true", help="fewer runs, and no first use in a clone"
    )
    parser.add_argument("--only", default="", help="only questions with these words in their name")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="where stores are kept")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _tell(text: str) -> None:
    """Say what is being done, on one line."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
    elif text:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
