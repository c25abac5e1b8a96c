"""Take a person's name apart into first and last names, without title and salutation."""

from __future__ import annotations

from crm_md.likeness.folding import fold

# All as fold() leaves them.
_PARTICLES = """
von vom zu zum zur van vanden vander ver de den der des del della di da do dos du la le el al ten
ter te af av auf dem freiherr freifrau graf grafin baron baronin
"""
_TITLES = """
herr herrn frau fraulein hr hrn fr familie fam eheleute mr mrs ms miss mx sir madam mme mlle firma
fa dr drs ddr doktor prof professor professorin mag magister mmag dipl diplom ing hofrat
kommerzialrat komm priv univ
"""
# Too short, or too like a name, to be a title without its dot.
_TITLES_WITH_DOT = """
med dent vet jur iur rer nat pol oc phil theol habil hab h c hc mult lic doz kfm kffr psych em tech
techn agr sc
"""
_TITLES_IN_CAPITALS = ("DI", "PD", "RA", "RAin", "StB", "WP", "KommR")
_BEHIND_A_NAME = (
    *("jun", "jr", "junior", "sen", "sr", "senior", "ii", "iii", "mba", "mbl", "msc", "bsc", "phd"),
    *("m a", "b a", "m sc", "b sc", "m eng", "b eng", "ph d", "ll m", "ll b", "fh"),
)


def first_and_last(name: str) -> tuple[str, str]:
    """Split a person's name into first and last names, as written, without titles.

    ``Frau Dr. Heike von der Heide`` gives ``("Heike", "von der Heide")``; ``Petersen, Heike`` is
    turned round. A single name is a first name, behind a salutation or title a last name.

    Args:
        name: of one person.
    """
    name = " ".join(name.replace("(FH)", " ").split())
    before, comma, behind = (part.strip() for part in name.partition(","))
    titles_follow = comma and not _bare_words(behind)[0]
    if comma and behind and not titles_follow:
        first, _dressed = _bare_words(behind)
        last, _dressed = _bare_words(before)
        return " ".join(first), " ".join(last)
    words, dressed = _bare_words(before)
    if len(words) < 2:
        alone = " ".join(words)
        return ("", alone) if dressed else (alone, "")
    particles = _PARTICLES.split()
    for place, word in enumerate(words[:-1]):
        if fold(word) in particles and (place or dressed or word.islower()):
            return " ".join(words[:place]), " ".join(words[place:])
    return " ".join(words[:-1]), words[-1]


def _bare_words(name: str) -> tuple[list[str], bool]:
    """Return the words of a person's name without titles, and whether a title was there."""
    words = name.split()
    bare = [word for word in words if not _is_title(word)]
    while bare and fold(bare[-1]) in _BEHIND_A_NAME:
        bare.pop()
    return bare, len(bare) < len(words)


def _is_title(word: str) -> bool:
    """Tell titles and salutations, with a dot where they need one: Dr., Dr.-Ing., Frau, h.c."""
    if word in _TITLES_IN_CAPITALS:
        return True
    parts = fold(word).split()
    if len(parts) == 1 and parts[0] in _TITLES.split():
        return True
    if "." not in word or not parts:
        return False
    return parts[0] in _TITLES.split() or all(part in _TITLES_WITH_DOT.split() for part in parts)
