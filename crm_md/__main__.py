"""Start the command line: ``crm`` and ``python -m crm_md``."""

from __future__ import annotations

import gc
import os
import sys

_RARELY = 50_000  # new containers; by default the collector looks through all of them every 700


def main() -> None:
    """Run the command that the arguments name and end the process with its exit code."""
    gc.set_threshold(_RARELY)
    from crm_md.cli import run

    _end(run(sys.argv[1:]))


def _end(code: int) -> None:
    """End the process at once: to take all modules apart takes as long as many an answer (14 ms).

    What the command held open it has let go of. Where somebody watches Python (debugger, profiler),
    or the output cannot be written, the process ends as usual.
    """
    if sys.gettrace() is None and sys.getprofile() is None and not sys.flags.interactive:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except BrokenPipeError:  # whoever reads us has enough
            os._exit(code)
        except (OSError, ValueError):
            sys.exit(code)
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
