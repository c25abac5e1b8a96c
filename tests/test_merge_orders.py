"""Three clones that change one base get the same bytes, whichever two of them meet first."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document import Document
from crm_md.document.merging import merge
from tests.merge_actions import BARE, BOOK, Action, actions, done

TEXTS = [path.read_text(encoding="utf-8") for path in BOOK]


def run(text: str, todo: list[Action]) -> str:
    """Return the text after all actions that can be done, one on each piece at most."""
    met: list[Action] = []
    for action in todo:
        if not any(action.meets(other) for other in met):
            text = done(action, text) or text
            met.append(action)
    return text


def in_every_order(base: str, sides: list[str]) -> set[str]:
    """Return what comes of three sides, as two of them meet first, or each meets the middle one."""
    found = one_after_the_other(base, sides)
    for one, two, three in turns(sides):
        pairs = merge(base, one, two).text, merge(base, two, three).text
        found.add(merge(two, *pairs).text)  # two merges that cross
    return found


def one_after_the_other(base: str, sides: list[str]) -> set[str]:
    """Return what comes of three sides, as two of them meet first."""
    return {merge(base, merge(base, one, two).text, three).text for one, two, three in turns(sides)}


def turns(sides: list[str]) -> list[list[str]]:
    """Return three sides as each of them comes first."""
    return [sides[place:] + sides[:place] for place in range(3)]


def rewordings(text: str) -> st.SearchStrategy[Action]:
    """Return changes to sentences, bullets and headings that stand in the file, or their end."""
    lines = [line for line in text.split("\n") if len(line.split()) > 3 and ":" not in line]
    return st.builds(_reworded, st.sampled_from(lines), st.sampled_from(["neu", "anders", ""]))


def _reworded(line: str, word: str) -> Action:
    def edit(doc: Document) -> Document | None:
        if doc.text.count(f"\n{line}\n") != 1:
            return None
        new = f"{line} {word}\n" if word else ""
        return doc.with_text(doc.text.replace(f"\n{line}\n", f"\n{new}"))

    return Action(("line", line), edit)


@st.composite
def three_clones(draw: st.DrawFn, texts: list[str]) -> tuple[str, list[str]]:
    """Draw a base and what three people make of it, often to the same pieces."""
    base = draw(st.sampled_from(texts))
    known = actions(base)
    if texts is TEXTS:
        known |= rewordings(base)
    todo = draw(st.lists(known, min_size=1, max_size=4))
    sides = []
    for _ in range(3):
        own = draw(st.lists(known, max_size=3))
        shared = draw(st.lists(st.sampled_from(todo), max_size=2))
        sides.append(run(base, [*own, *shared]))
    return base, sides


@settings(max_examples=60, deadline=None)
@given(three_clones(TEXTS))
def test_the_order_of_syncing_does_not_matter(clones: tuple[str, list[str]]) -> None:
    assert len(in_every_order(*clones)) == 1


@settings(max_examples=60, deadline=None)
@given(three_clones(list(BARE)))
def test_nor_does_it_in_odd_files(clones: tuple[str, list[str]]) -> None:
    assert len(in_every_order(*clones)) == 1


ITEMS = ("segelt", "angelt gern", "spielt Skat", "mag Tee")
NEW = ("Matjes", "Boule", "zwei Hunde", "kocht", "Akkordeon", "Garten", "liest", "Chor", "Yoga")
LISTS = (
    lambda items: "# A\n\n## Gemeinsames\n\n" + "".join(f"- {item}\n" for item in items),
    lambda items: "# A\n\n" + "".join(f"- [ ] {item}\n" for item in items),
    lambda items: f"---\nname: A\ntags: [immer, {', '.join(items)}]\n---\n",
)


@st.composite
def three_lists(draw: st.DrawFn, *, moved: bool = False) -> tuple[str, list[str]]:
    """Draw a list, and what three people make of it who each remove some items and add others.

    Args:
        moved: whether they also give those that they know another order.
    """
    written = draw(st.sampled_from(LISTS))
    items = ITEMS[: draw(st.integers(2, 4))]
    new = draw(st.permutations(NEW))
    sides = []
    for place in range(3):
        known = draw(st.permutations(items)) if moved else items
        side = [item for item in known if draw(st.booleans())]
        for item in new[3 * place : 3 * place + draw(st.integers(0, 3))]:
            side.insert(draw(st.integers(0, len(side))), item)
        sides.append(written(side))
    return written(items), sides


@settings(max_examples=150, deadline=None)
@given(three_lists())
def test_items_stand_in_one_order_whoever_removed_one_between_them(
    lists: tuple[str, list[str]],
) -> None:
    assert len(one_after_the_other(*lists)) == 1


@settings(max_examples=100, deadline=None)
@given(three_lists(moved=True))
def test_where_items_were_moved_those_that_nobody_removed_are_there_and_no_others(
    lists: tuple[str, list[str]],
) -> None:
    base, sides = lists
    found = {frozenset(re.findall(r"\w+", text)) for text in one_after_the_other(base, sides)}
    before, *after = (set(re.findall(r"\w+", text)) for text in (base, *sides))
    assert found == {
        frozenset(set.intersection(before, *after).union(*(a - before for a in after)))
    }


QUICK = "### 2026-10-27 09:15 Anruf mit Heike: Etikett (anna)"
ENTRIES = (
    QUICK,
    f"{QUICK}\n\nErster Satz hier.",
    f"{QUICK}\n\n- [ ] Muster schicken",
    f"{QUICK}\n\nErster Satz hier.\n\n- [ ] Muster schicken",
)
CORRECTIONS = (
    lambda text, _who: text.replace("Etikett (", "Etiketten fehlen ("),
    lambda text, _who: text.replace("mit Heike: Etikett (", "wegen Naht ("),
    lambda text, who: f"{text}\n\n- [ ] {who} liefert",
    lambda text, who: f"{text}\n\nNachtrag von {who}.",
    lambda text, who: f"{text}\n\n- Stimmung:: {who}",
    lambda text, _who: text.replace("[ ]", "[x]", 1),
    lambda text, _who: text.replace("Satz hier.", "Satz dort."),
)


@st.composite
def three_who_complete_an_entry(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw an entry logged in a hurry, and what three people make of it, removing nothing."""
    base = draw(st.sampled_from(ENTRIES))
    behind = draw(st.sampled_from(["", "\n### 2026-10-26 09:15 Mail (ben)\n\nFragt nach.\n"]))
    sides = []
    for who in ("Anna", "Ben", "Clara"):
        side = base
        for correct in draw(st.lists(st.sampled_from(CORRECTIONS), max_size=2, unique=True)):
            side = correct(side, who)
        sides.append(f"# A\n\n## Verlauf\n\n{side}\n{behind}")
    return f"# A\n\n## Verlauf\n\n{base}\n{behind}", sides


@settings(max_examples=150, deadline=None)
@given(three_who_complete_an_entry())
def test_an_entry_that_three_complete_is_the_same_whoever_meets_first(
    clones: tuple[str, list[str]],
) -> None:
    found = one_after_the_other(*clones)
    assert len(found) == 1
    assert "(entfernt)" not in found.pop()


def test_paragraphs_of_one_person_keep_their_order_where_another_removed_one_between_them() -> None:
    base = "# A\n\nEins ist gut.\n\nZwei ist weg.\n\nDrei ist da.\n"
    ours = base.replace("Zwei ist weg.", "Zuerst das.\n\nZwei ist weg.\n\nDann dies.")
    theirs = base.replace("Zwei ist weg.\n\n", "")
    merged = merge(base, ours, theirs).text
    assert merged == ours.replace("Zwei ist weg.\n\n", "")
