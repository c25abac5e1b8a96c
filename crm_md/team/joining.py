"""Join two commits into one tree without touching the folder; the commits alone decide the result.

Every file that both sides changed is merged as what it is, also where Git would see no conflict.
The two sides are taken in the order of their ids, so that every clone that joins the same two
commits gets the same tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from crm_md import store
from crm_md.history import objects, trees
from crm_md.history.objects import Blob
from crm_md.history.tree_making import tree_with
from crm_md.history.trees import Difference
from crm_md.joining.beside import Note, wanted_beside
from crm_md.joining.moves import MOVED, moves_between, slug_of
from crm_md.joining.one_file import Merge, kept_with_question, together
from crm_md.joining.paths import Spot, Versions, free_path, versions
from crm_md.joining.two_at_once import Texts, merged_files

if TYPE_CHECKING:
    from crm_md.history import History

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Joined(NamedTuple):
    """A tree that holds what both sides wanted."""

    tree: str
    notes: tuple[Note, ...]


class Outcome(NamedTuple):
    """What becomes of one file: where it is to stand, as what, and what is kept beside it."""

    versions: Versions
    path: str
    blob: Blob
    beside: bytes | None = None
    why: Literal["", "unreadable", "different"] = ""


def common_base(git: History, one: str, other: str, prefix: str) -> str | None:
    """Return the commit that two sides come from; of several, what they make when joined.

    Args:
        git: where.
        one: a commit.
        other: another.
        prefix: the store's place in the work tree.

    Returns:
        None where the two have no common beginning.
    """
    return base_of(git, trees.merge_bases(git, one, other), prefix)


def base_of(git: History, bases: Iterable[str], prefix: str) -> str | None:
    """Return what several commits that two sides come from make when joined, None for none.

    Args:
        git: where.
        bases: as `trees.merge_bases` returns them.
        prefix: the store's place in the work tree.
    """
    found: str | None = None
    for base in bases:
        found = base if found is None else _virtual(git, found, base, prefix)
    return found


def _virtual(git: History, one: str, other: str, prefix: str) -> str:
    """Return a commit that joins two bases; the same two make the same one everywhere."""
    from crm_md.history import Identity

    one, other = sorted((one, other))
    base = common_base(git, one, other, prefix)
    tree = joined(git, base, one, other, prefix).tree
    nobody = Identity("crm", "crm@localhost")
    return trees.commit_tree(git, tree, (one, other), "base", author=nobody, date=_EPOCH)


def joined(git: History, base: str | None, one: str, other: str, prefix: str) -> Joined:
    """Return what two sides make together.

    Args:
        git: where.
        base: the commit both come from, None for none.
        one: a commit.
        other: another; exchanging them changes nothing.
        prefix: the store's place in the work tree.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    one, other = sorted((one, other))
    start = base or objects.empty_tree(one)
    sides = [trees.differences(git, start, side) for side in (one, other)]
    moves = [
        _moves(git, side, base, tip, prefix) for side, tip in zip(sides, (one, other), strict=True)
    ]
    every = versions(sides[0], sides[1], moves[0], moves[1], prefix)
    outcomes = list(_outcomes(git, every, prefix))
    placed, notes = _placed(git, outcomes, one, other, prefix)
    involved = {path for each in every for path in each.paths}
    changes: dict[str, Blob | None] = {path: placed.get(path) for path in sorted(involved)}
    return Joined(tree_with(git, one, {**changes, **placed}), notes)


def _moves(
    git: History, changed: Mapping[str, Difference], base: str | None, tip: str, prefix: str
) -> dict[str, str]:
    gone = any(one.new is None for one in changed.values())
    come = any(one.old is None for one in changed.values())
    if not (gone and come and base):
        return {}
    told = trees.moves_told(git, MOVED, base, tip)
    return moves_between(changed, ((prefix + old, prefix + new) for old, new in told), prefix)


def _outcomes(git: History, every: Iterable[Versions], prefix: str) -> Iterator[Outcome]:
    """Decide each file: what only one side changed at once, all others by their texts."""
    open_ones: list[Versions] = []
    for each in every:
        base, one, other = (spot.blob if spot else None for spot in each)
        if one in (other, base) or other == base:
            blob = other if one == base else one
            if blob:
                yield Outcome(each, each.path, blob)
        else:
            open_ones.append(each)
    yield from _merged(git, open_ones, prefix)


def _merged(git: History, every: list[Versions], prefix: str) -> Iterator[Outcome]:
    """Merge what both sides changed: all texts are read at once, and kept at once."""
    plain = [each for each in every if all(spot is None or spot.blob.is_plain for spot in each)]
    spots = [spot for each in plain for spot in each if spot]
    texts = objects.texts_of(git, [spot.blob.id for spot in spots])
    merge = _merging(plain, texts, prefix)
    made = [(each, *_text(git, each, texts, prefix, merge)) for each in plain]
    ids = trees.keep_texts(git, [one[1] for one in made], spots[0].blob.id) if made else []
    for (each, _text_made, beside, why), name in zip(made, ids, strict=True):
        yield Outcome(each, each.path, Blob(_mode(each), name), beside, why)
    for each in every if len(plain) < len(every) else ():
        if each not in plain:  # links and repositories of their own have no text to merge
            blob = max(spot.blob for spot in (each.one, each.other) if spot)
            yield Outcome(each, each.path, blob)


def _merging(every: Iterable[Versions], texts: Mapping[str, bytes], prefix: str) -> Merge:
    """Return what merges customers' files; those that both sides changed, it has merged already."""
    asked: list[Texts] = []
    for each in every:
        inner = each.path.removeprefix(prefix)
        if each.one and each.other and store.is_customer_path(inner):
            base = texts[each.base.blob.id] if each.base else b""
            one, other = sorted((texts[each.one.blob.id], texts[each.other.blob.id]))
            asked.append((base, one, other))
    made = dict(zip(asked, merged_files(asked), strict=True))
    return lambda base, one, other: made[base, one, other]


def _text(
    git: History, each: Versions, texts: Mapping[str, bytes], prefix: str, merge: Merge
) -> tuple[bytes, bytes | None, Literal["", "unreadable", "different"]]:
    inner = each.path.removeprefix(prefix)
    if each.one is None or each.other is None:
        left = each.one or each.other
        assert left, "one side changed it"
        return kept_with_question(inner, texts[left.blob.id]), None, ""

    def by_lines(base: bytes, ours: bytes, theirs: bytes, both: bool) -> bytes | None:
        return trees.merged_by_lines(git, base, ours, theirs, both=both)

    base = texts[each.base.blob.id] if each.base else b""
    one, other = texts[each.one.blob.id], texts[each.other.blob.id]
    return together(inner, base, one, other, by_lines, merge) if one != other else (one, None, "")


def _mode(each: Versions) -> str:
    """Return the mode that was changed; a file that one side made a program is one."""
    sides = {spot.blob.mode for spot in (each.one, each.other) if spot}
    return max(sides - {each.base.blob.mode if each.base else ""}, default=max(sides))


def _placed(
    git: History, outcomes: list[Outcome], one: str, other: str, prefix: str
) -> tuple[dict[str, Blob], tuple[Note, ...]]:
    """Give every file a place of its own; who was there first keeps it."""
    places = _Places(git, (one, other), prefix)
    for outcome in sorted(outcomes, key=lambda each: (each.versions.base is None, each.path)):
        places.put(outcome)
    places.keep_beside(outcomes)
    return places.placed, tuple(places.notes)


class _Places:
    """Who stands where in the tree that is made."""

    def __init__(self, git: History, tips: tuple[str, str], prefix: str) -> None:
        self.placed: dict[str, Blob] = {}
        self.notes: list[Note] = []
        self._git = git
        self._tips = tips
        self._prefix = prefix
        self._by_slug: dict[str, Outcome] = {}
        self._folders: set[str] = set()
        self._known: frozenset[str] | None = None

    def put(self, outcome: Outcome) -> None:
        """Put a file in its place, or where that is taken, beside it."""
        path, why = outcome.path, self._hindered(outcome)
        if why:
            path = self._free(path)
            self.notes.append(Note(why, outcome.path, path))
        self.placed[path] = outcome.blob
        self._by_slug.setdefault(slug_of(path, self._prefix), outcome)
        self._folders.update(_folders(path))

    def _hindered(self, outcome: Outcome) -> Literal["", "twin", "folder"]:
        path = outcome.path
        if path in self._folders or any(folder in self.placed for folder in _folders(path)):
            return "folder"
        slug = slug_of(path, self._prefix)
        twin = self._by_slug.get(slug) if slug else None
        if path in self.placed or (twin and not _stood_together(outcome, twin)):
            return "twin"
        return ""

    def keep_beside(self, outcomes: Iterable[Outcome]) -> None:
        """Keep the versions that could not be merged: a customer's with their attachments."""
        for outcome in outcomes:
            if outcome.beside is None or not outcome.why:
                continue
            (name_of_bytes,) = trees.keep_texts(self._git, [outcome.beside], outcome.blob.id)
            path = self._free(wanted_beside(outcome.path, self._prefix))
            self.placed[path] = Blob("100644", name_of_bytes)
            self.notes.append(Note(outcome.why, outcome.path, path))

    def _free(self, path: str) -> str:
        if self._known is None:
            listed = (objects.files_at(self._git, tip) for tip in self._tips)
            self._known = frozenset(one for files in listed for one in files)
        taken = self._known | self.placed.keys() | self._folders
        slugs = {slug_of(one, self._prefix) for one in taken}
        return free_path(path, taken, slugs, self._prefix)


def _stood_together(one: Outcome, other: Outcome) -> bool:
    """Tell whether two files stood on one side already: then their names are no matter of ours."""
    pairs = zip(one.versions[1:], other.versions[1:], strict=True)
    return any(_at(first, one) and _at(second, other) for first, second in pairs)


def _at(spot: Spot | None, outcome: Outcome) -> bool:
    return spot is not None and spot.path == outcome.path


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
