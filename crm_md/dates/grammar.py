"""Know the phrases that name a day or a period, each as one rule over tokens.

A rule yields what could stand at a place of the text: the days meant and where it ends. What
recurs (a weekday, "3.12.", "März") yields all its days around today in the order of time; whether
the past or the future one is meant is decided last, by `periods.pick`. So "nach", "Ende" and
"bis" are plain functions over days, and a new phrase is one more rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from crm_md.dates import periods, vocabulary
from crm_md.dates.found import Found, Line
from crm_md.dates.named import (
    calendar_week,
    date_with_month_name,
    day_of_month,
    feast,
    month,
    numeric_date,
    quarter,
    season,
    weekend,
    whole_year,
)
from crm_md.dates.periods import ONE_DAY, Days, Toward
from crm_md.dates.spans import Span, add_span, read_amount, subtract_span
from crm_md.dates.tokens import Tokens
from crm_md.dates.vocabulary import ARTICLES, MONTHS, PERIODS, PLACES, SEASONS, WEEKDAYS


def phrases(line: Line, at: int = 0) -> Iterator[Found]:
    """Yield every date that can begin here, with the prepositions before it."""
    tokens = line.tokens
    yield from _offset(line, at)
    word = tokens.word(at)
    if word in vocabulary.UNTIL:
        for found in phrases(line, tokens.skip(at + 1, vocabulary.UNTIL)):
            yield found._replace(days=[(last, last) for _first, last in found.days], leads=True)
    elif word in vocabulary.FROM:
        for found in phrases(line, at + 1):
            yield found._replace(days=[(first, first) for first, _last in found.days], leads=True)
    elif word in vocabulary.AFTER:
        for found in _behind_preposition(line, at + 1):
            days = [periods.first_working_day_after(days) for days in found.days]
            yield found._replace(days=days)
    elif word in vocabulary.BEFORE:
        for found in _behind_preposition(line, at + 1):
            yield found._replace(days=[periods.week_before(d) for d in found.days], settled=False)
    elif (start := tokens.skip(at, PLACES | ARTICLES)) > at:
        yield from day_of_month(line, start)
        for found in _named(line, start):  # "im März" is a date, "der März" begins a sentence
            yield found._replace(leads=word in PLACES)
    else:
        yield from _named(line, at)


def _named(line: Line, at: int) -> Iterator[Found]:
    for rule in _RULES:
        yield from rule(line, at)


def _behind_preposition(line: Line, at: int) -> Iterator[Found]:
    """Yield what follows "vor" and "nach"; "nach Mai" may name a person, "nach dem Mai" not."""
    start = line.tokens.skip(at, ARTICLES)
    word = line.tokens.word(start)
    yield from day_of_month(line, start)
    for found in _named(line, start):
        person = start == at and (word in MONTHS or word in SEASONS)
        yield found._replace(leads=found.leads or not person)


def _relative_day(line: Line, at: int) -> Iterator[Found]:
    """heute, yesterday, day after tomorrow; heute in einer Woche."""
    for count in (3, 2, 1):
        if (steps := vocabulary.DAYS.get(line.tokens.phrase(at, count))) is not None:
            day = line.today + timedelta(steps)
            found = Found([(day, day)], at + count, settled=True)
            yield from _moved(line, found)
            yield found


def _weekday(line: Line, at: int) -> Iterator[Found]:
    """freitag, letzten Freitag, Fr 20.11., Dienstag nächster Woche, Freitag in zwei Wochen."""
    tokens, today = line.tokens, line.today
    steps, start = _adjective(tokens, at)
    name = tokens.word(start)
    weekday = WEEKDAYS.get(name)
    if weekday is None:
        return
    short = len(name) < 5
    end = tokens.skip_mark(start + 1, ".") if short else start + 1
    days = periods.weekdays_around(weekday, today)
    # "So", "Do", "Fr." and "Sat" begin sentences too.
    colon = tokens[end].text == ":"
    found = Found(days, end, leads=not short or steps is not None or colon)
    behind = tokens.skip(tokens.skip_mark(end, ","), PLACES | ARTICLES | frozenset(("of",)))
    for rule in (numeric_date, date_with_month_name, day_of_month):
        for dated in rule(line, behind):
            one = dated.days[:1] if dated.settled else _picked(dated.days, line)
            if one and one[0][0].weekday() == weekday:
                yield dated._replace(days=one, settled=True)
    if steps:
        yield Found(periods.step(days, today, steps), end, settled=True)
        return
    yield from _moved(line, found)
    for rule in (_stepped, calendar_week):
        for week in rule(line, behind):
            yield week._replace(days=_within(week.days, weekday), leads=True)
    yield found


def _weekday_of_week(line: Line, at: int) -> Iterator[Found]:
    """nächste Woche Dienstag, KW 50 am Dienstag."""
    for rule in (_stepped, calendar_week):
        for week in rule(line, at):
            start = line.tokens.skip(line.tokens.skip_mark(week.at, ","), PLACES)
            weekday = WEEKDAYS.get(line.tokens.word(start))
            if weekday is not None:
                yield week._replace(days=_within(week.days, weekday), at=start + 1, leads=True)


def _within(weeks: list[Days], weekday: int) -> list[Days]:
    days = (first + weekday * ONE_DAY for first, last in weeks if (last - first).days == 6)
    return [(day, day) for day in days]


def _picked(days: list[Days], line: Line) -> list[Days]:
    one = periods.pick(days, line.today, line.toward)
    return [one] if one else []


def _moved(line: Line, found: Found) -> Iterator[Found]:
    """Yield the day moved by what follows: "heute in einer Woche", "Freitag vor 2 Wochen"."""
    word = line.tokens.word(found.at)
    amount = read_amount(line.tokens, found.at + 1) if word in ("in", "vor") else None
    if amount:
        yield from _shifted(line, found._replace(at=amount[2]), amount, ahead=word == "in")


def _shifted(
    line: Line, found: Found, amount: tuple[int, int, int], ahead: bool
) -> Iterator[Found]:
    """Yield the nearest of the days, ahead or behind, moved that way by an amount."""
    toward: Toward = "future" if ahead else "past"
    days = found.days[0] if found.settled else periods.pick(found.days, line.today, toward)
    if days:
        move = add_span if ahead else subtract_span
        day = move(days[0], Span(*amount[:2]))
        yield found._replace(days=[(day, day)], settled=True)


def _adjective(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Return how far "nächsten", "this coming", … steps (None: not there), and what follows."""
    if tokens.phrase(at, 2) == "this coming":
        return 1, at + 2
    steps = vocabulary.adjective(tokens.word(at))
    return (None, at) if steps is None else (steps, at + 1)


def _stepped(line: Line, at: int) -> Iterator[Found]:
    """nächste Woche, letzten Monat, this quarter, kommendes Wochenende, next spring."""
    tokens = line.tokens
    steps, start = _adjective(tokens, at)
    if steps is None:
        return
    unit = PERIODS.get(tokens.word(start))
    found: Iterator[Found]
    if unit:
        found = iter([Found(periods.around(unit, line.today), start + 1)])
    else:
        found = (f for rule in (weekend, month, season, feast) for f in rule(line, start))
    for each in found:
        if each.settled:
            continue
        if steps:
            yield Found(periods.step(each.days, line.today, steps), each.at, settled=True)
        else:
            now = [days for days in each.days if days[0] <= line.today <= days[1]]
            yield Found(now if unit else each.days, each.at)


def _part(line: Line, at: int) -> Iterator[Found]:
    """Anfang März, Ende 2026, early summer, end of next week, Mitte des Monats, Monatsende."""
    tokens = line.tokens
    word = tokens.word(at)
    second = tokens.skip_mark(at + 1, "-")
    for phrase, end in ((word, at + 1), (f"{word} {tokens.word(second)}", second + 1)):
        if phrase in vocabulary.LAST_DAYS:
            days = periods.around(vocabulary.LAST_DAYS[phrase], line.today)
            yield Found([(last, last) for _first, last in days], end)
    if word in vocabulary.ENDINGS:
        unit, part = vocabulary.ENDINGS[word]
        yield _parts(Found(periods.around(unit, line.today), at + 1), part)
    elif word in vocabulary.PARTS:
        start = tokens.skip(second, ARTICLES | frozenset(("of", "vom", "von", "in", "im")))
        certain = word not in vocabulary.NEEDS_OF or tokens.word(second) == "of"
        for rule in (_stepped, month, season, quarter, calendar_week, whole_year, _unit):
            for found in rule(line, start):
                leads = certain and tokens.word(start) not in SEASONS
                yield _parts(found._replace(leads=leads), vocabulary.PARTS[word])


def _parts(found: Found, part: int) -> Found:
    cut = (periods.part_of(days, part) for days in found.days)
    return found._replace(days=[days for days in cut if days])


def _unit(line: Line, at: int) -> Iterator[Found]:
    """der Woche, des Monats: only as what a part is taken of."""
    unit = PERIODS.get(line.tokens.word(at))
    if unit:
        yield Found(periods.around(unit, line.today), at + 1)


def _offset(line: Line, at: int) -> Iterator[Found]:
    """in 2 Wochen, vor 3 Tagen, 2 weeks ago, +2w, 14d; 2 Wochen nach Ostern, a week from friday."""
    tokens, today = line.tokens, line.today
    signs = {"in": 1, "vor": -1, "+": 1, "-": -1}
    sign = signs.get(tokens[at].text, 0)
    amount = read_amount(tokens, at + 1 if sign else at)
    if amount is None or (at and not sign):
        return
    span, end = Span(*amount[:2]), amount[2]
    # Nobody dates a contact as exactly as "vor 2 Jahren": that is part of the sentence.
    leads = not (line.toward == "past" and span.months)
    following = tokens.word(end)
    if not sign and following in ("nach", "after", "vor", "before"):
        before = following in ("vor", "before")
        for found in phrases(line, end + 1):
            ends = [first if before else last for first, last in found.days]
            moved = [subtract_span(d, span) if before else add_span(d, span) for d in ends]
            yield found._replace(days=[(day, day) for day in moved], leads=leads)
    if not sign and following == "from":
        for found in phrases(line, end + 1):
            yield from _shifted(line, found, amount, ahead=True)
    if not sign and tokens.phrase(end, 2) == "from now":
        sign, end = 1, end + 2
    if following == "ago" and not sign:
        sign, end = -1, end + 1
    elif not sign:
        sign, leads = (1 if line.toward == "future" else -1), False
    day = add_span(today, span) if sign > 0 else subtract_span(today, span)
    yield Found([(day, day)], end, settled=True, leads=leads)


_RULES: tuple[Callable[[Line, int], Iterator[Found]], ...] = (
    _relative_day,
    _weekday,
    _weekday_of_week,
    numeric_date,
    date_with_month_name,
    calendar_week,
    _stepped,
    _part,
    quarter,
    weekend,
    season,
    feast,
    month,
    whole_year,
)
