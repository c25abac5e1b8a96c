"""Time the program on stores of 1,000, 10,000 and 100,000 customers: ``python -m bench``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from bench.measuring import Measuring, Results
from bench.questions import questions
from bench.stores import cache_folder, kept_store
from bench.tables import told

SIZES = (1_000, 10_000, 100_000)
TIMES = {1_000: 21, 10_000: 21, 100_000: 9}  # counted runs of each question
QUICK_TIMES = 5


def main() -> None:
    """Read the command line, measure each store, print the tables."""
    asked = _arguments()
    chosen = [one for one in questions() if not asked.only or asked.only in one.name]
    results: list[Results] = []
    for size in asked.sizes:
        _tell(f"{size:,}: store")
        store = kept_store(size, date.today(), asked.cache)
        times = QUICK_TIMES if asked.quick else TIMES.get(size, QUICK_TIMES)
        results.append(Measuring(store, times, _tell).results(chosen, first_use=not asked.quick))
    _tell("")
    sys.stdout.write(told(results))
    sys.exit(1 if any(one.failures for one in results) else 0)


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
