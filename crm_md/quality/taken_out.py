"""Find what commits take out of a store that no colleague would miss gladly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from crm_md import store
from crm_md.history.beginning import ATTRIBUTES
from crm_md.history.objects import Blob, files_at, texts_of
from crm_md.history.reading import is_ancestor
from crm_md.history.repository import Repository
from crm_md.messages import _
from crm_md.model import Finding

_RULES = ".gitattributes"
_MERGING = next(one for one in ATTRIBUTES[1] if one.startswith("merge="))


def taken_out(
    repository: Repository, bases: Sequence[str], new: str, prefixes: Collection[str]
) -> Iterator[Finding]:
    """Yield what is gone with these commits: every customer of a store, Git's rules for merging.

    Args:
        repository: where.
        bases: what is known already.
        new: the commit that is looked at.
        prefixes: where stores lie in any of them.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    if not bases or not all(is_ancestor(repository, base, new) for base in bases):
        return  # a branch of its own, which takes nothing out
    after = files_at(repository, new)
    before = [files_at(repository, base) for base in bases]
    for prefix in sorted(prefixes):
        if all(_customers(one, prefix) for one in before) and not _customers(after, prefix):
            yield Finding(
                "no-customers-left",
                "error",
                f"{prefix}{store.CUSTOMERS}",
                1,
                _("All customers of the book would be gone."),
                _("Bring them back: git revert HEAD"),
            )
        rules = prefix + _RULES
        if _merges(repository, before, rules) and not _merges(repository, [after], rules):
            yield Finding(
                "no-merge-rules",
                "warning",
                rules,
                1,
                _("Git would merge customers by lines again, with conflicts."),
                _("Bring its rules back: crm init"),
            )


def _customers(files: Collection[str], prefix: str) -> bool:
    inner = (path[len(prefix) :] for path in files if path.startswith(prefix))
    return any(map(store.is_customer_path, inner))


def _merges(repository: Repository, trees: Sequence[Mapping[str, Blob]], rules: str) -> bool:
    """Tell whether the rules for Git name our merge in all of these trees."""
    if not all(rules in files for files in trees):
        return False
    ids = {files[rules].id for files in trees}
    return all(_MERGING.encode() in text for text in texts_of(repository, ids).values())
