"""Turn the filters of a search into SQL over the catalogue's customers and entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_md.index.picking import place_condition
from crm_md.index.query import Field, Filter
from crm_md.index.rows import ALIAS, PERSON, SEPARATOR
from crm_md.likeness import fold

_OF_ENTRIES: frozenset[Field] = frozenset(
    ("kind", "author", "mood", "open", "before", "until", "after")
)

Condition = tuple[str, list[object]]
NO_CONDITION = "1"  # the SQL of it


def of_customers(filters: Iterable[Filter]) -> Condition:
    """Return the SQL for table files that the filters on customers ask for."""
    return _all(one for one in filters if one.field not in _OF_ENTRIES and one.field != "person")


def of_entries(filters: Iterable[Filter]) -> Condition:
    """Return the SQL for tables files and entries that the filters on entries ask for."""
    return _all(one for one in filters if one.field in _OF_ENTRIES or one.field == "person")


def of_persons(filters: Iterable[Filter]) -> Condition:
    """Return the SQL for table files that filters on persons ask of a customer's own text."""
    return _all((one for one in filters if one.field == "person"), own=True)


def ask_for_entries(filters: Iterable[Filter]) -> bool:
    """Tell whether only entries can pass these filters, and not what is known of a customer."""
    return any(one.field in _OF_ENTRIES for one in filters)


def _all(filters: Iterable[Filter], *, own: bool = False) -> Condition:
    """Join filters: those of one field by “or”, unless excluding, and the fields by “and”."""
    wanted: dict[Field, list[Condition]] = {}
    parts: list[str] = []
    values: list[object] = []
    for one in filters:
        sql, its_values = _owns(one) if own else _condition(one)
        if one.excluded:
            parts.append(f"NOT ({sql})")
            values += its_values
        else:
            wanted.setdefault(one.field, []).append((sql, its_values))
    for alternatives in wanted.values():
        parts.append("(" + " OR ".join(sql for sql, _values in alternatives) + ")")
        values += [value for _sql, its_values in alternatives for value in its_values]
    return " AND ".join(parts) or NO_CONDITION, values


def _condition(one: Filter) -> Condition:
    value = one.value
    if isinstance(value, date):
        sign = {"before": "<", "until": "<=", "after": ">="}[one.field]
        return f"day {sign} ?", [value.toordinal()]
    if one.field == "open":
        return "entries.open", []
    if one.field == "place":
        return place_condition(value)
    if one.field == "tag":
        return _holds("tags", value)
    if one.field == "name":
        return _named(value, f"how <= {ALIAS}")
    if one.field == "person":
        return _each_word("people_key", value)
    column = {"mood": "entries.mood"}.get(one.field, one.field)
    return f"{column} = ? COLLATE NOCASE", [value]


def _owns(one: Filter) -> Condition:
    return _named(str(one.value), f"how = {PERSON}")


def _named(value: str, which: str) -> Condition:
    sql, values = _each_word("key", value)
    return f"files.id IN (SELECT file FROM names WHERE {which} AND {sql})", values


def _each_word(column: str, value: str) -> Condition:
    words = fold(value).split()
    sql = " AND ".join(f"instr({column}, ?)" for _word in words)
    return sql or "0", [f" {word}" for word in words]


def _holds(column: str, value: str) -> Condition:
    """Ask for a text in a list of texts, blind to case and umlauts where SQLite is not."""
    return f"has_text({column}, ?)", [fold(value)]


def has_text(listed: str, key: str) -> bool:
    """Tell whether a list in one column has this text: the SQL function of that name."""
    return bool(listed) and key in map(fold, listed.split(SEPARATOR))
