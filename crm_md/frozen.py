"""Make frozen value classes that cost next to nothing until their first value is made.

``@dataclass(frozen=True, slots=True)`` of the standard library compiles six functions for a class:
0.5 ms each, 30 ms for the classes that one command loads, as much as Python and click together.
This one writes ``__init__`` when the first value is made, and shares all other methods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:

    def dataclass(kind: type | None = None, /, **wanted: bool) -> Any:
        """Be what ``dataclasses.dataclass`` is; frozen, with slots or without them, cheaply.

        Classes with a base other than ``Generic``, ``__post_init__`` or class variables are left
        to the standard library, and so is every other option.
        """

        def make(kind: type) -> type:
            if wanted in _OURS and _is_plain(kind):
                return _frozen(kind, slots="slots" in wanted)
            from dataclasses import dataclass as standard

            for name, given in vars(kind).items():
                if type(given) is _Field:
                    setattr(kind, name, given.standard())
            return standard(kind, **wanted)

        return make if kind is None else make(kind)

    def field(**about: Any) -> Any:
        """Be what ``dataclasses.field`` is, in classes made by this ``dataclass``."""
        return _Field(about)

    def replace(value: Any, /, **changes: Any) -> Any:
        """Be what ``dataclasses.replace`` is: the same value but for these fields."""
        kept = (name for name in value.__match_args__ if name not in changes)
        return type(value)(**{name: getattr(value, name) for name in kept}, **changes)


_OURS = ({"frozen": True}, {"frozen": True, "slots": True})


class _Field:
    """A field of which more is said than its type and default."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        self.about = about

    def standard(self) -> Any:
        """Return it as ``dataclasses`` describes fields."""
        from dataclasses import field as standard

        return standard(**self.about)


_TAKEN_AWAY = ("__dict__", "__weakref__")


def _is_plain(kind: type) -> bool:
    annotations = vars(kind).get("__annotations__", {})
    return (
        kind.__bases__ in ((object,), (Generic,))
        and not hasattr(kind, "__post_init__")
        and not any("ClassVar" in str(of) or "InitVar" in str(of) for of in annotations.values())
    )


def _frozen(kind: type, *, slots: bool) -> type:
    """Return the class with the methods of a frozen value, and slots for its annotated names."""
    names = tuple(vars(kind).get("__annotations__", {}))
    given = {name: vars(kind)[name] for name in names if name in vars(kind)}
    own = {
        name: value
        for name, value in vars(kind).items()
        if name not in names and name not in _TAKEN_AWAY
    }
    compared = [name for name in names if _about(given.get(name)).get("compare", True)]
    made: Any = type(kind)(
        kind.__name__,
        kind.__bases__ if kind.__bases__ != (object,) else (),
        {
            **_METHODS,
            "_compared": attrgetter(*compared) if compared else lambda _value: (),
            "__dataclass_fields__": _Described(given),
            "__dataclass_params__": _Described(given),
            **own,
            **({"__slots__": names} if slots else {}),
            "__match_args__": names,
            "__qualname__": kind.__qualname__,
        },
    )

    def first_init(self: Any, *args: Any, **named: Any) -> None:
        made.__init__ = _init(made, names, given)
        made.__init__(self, *args, **named)

    made.__init__ = first_init
    return made  # type: ignore[no-any-return]  # a class whose attributes are set: mypy's Any


def _about(default: object) -> Mapping[str, Any]:
    """Return what is said of a field.

    Raises:
        TypeError: it is a field of the standard library, which would be taken for a default.
    """
    if isinstance(default, _Field):
        return default.about
    if type(default).__module__ == "dataclasses":
        raise TypeError("field has to come from crm_md.frozen")
    return {"default": default}


def _init(kind: type, names: Sequence[str], given: Mapping[str, Any]) -> Callable[..., None]:
    """Write the ``__init__`` of a class: each slot is filled past the ban on setting it."""
    scope: dict[str, Any] = {"_missing_": object()}
    parameters, lines = ["self"], []
    for name in names:
        parameter = value = name
        if name in given:
            parameter, value = _with_default(name, _about(given[name]), scope)
        parameters.append(parameter)
        if "__slots__" in vars(kind):
            scope[f"_set_{name}_"] = vars(kind)[name].__set__
            lines.append(f" _set_{name}_(self, {value})")
        else:
            lines.append(f" self.__dict__[{name!r}] = {value}")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or " pass")
    exec(source, scope)  # as dataclasses does; only names of a class's own fields go in
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


def _with_default(name: str, about: Mapping[str, Any], scope: dict[str, Any]) -> tuple[str, str]:
    """Return how parameter and value of a field with a default are written."""
    if "default_factory" in about:
        scope[f"_new_{name}_"] = about["default_factory"]
        return f"{name}=_missing_", f"_new_{name}_() if {name} is _missing_ else {name}"
    if "default" not in about:
        return name, name
    scope[f"_default_{name}_"] = about["default"]
    return f"{name}=_default_{name}_", name


class _Described:
    """What ``dataclasses`` itself would know of the class, made when replace or asdict ask."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, _value: object, owner: type) -> Any:
        from dataclasses import dataclass as standard

        given = {
            name: default.standard() if isinstance(default, _Field) else default
            for name, default in self._given.items()
        }
        own = {"__annotations__": owner.__annotations__, "__module__": owner.__module__}
        twin: type = standard(frozen=True)(type(owner.__name__, (), {**given, **own}))
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
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


_METHODS = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__reduce__": _reduce,
}
