"""Start the command line: ``crm`` and ``python -m crm_md``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name and end the process with its exit code."""
    from crm_md.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
