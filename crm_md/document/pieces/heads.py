"""Read a head once however often a merge asks: to cut it, to compare it, to prove the result."""

from __future__ import annotations

from functools import lru_cache

from crm_md.document.head import read_head

head_of = lru_cache(maxsize=12)(read_head)  # three files, their heads, the merged ones
