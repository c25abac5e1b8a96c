"""The words for days, months, seasons and amounts, German and English, in one folded spelling."""

from __future__ import annotations

_SPELLING = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "’": "'", "–": "-", "—": "-", "−": "-", "\u2011": "-"}
)


def fold(text: str) -> str:
    """Return the text as the tables below spell it: lower case, ä as ae, ß as ss, one kind of dash.

    Composed and decomposed umlauts (NFC, NFD) fold alike.
    """
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    return normalize("NFC", text).casefold().translate(_SPELLING)


def _numbered(words: str, first: int = 0) -> dict[str, int]:
    """Return word → number for lines of words that mean the same, counted from `first`."""
    return {
        word: number
        for number, line in enumerate(words.strip().split("\n"), first)
        for word in line.split()
    }


WEEKDAYS = _numbered("""
    montag mo mon monday
    dienstag di tue tues tuesday
    mittwoch mi wed wednesday
    donnerstag do thu thur thurs thursday
    freitag fr fri friday
    samstag sonnabend sa sat saturday
    sonntag so sun sunday
""")
MONTHS = _numbered(
    """
    januar jaenner jan january
    februar feber feb february
    maerz mrz mar march
    april apr
    mai may
    juni jun june
    juli jul july
    august aug
    september sep sept
    oktober okt october oct
    november nov
    dezember dez december dec
    """,
    1,
)
SEASONS = {  # → the first of their three months (meteorological seasons: 1 March, June, …)
    **dict.fromkeys(("fruehjahr", "fruehling", "spring"), 3),
    **dict.fromkeys(("sommer", "sommers", "summer"), 6),
    **dict.fromkeys(("herbst", "herbstes", "autumn", "fall"), 9),
    **dict.fromkeys(("winter", "winters"), 12),
    **dict.fromkeys(("fruehjahrs", "fruehlings"), 3),
}
NUMBERS = _numbered(
    """
    ein eine einem einer einen eines eins a an one
    zwei two
    drei three
    vier four
    fuenf five
    sechs six
    sieben seven
    acht eight
    neun nine
    zehn ten
    elf eleven
    zwoelf twelve
    dreizehn thirteen
    vierzehn fourteen
    fuenfzehn fifteen
    sechzehn sixteen
    siebzehn seventeen
    achtzehn eighteen
    neunzehn nineteen
    zwanzig twenty
    """,
    1,
)
ORDINALS = _numbered("erst first\nzweit second\ndritt third\nviert fourth", 1)
PERIODS: dict[str, tuple[int, int]] = {  # that the calendar has, in the singular → days, months
    **dict.fromkeys(("woche", "week"), (7, 0)),
    **dict.fromkeys(("monat", "monats", "month"), (0, 1)),
    **dict.fromkeys(("quartal", "quartals", "quarter", "vierteljahr"), (0, 3)),
    **dict.fromkeys(("halbjahr", "halbjahres", "halbjahrs"), (0, 6)),
    **dict.fromkeys(("jahr", "jahres", "jahrs", "year"), (0, 12)),
}
UNITS: dict[str, tuple[int, int]] = {  # that can be counted → days, months
    **PERIODS,
    **dict.fromkeys(("d", "t", "tag", "tage", "tagen", "day", "days"), (1, 0)),
    **dict.fromkeys(("w", "wo", "wochen", "weeks", "wk", "wks"), (7, 0)),
    **dict.fromkeys(("fortnight", "fortnights"), (14, 0)),
    **dict.fromkeys(("m", "monate", "monaten", "months"), (0, 1)),
    **dict.fromkeys(("quartale", "quartalen", "quarters"), (0, 3)),
    **dict.fromkeys(("vierteljahre", "vierteljahren"), (0, 3)),
    **dict.fromkeys(("halbjahre", "halbjahren"), (0, 6)),
    **dict.fromkeys(("y", "j", "jahre", "jahren", "years", "yr", "yrs"), (0, 12)),
}
WEEKEND = ("wochenende", "wochenendes", "weekend")
DAYS = {  # → days from today
    **dict.fromkeys(("heute", "today", "tonight", "this morning", "this afternoon"), 0),
    **dict.fromkeys(("this evening", "heut"), 0),
    **dict.fromkeys(("gestern", "yesterday", "last night"), -1),
    **dict.fromkeys(("vorgestern", "day before yesterday"), -2),
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    **dict.fromkeys(("uebermorgen", "day after tomorrow"), 2),
}
NOW = ("jetzt", "gerade", "eben", "gerade eben", "soeben", "now", "just now", "right now")
PARTS_OF_DAY = {  # → whether it is past noon, so that "abends um 7" is 19:00
    **dict.fromkeys(
        ("morgen", "morgens", "frueh", "fruehmorgens", "vormittag", "vormittags"), False
    ),
    **dict.fromkeys(("mittag", "mittags", "nacht", "nachts", "morning", "noon", "midday"), False),
    **dict.fromkeys(("night", "forenoon"), False),
    **dict.fromkeys(("nachmittag", "nachmittags", "abend", "abends"), True),
    **dict.fromkeys(("afternoon", "evening"), True),
}
PARTS = {  # of a period → beginning, middle, end
    **dict.fromkeys(("anfang", "anfangs", "beginn", "early", "beginning", "start"), 0),
    **dict.fromkeys(("mitte", "mid", "middle"), 1),
    **dict.fromkeys(("ende", "late", "end"), 2),
}
NEEDS_OF = ("beginning", "start", "middle", "end")
ENDINGS = {  # one word for a part of a unit → unit, part
    "wochenanfang": ((7, 0), 0),
    "wochenmitte": ((7, 0), 1),
    "monatsanfang": ((0, 1), 0),
    "monatsmitte": ((0, 1), 1),
    "jahresanfang": ((0, 12), 0),
    "jahresmitte": ((0, 12), 1),
}
LAST_DAYS = {  # one word for the very last day of a unit
    **dict.fromkeys(("monatsende", "month end"), (0, 1)),
    **dict.fromkeys(("quartalsende", "quarter end"), (0, 3)),
    **dict.fromkeys(("jahresende", "year end"), (0, 12)),
}
CALENDAR_WEEK = ("kw", "kalenderwoche", "woche", "week", "calendar week", "cw")
_ADJECTIVES = {  # German stems and English words → how many steps from the present one
    **dict.fromkeys(("naechst", "kommend", "folgend", "next", "coming", "this coming"), 1),
    **dict.fromkeys(("letzt", "vorig", "vergangen", "last", "past", "previous"), -1),
    **dict.fromkeys(("dies", "laufend", "aktuell", "this", "current"), 0),
    "uebernaechst": 2,
    "vorletzt": -2,
}
ARTICLES = frozenset(("der", "die", "das", "den", "dem", "des", "the"))
# Prepositions that add nothing to the date.
PLACES = frozenset(("am", "an", "im", "in", "on", "at", "zu", "zum", "zur"))
UNTIL = frozenset(("bis", "by", "until", "till", "spaetestens"))
FROM = frozenset(("ab", "starting"))
AFTER = frozenset(("nach", "after"))
BEFORE = frozenset(("vor", "before"))
# What follows a number that is no date or time: "3.12 Meter", "gestern 14.30 Euro".
MEASURES = frozenset(
    _numbered("""
    € $ % euro eur chf franken dollar usd prozent percent mio millionen million tsd stueck stk
    pieces pcs meter metres m cm mm km qm kg g t tonnen liter l kwh kw mal times grad
""")
)


def adjective(word: str) -> int | None:
    """Return how far "nächste", "last", … step from the present one, or None for other words."""
    if word in _ADJECTIVES:
        return _ADJECTIVES[word]
    return _by_stem(word, _ADJECTIVES)


def ordinal(word: str) -> int | None:
    """Return the number of "erstes", "second", … up to four, or None for other words."""
    return ORDINALS[word] if word in ORDINALS else _by_stem(word, ORDINALS)


def _by_stem(word: str, table: dict[str, int]) -> int | None:
    for ending in ("em", "en", "er", "es", "e"):
        if word.endswith(ending) and word[: -len(ending)] in table:
            return table[word[: -len(ending)]]
    return None
