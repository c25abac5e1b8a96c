"""Keep a Summary as a few hundred bytes, and get it back quickly: lists decode thousands.

The bytes are marshal's: a third of the time of JSON, and unlike pickle it can only say numbers,
texts and tuples of them. Each value is the tuple of its fields in their order; days are ordinals,
times are seconds, and a touch that is among the last entries is told by its place there. A new
field that holds texts or numbers needs no line here, any other one needs one in a table below.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from datetime import date, time
from operator import attrgetter
from typing import Any

from crm_md.model import (
    Absence,
    Deal,
    NextStep,
    Person,
    Product,
    Summary,
    Task,
    Touch,
    Until,
)

Plain = Any  # what marshal knows: mypy cannot say "a tuple of these, nested"
Convert = Callable[[Any], Any]

_FORMAT = 4  # of marshal, which every Python since 3.4 reads
_SINGLE_TOUCHES = ("last_touch", "last_theirs", "last_ours", "last_mood", "last_solved")


def encode(summary: Summary) -> bytes:
    """Return the record of a summary."""
    places = {touch: place for place, touch in enumerate(summary.entries)}

    def told(touch: Touch) -> Plain:
        return places[touch] if touch in places else _TOUCH.out(touch)

    values = _SUMMARY.fields_of(summary)
    for place in _TOUCH_PLACES:
        if values[place] is not None:
            values[place] = told(values[place])
    values[_COMPLAINTS] = tuple(map(told, summary.complaints))
    return marshal.dumps(tuple(values), _FORMAT)


def decode(record: bytes) -> Summary:
    """Return the summary of a record."""
    values = list(marshal.loads(record))
    entries = values[_ENTRIES] = tuple(map(_TOUCH.back, values[_ENTRIES]))
    for place in _TOUCH_PLACES:
        told = values[place]
        if told is not None:
            values[place] = entries[told] if type(told) is int else _TOUCH.back(told)
    if values[_COMPLAINTS]:
        values[_COMPLAINTS] = tuple(
            entries[told] if type(told) is int else _TOUCH.back(told)
            for told in values[_COMPLAINTS]
        )
    summary: Summary = _SUMMARY.back(values)
    return summary


class _Shape:
    """How the values of one frozen class become tuples, and come back.

    Attributes:
        back: turns such a tuple, or a list of the same, into the value.

    Args:
        kind: the class.
        out: for each field that marshal cannot say, what makes it plain.
        back: the inverse.
    """

    def __init__(self, kind: type, out: Mapping[str, Convert], back: Mapping[str, Convert]) -> None:
        names: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]  # frozen, with slots
        self._fields = attrgetter(*names)
        self._out = tuple((names.index(name), convert) for name, convert in out.items())
        self.back = _reader(kind, names, back)

    def fields_of(self, value: object) -> list[Plain]:
        """Return the plain value of each field."""
        fields = list(self._fields(value))
        for place, convert in self._out:
            if fields[place] is not None:
                fields[place] = convert(fields[place])
        return fields

    def out(self, value: object) -> Plain:
        """Return the tuple of this value."""
        return tuple(self.fields_of(value))


def _reader(kind: type, names: tuple[str, ...], back: Mapping[str, Convert]) -> Convert:
    """Return what makes a value of its tuple, three times as quick as the class itself.

    A frozen dataclass sets each field through ``object.__setattr__``. Ours fills an instance of a
    twin class with the same slots, which Python then lets us call by its real name.
    """
    lines = [f"def fill(self, {', '.join(names)}):"]
    for name in names:
        value = f"None if {name} is None else read_{name}({name})" if name in back else name
        lines.append(f" self.{name} = {value}")
    scope: dict[str, Any] = {f"read_{name}": convert for name, convert in back.items()}
    exec("\n".join(lines), scope)  # as dataclasses does; only names of our own fields go in
    twin = type(kind.__name__, (), {"__slots__": names, "__init__": scope["fill"]})

    def read(plain: Plain) -> Any:
        value = twin(*plain)
        value.__class__ = kind
        return value

    return read


_day_out = date.toordinal


def _time_out(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second


class _Days(dict[int, date]):
    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


class _Times(dict[int, time]):
    def __missing__(self, seconds: int) -> time:
        moment = self[seconds] = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return moment


_day_back = _Days().__getitem__  # the same few thousand days come again and again
_time_back = _Times().__getitem__


def _each(convert: Convert) -> Convert:
    return lambda values: tuple(map(convert, values))


_UNTIL = _Shape(Until, {"day": _day_out, "since": _day_out}, {"day": _day_back, "since": _day_back})
_NEXT = _Shape(NextStep, {"day": _day_out}, {"day": _day_back})
_AWAY = _Shape(
    Absence, {"first": _day_out, "last": _day_out}, {"first": _day_back, "last": _day_back}
)
_TOUCH = _Shape(
    Touch, {"date": _day_out, "time": _time_out}, {"date": _day_back, "time": _time_back}
)
_PERSON = _Shape(
    Person,
    {"away": _AWAY.out, "snooze": _UNTIL.out, "do_not_contact": _UNTIL.out},
    {"away": _AWAY.back, "snooze": _UNTIL.back, "do_not_contact": _UNTIL.back},
)
_TASK_DAYS = ("due", "done_on", "said_on")
_TASK = _Shape(Task, dict.fromkeys(_TASK_DAYS, _day_out), dict.fromkeys(_TASK_DAYS, _day_back))
_DEAL = _Shape(Deal, {"close": _day_out}, {"close": _day_back})
_PRODUCT = _Shape(Product, {"service_due": _day_out}, {"service_due": _day_back})
_SUMMARY = _Shape(  # but for the touches besides entries, which encode and decode tell by place
    Summary,
    {
        "next": _NEXT.out,
        "snooze": _UNTIL.out,
        "do_not_contact": _UNTIL.out,
        "people": _each(_PERSON.out),
        "entries": _each(_TOUCH.out),
        "tasks": _each(_TASK.out),
        "deals": _each(_DEAL.out),
        "products": _each(_PRODUCT.out),
    },
    {
        "next": _NEXT.back,
        "snooze": _UNTIL.back,
        "do_not_contact": _UNTIL.back,
        "people": _each(_PERSON.back),
        "tasks": _each(_TASK.back),
        "deals": _each(_DEAL.back),
        "products": _each(_PRODUCT.back),
    },
)
_ENTRIES = Summary.__slots__.index("entries")
_COMPLAINTS = Summary.__slots__.index("complaints")
_TOUCH_PLACES = tuple(map(Summary.__slots__.index, _SINGLE_TOUCHES))
