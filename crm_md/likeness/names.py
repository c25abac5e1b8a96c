"""Take a firm's name apart into what it is called and its legal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from crm_md.likeness.folding import fold

# Peeled off word by word from the end, so “GmbH & Co. KG” needs no line of its own.
_LEGAL_FORMS = """
AG, KG, KGaA, OHG, GbR, eGbR, GmbH, gGmbH, gAG, UG, gUG, mbH, mbB, SE, SCE, eK, e.K., eKfm, e.Kfm.,
eKfr, e.Kfr., eU, e.U., OG, KEG, OEG, eG, e.G., eV, e.V., VVaG, AöR, KdöR, PartG, Part.G,
GesmbH, GesbR, Ges.m.b.H., Gesellschaft m.b.H., Gesellschaft mbH, m.b.H., G.m.b.H., A.G., K.G.,
O.H.G., G.b.R., K.G.a.A., Gesellschaft mit beschränkter Haftung, mit beschränkter Haftung,
Gesellschaft bürgerlichen Rechts, haftungsbeschränkt, Aktiengesellschaft, Kommanditgesellschaft,
Offene Handelsgesellschaft, eingetragener Verein, eingetragener Kaufmann, eingetragene Kauffrau,
eingetragene Genossenschaft, Partnerschaftsgesellschaft, i.G., i.Gr., i.L., in Gründung,
in Liquidation, Ltd, Limited, plc, p.l.c., LLP, L.L.P., Inc, Incorporated, Corp, Corporation, LLC,
L.L.C., Co, Cie, BV, B.V., NV, N.V., SA, S.A., SAS, S.A.S., Sàrl, S.à r.l., Sagl, Srl, S.r.l., SpA,
S.p.A., AB, A/S, ApS, Oy, Oyj, AS, sro, s.r.o., doo, d.o.o., Kft, Zrt, Sp. z o.o.
"""
# Legal forms of two letters that are also surnames: Hans Ek, Kim Se.
_ALSO_SURNAMES = frozenset(["ab", "as", "eg", "ek", "eu", "ev", "og", "sa", "se"])
_LONGEST_FORM = 4  # words: "mit beschränkter Haftung" and "Ges.m.b.H." among them
_JOINING = frozenset(["und", "and", "u", "et"])
_WITHIN_WORDS = ("Mn", "Mc", "Me", "Cf")


def split_legal_form(name: str) -> tuple[str, str]:
    """Split a firm's name into what it is called and its legal form, both as written.

    Args:
        name: ``Modehaus Petersen GmbH & Co. KG`` gives ``("Modehaus Petersen", "GmbH & Co. KG")``;
            without a legal form, or where nothing else is there, the second is empty.
    """
    name = unicodedata.normalize("NFC", name).strip()
    ends = _word_ends(name)
    words = [fold(name[start:end]) for start, end in ends]
    keep = len(words) - _legal_words(words, name)
    if keep == len(words):
        return name, ""
    core = name[: ends[keep - 1][1]]
    return core, name[len(core) :].strip(" ,;-–—")


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name that tell it from others: no legal form, no “und”.

    Args:
        name: of a firm or a person.
    """
    words = fold(name).split()
    core = words[: len(words) - _legal_words(words, name)]
    return tuple(word for word in core if word not in _JOINING) or tuple(words)


def _legal_words(words: Sequence[str], name: str) -> int:
    """Count the folded words at the end that are legal form; the first word always stays.

    A person may be called Hans Ek: some pairs of letters need more than a capital to be a form.
    """
    end = len(words)
    two_letters = name.rstrip(" .)")[-2:]
    if end and words[-1] in _ALSO_SURNAMES and two_letters.istitle() and two_letters.isalpha():
        return 0
    forms, endings = _legal_forms()
    while end > 1 and words[end - 1] in endings:
        sizes = range(min(_LONGEST_FORM, end - 1), 0, -1)
        size = next((n for n in sizes if " ".join(words[end - n : end]) in forms), 0)
        if not size:
            break
        end -= size
        if end > 1 and words[end - 1] in _JOINING:
            end -= 1
    return len(words) - end


@cache
def _legal_forms() -> tuple[frozenset[str], frozenset[str]]:
    """Return the forms, and the words they end with."""
    forms = frozenset(map(fold, _LEGAL_FORMS.split(",")))
    return forms, frozenset(form.split()[-1] for form in forms)


def _word_ends(name: str) -> list[tuple[int, int]]:
    """Return start and end of each word, as fold() sees words."""
    spans: list[tuple[int, int]] = []
    start = None
    for place, letter in enumerate([*name, " "]):
        belongs = letter.isalnum() or unicodedata.category(letter) in _WITHIN_WORDS
        if belongs and start is None:
            start = place
        elif not belongs and start is not None:
            spans.append((start, place))
            start = None
    return spans
