"""Find what is wrong in a store, with place and remedy; mend what guesses no meaning."""

from crm_md.quality.checking import check
from crm_md.quality.mending import Mending, Moved, Rewritten, mend, plan_mending
from crm_md.quality.registry import OF_A_FILE, OF_THE_CLONE, OF_THE_STORE, Check

__all__ = [
    "OF_A_FILE",
    "OF_THE_CLONE",
    "OF_THE_STORE",
    "Check",
    "Mending",
    "Moved",
    "Rewritten",
    "check",
    "mend",
    "plan_mending",
]
