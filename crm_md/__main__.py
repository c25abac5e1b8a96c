"""Start the command line: ``crm`` and ``python -m crm_md``."""

from __future__ import annotations

import gc
import sys

_RARELY = 50_000  # new containers; by default the collector looks through all of them every 700


def main() -> None:
    """Run the command that the arguments name and end the process with its exit code."""
    gc.set_threshold(_RARELY)
    from crm_md.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
