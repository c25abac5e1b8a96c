"""Merge one customer file for Git: what ``merge.crm-md.driver`` of a clone runs, by its path.

Git waits for it once per file, so it imports next to nothing: it is started with ``-I -S``, and
finds the packages installed beside ours only where a head needs a YAML reader. Whatever goes
wrong, it ends with an error before it has written, and the shell goes on to ``git merge-file``.
"""

from __future__ import annotations

import gc
import os
import sys


def merge_for_git(base: str, ours: str, theirs: str) -> bool:
    """Write the merged file over ours.

    Args:
        base: where Git put the version both come from, likewise ``ours`` and ``theirs``.

    Returns:
        False, with ours as it was, if a side cannot be read: then Git is to show both.
    """
    from crm_md.document.merging.whole_file import merged_file

    texts = []
    for name in (base, ours, theirs):
        with open(name, "rb") as file:  # noqa: PTH123  # pathlib is a fifth of the time it takes
            texts.append(file.read())
    try:
        merged = merged_file(*texts)
    except ModuleNotFoundError:
        import site

        site.main()
        merged = merged_file(*texts)
    if merged is None:
        return False
    beside = f"{ours}.{os.getpid()}"
    with open(beside, "wb") as file:  # noqa: PTH123  # as above
        file.write(merged)
    os.replace(beside, ours)  # noqa: PTH105  # as above
    return True


if __name__ == "__main__":
    gc.disable()  # the process ends before it pays
    sys.path.insert(0, os.path.abspath(f"{__file__}/../../.."))  # noqa: PTH100  # as above
    sys.exit(0 if merge_for_git(*sys.argv[1:4]) else 1)
