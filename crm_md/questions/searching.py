"""Search everything that was ever written about the customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_md.crm import Crm
from crm_md.document.decoding import decode
from crm_md.errors import CrmError, UsageProblem
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.store import read

if TYPE_CHECKING:
    from crm_md.index.search import Result


def search(
    crm: Crm, words: str | Sequence[str], *, limit: int | None = 20, newest: bool = False
) -> Result:
    """Find dated entries, and customers by what stands about them.

    Args:
        crm: the open store.
        words: what is looked for: words, "exact phrases", beginnings*, -without, and fields such
            as ``kind:call``, ``after:2026-01-01``, ``is:open``; or the arguments of a command line,
            of which those with blanks were quoted.
        limit: hits at most, None for all.
        newest: by date instead of how well they answer.

    Returns:
        What was found; where arguments that were quoted stand nowhere as a phrase, what has most
        of their words.

    Raises:
        UsageProblem: there is no word.
    """
    from crm_md.index.query import as_typed, parse_query
    from crm_md.index.search import search as find

    typed = words if isinstance(words, str) else as_typed(words)
    if not typed.strip():
        raise UsageProblem(_("What is looked for?"), _("For example: crm search delivery late"))

    def text_of(path: str) -> str | None:
        """The file as values are read from it; None where it cannot be read."""
        try:
            data = read(crm.root, path)
            return None if data is None else decode(data, path).shown
        except CrmError:
            return None

    def found(asked: str) -> Result:
        query = parse_query(asked, crm.config, crm.today, lambda: crm.me)
        return find(
            crm.catalogue, query, text_of, limit=limit, newest=newest, progress=crm.progress
        )

    exactly = found(typed)
    if exactly.hits or isinstance(words, str) or not any(map(_is_quoted_by_the_shell, words)):
        return exactly
    loosely = found(" ".join(words))
    return replace(loosely, all_words=False) if loosely.hits else exactly


def _is_quoted_by_the_shell(argument: str) -> bool:
    """Tell a question put into quotation marks as a whole from a phrase meant to be exact."""
    return " " in argument.strip() and '"' not in argument
