"""Make frozen value classes that cost next to nothing until their first value is made.

``@dataclass(frozen=True, slots=True)`` of the standard library compiles six functions for a class:
0.5 ms each, 30 ms for the classes that one command loads, as much as Python and click together.
This one writes ``__init__`` when the first value is made, and shares all other methods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind: type | None = None, /, **wanted: bool) -> Any:
        """Be what ``dataclasses.dataclass`` is; with frozen and slots alone, cheaply.

        Classes with a base, ``__post_init__`` or class variables are left to the standard library,
        and so is every other option.
        """

        def make(kind: type) -> type:
            if wanted == {"frozen": True, "slots": True} and _is_plain(kind):
                return _frozen(kind)
            from dataclasses import dataclass as standard

            return standard(kind, **wanted)

        return make if kind is None else make(kind)


_TAKEN_AWAY = ("__dict__", "__weakref__")


def _is_plain(kind: type) -> bool:
    annotations = vars(kind).get("__annotations__", {})
    return (
        kind.__bases__ == (object,)
        and not hasattr(kind, "__post_init__")
        and not any("ClassVar" in str(of) or "InitVar" in str(of) for of in annotations.values())
    )


def _frozen(kind: type) -> type:
    """Return the class with slots for its annotated names, and the methods of a frozen value."""
    names = tuple(vars(kind).get("__annotations__", {}))
    given = {name: vars(kind)[name] for name in names if name in vars(kind)}
    own = {
        name: value
        for name, value in vars(kind).items()
        if name not in names and name not in _TAKEN_AWAY
    }
    compared = [name for name in names if _is_compared(given.get(name))]
    made: Any = type(kind)(
        kind.__name__,
        (),
        {
            **_METHODS,
            "_compared": attrgetter(*compared) if compared else lambda _value: (),
            "__dataclass_fields__": _Described(given),
            "__dataclass_params__": _Described(given),
            **own,
            "__slots__": names,
            "__match_args__": names,
            "__qualname__": kind.__qualname__,
        },
    )

    def first_init(self: Any, *args: Any, **named: Any) -> None:
        made.__init__ = _init(made, names, given)
        made.__init__(self, *args, **named)

    made.__init__ = first_init
    return made  # type: ignore[no-any-return]  # a class whose attributes are set: mypy's Any


def _is_compared(default: Any) -> bool:
    """Tell whether a field takes part in ``==``; only ``field(compare=False)`` does not."""
    return bool(default.compare) if _is_field(default) else True


def _is_field(default: object) -> bool:
    kind = type(default)
    return kind.__name__ == "Field" and kind.__module__ == "dataclasses"


def _init(kind: type, names: Sequence[str], given: Mapping[str, Any]) -> Callable[..., None]:
    """Write the ``__init__`` of a class: each slot is filled past the ban on setting it."""
    scope: dict[str, Any] = {"_missing_": object()}
    parameters, lines = ["self"], []
    for name in names:
        scope[f"_set_{name}_"] = vars(kind)[name].__set__
        parameter = value = name
        if name in given:
            parameter, value = _with_default(name, given[name], scope)
        parameters.append(parameter)
        lines.append(f" _set_{name}_(self, {value})")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or " pass")
    exec(source, scope)  # as dataclasses does; only names of a class's own fields go in
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


def _with_default(name: str, default: Any, scope: dict[str, Any]) -> tuple[str, str]:
    """Return how parameter and value of a field with a default are written."""
    scope[f"_default_{name}_"] = default
    parameter = f"{name}=_default_{name}_"
    if not _is_field(default):
        return parameter, name
    from dataclasses import MISSING

    if default.default_factory is not MISSING:
        scope[f"_default_{name}_"] = scope["_missing_"]
        scope[f"_new_{name}_"] = default.default_factory
        return parameter, f"_new_{name}_() if {name} is _missing_ else {name}"
    scope[f"_default_{name}_"] = default.default
    return name if default.default is MISSING else parameter, name


class _Described:
    """What ``dataclasses`` itself would know of the class, made when replace or asdict ask."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, _value: object, owner: type) -> Any:
        from dataclasses import dataclass as standard

        own = {"__annotations__": owner.__annotations__, "__module__": owner.__module__}
        twin: type = standard(frozen=True)(type(owner.__name__, (), {**self._given, **own}))
        known = vars(twin)[self._name]
        setattr(owner, self._name, known)
        return known


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    compared = type(self)._compared
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    return hash(type(self)._compared(self))


def _repr(self: Any) -> str:
    shown = (
        f"{name}={getattr(self, name)!r}"
        for name, about in self.__dataclass_fields__.items()
        if about.repr
    )
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(_self: Any, name: str, _value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), tuple(getattr(self, name) for name in self.__slots__)


_METHODS = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__reduce__": _reduce,
}
