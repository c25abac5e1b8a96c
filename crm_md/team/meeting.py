"""Bring a clone to where it has all of ours and all of theirs, or say why that cannot be.

What the other side lacks of what was shared is noticed first: somebody rewrote the past, or a
backup was restored; then nothing is joined until somebody says what is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_md.crm import Crm
from crm_md.errors import HistoryRewritten, OlderThere, StoreLocked, UnrelatedHistories
from crm_md.history import remotes, trees
from crm_md.messages import _, speaking
from crm_md.team.lost_past import lost_there

if TYPE_CHECKING:
    from crm_md.history.remotes import Remote
    from crm_md.joining.beside import Note
    from crm_md.team.arrivals import Arrivals

TRIES = 8  # as often somebody may save here while we join, before we leave it to the next sync


class Meeting:
    """What a clone does about what the other side has.

    Attributes:
        notes: what a person should know of how it was joined.
        kept: the branch that keeps what the other side lacks, where it was followed; "" else.
    """

    def __init__(
        self, crm: Crm, remote: Remote, arrivals: Arrivals, *, follow: bool, give_back: bool
    ) -> None:
        """Take what `sync` takes.

        Args:
            crm: the open store.
            remote: the other side.
            arrivals: is told what is going to come in.
            follow: do without what the other side lacks.
            give_back: share that once more.
        """
        self.notes: tuple[Note, ...] = ()
        self.kept = ""
        self._crm = crm
        self._git = crm.git
        self._remote = remote
        self._arrivals = arrivals
        self._follow = follow
        self._give_back = give_back
        self._bases_of: dict[tuple[str, str], list[str]] = {}

    def take_in(self, last: str | None, theirs: str) -> int:
        """Bring the clone to where it has all of ours and all of theirs.

        Args:
            last: the commit that both sides had last, None if there is none.
            theirs: where the other side stands now.

        Returns:
            How many commits that were shared the other side is to get once more.

        Raises:
            OlderThere, HistoryRewritten: it lacks some, and nobody said what to do.
            UnrelatedHistories: there is nothing that both come from.
            StoreLocked: others write here all the time.
            CrmError: of `Crm.move_to`, or one of the 50s, if Git failed.
        """
        lost = self._lost(last, theirs)
        self._join(theirs)
        self._set_apart(theirs)
        return lost

    def _bases(self, here: str, theirs: str) -> list[str]:
        """Return the commits that two come from; one that continues the other comes from it."""
        if here == theirs:
            return [here]
        pair = here, theirs
        if pair not in self._bases_of:
            self._bases_of[pair] = trees.merge_bases(self._git, here, theirs)
        return self._bases_of[pair]

    def _deepen(self) -> bool:
        """Fetch the past that a shallow clone lacks; tell whether it was shallow."""
        self._bases_of.clear()
        return remotes.deepen(self._git, self._remote)

    def _lost(self, last: str | None, theirs: str) -> int:
        """Return how many shared commits the other side is to get once more.

        Raises:
            OlderThere, HistoryRewritten: it lacks some, and nobody said what to do.
        """
        here = self._git.head()
        if not (last and here) or last == theirs or last in self._bases(here, theirs):
            return 0
        if self._git.is_ancestor(last, theirs):
            return 0
        if self._deepen() and self._git.is_ancestor(last, theirs):
            return 0
        bases = self._bases(here, theirs)
        if not bases or not self._git.is_ancestor(last, here):
            return 0
        lost = lost_there(self._git, self._remote, last, theirs, bases)
        if self._give_back or (lost.how == "moved" and not self._follow):
            return lost.missing
        if lost.how == "older" and not self._follow:
            raise OlderThere(lost.missing, self._remote.address)
        kept = f"crm-kept-{here[:8]}"
        remotes.keep_branch(self._git, kept, here)
        if not self._follow:
            raise HistoryRewritten(lost.missing, kept)
        self._take_instead(last, here, theirs)
        self.kept = kept
        return 0

    def _take_instead(self, last: str, here: str, theirs: str) -> None:
        """Go over to a rewritten past, and bring along what only we have, as one commit."""
        from crm_md.team.joining import joined

        goal = theirs
        if here != last:
            made = joined(self._git, last, here, theirs, self._crm.prefix)
            self.notes += made.notes
            goal = self._commit(made.tree, (theirs,), lambda: _("What was not shared yet"))
        self._arrivals.expect(theirs)
        if self._crm.move_to(goal, instead_of=here) is None:
            raise StoreLocked("crm")
        # Only now: killed before, the next sync has to ask again, and share nothing of the old.
        remotes.remember_shared(self._git, self._remote, theirs)

    def _join(self, theirs: str) -> None:
        """Bring the clone to where it has all of ours and all of theirs."""
        for _attempt in range(TRIES):
            here = self._git.head()
            bases = self._bases(here, theirs) if here else []
            if theirs in bases:
                return
            goal = theirs if here is None or here in bases else self._joined(here, theirs)
            self._arrivals.expect(theirs)
            if self._crm.move_to(goal, instead_of=here) is not None:
                return
        raise StoreLocked("crm")

    def _joined(self, here: str, theirs: str) -> str:
        from crm_md.team.joining import base_of, joined

        base = base_of(self._git, self._bases(here, theirs), self._crm.prefix)
        if base is None and self._deepen():
            base = base_of(self._git, self._bases(here, theirs), self._crm.prefix)
        if base is None:
            raise UnrelatedHistories(self._remote.address)
        made = joined(self._git, base, here, theirs, self._crm.prefix)
        self.notes += made.notes
        return self._commit(
            made.tree, (here, theirs), lambda: _("Joined with the work of the others")
        )

    def _commit(self, tree: str, parents: tuple[str, ...], sentence: Callable[[], str]) -> str:
        with speaking(self._crm.config.language):
            message = sentence() + "\n"
        return trees.commit_tree(
            self._git, tree, parents, message, date=self._crm.now, sign=self._remote.sign
        )

    def _set_apart(self, theirs: str) -> None:
        """In a clone of a part, let no new customer have the file name of one who is left out."""
        if self._crm.part is not None:
            from crm_md.team.apart import set_apart

            self.notes += set_apart(self._crm, theirs)
