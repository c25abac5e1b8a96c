"""Hold our frozen classes against those of the standard library: both pass the same tests."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import pytest

from crm_md import frozen


@dataclasses.dataclass(frozen=True, slots=True)
class StandardPlace:
    """Where."""

    city: str
    zip: str = ""
    more: Mapping[str, str] = dataclasses.field(default_factory=dict)
    line: int = dataclasses.field(default=0, compare=False)
    secret: str = dataclasses.field(default="x", repr=False)

    @property
    def told(self) -> str:
        return f"{self.zip} {self.city}"

    @classmethod
    def named(cls, city: str) -> Any:
        return cls(city)


@frozen.dataclass(frozen=True, slots=True)
class OurPlace:
    """Where."""

    city: str
    zip: str = ""
    more: Mapping[str, str] = frozen.field(default_factory=dict)
    line: int = frozen.field(default=0, compare=False)
    secret: str = frozen.field(default="x", repr=False)

    @property
    def told(self) -> str:
        return f"{self.zip} {self.city}"

    @classmethod
    def named(cls, city: str) -> Any:
        return cls(city)


@frozen.dataclass(frozen=True)
class OurLoosePlace:
    """Where."""

    city: str
    zip: str = ""
    more: Mapping[str, str] = frozen.field(default_factory=dict)
    line: int = frozen.field(default=0, compare=False)
    secret: str = frozen.field(default="x", repr=False)

    @cached_property
    def at_length(self) -> str:
        return f"in {self.city}"

    @property
    def told(self) -> str:
        return f"{self.zip} {self.city}"

    @classmethod
    def named(cls, city: str) -> Any:
        return cls(city)


@pytest.fixture(params=[StandardPlace, OurPlace, OurLoosePlace])
def place(request: pytest.FixtureRequest) -> Any:
    """Return a class, once of each maker."""
    return request.param


def test_ours_is_not_the_standard_one() -> None:
    assert OurPlace.__eq__.__module__ == "crm_md.frozen"
    assert StandardPlace.__eq__.__module__ != "crm_md.frozen"


def test_values_by_place_and_by_name_and_by_default(place: Any) -> None:
    borkum = place("Borkum", line=3)
    assert (borkum.city, borkum.zip, borkum.more, borkum.line) == ("Borkum", "", {}, 3)
    assert place(city="Borkum", zip="26757").told == "26757 Borkum"
    assert place.named("Borkum") == borkum


def test_each_value_gets_a_new_default_of_a_factory(place: Any) -> None:
    assert place("a").more is not place("b").more


@pytest.mark.parametrize("args", [(), ("a", "b", {}, 1, "x", 2)])
def test_too_few_or_too_many_values_are_refused(place: Any, args: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        place(*args)


def test_an_unknown_name_is_refused(place: Any) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'town'"):
        place("a", town="b")


def test_equal_are_those_of_one_class_with_equal_compared_fields(place: Any) -> None:
    assert place("a", line=1) == place("a", line=2)
    assert place("a") != place("b")
    assert place("a") != "a"
    other: Any = StandardPlace("a") if place is OurPlace else OurPlace("a")
    assert place("a") != other


def test_hashes_are_those_of_the_compared_fields(place: Any) -> None:
    assert hash(place("a", more=(), line=1)) == hash(place("a", more=(), line=2))
    with pytest.raises(TypeError):
        hash(place("a"))  # a dict is in it


def test_it_cannot_be_changed(place: Any) -> None:
    borkum = place("Borkum")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'city'"):
        borkum.city = "Juist"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'city'"):
        del borkum.city


def test_only_what_has_no_slots_keeps_what_is_worked_out_later() -> None:
    assert not hasattr(OurPlace("Borkum"), "__dict__")
    assert OurLoosePlace("Borkum").at_length == "in Borkum"
    assert OurLoosePlace("Borkum") == OurLoosePlace("Borkum")


def test_it_shows_itself_as_it_is_written(place: Any) -> None:
    name = place.__name__
    assert repr(place("a", "b", line=2)) == f"{name}(city='a', zip='b', more={{}}, line=2)"


def test_the_tools_of_dataclasses_work_on_it(place: Any) -> None:
    borkum = place("Borkum", more={"a": "b"})
    assert dataclasses.replace(borkum, zip="26757") == place("Borkum", "26757", {"a": "b"})
    assert frozen.replace(borkum, zip="26757", line=2) == place("Borkum", "26757", {"a": "b"})
    assert dataclasses.asdict(borkum)["more"] == {"a": "b"}
    assert [one.name for one in dataclasses.fields(borkum)][:2] == ["city", "zip"]


def test_it_is_copied_and_pickled(place: Any) -> None:
    borkum = place("Borkum", more={"a": "b"}, line=3)
    for again in (copy.copy(borkum), copy.deepcopy(borkum), pickle.loads(pickle.dumps(borkum))):
        assert again == borkum
        assert again.line == 3


def test_it_is_matched_by_place(place: Any) -> None:
    assert place.__match_args__ == ("city", "zip", "more", "line", "secret")


def test_it_has_its_name_module_and_sentence(place: Any) -> None:
    assert place.__doc__ == "Where."
    assert place.__module__ == __name__
    assert place.__qualname__.endswith("Place")


def test_what_is_not_plain_is_left_to_the_standard_library() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Counted:
        limit: ClassVar[int] = 3
        count: int = 0

    @frozen.dataclass(frozen=True, slots=True, order=True)
    class Ranked:
        rank: int
        words: str = frozen.field(default="", compare=False)

    assert Counted(2).count == 2 and Counted.limit == 3
    assert Ranked(1, "b") < Ranked(2, "a")
    assert Ranked(1, "b") == Ranked(1)


def test_a_class_that_inherits_keeps_what_it_inherits() -> None:
    class Island(OurPlace):
        __slots__ = ()

    assert Island("Borkum").told == " Borkum"
    assert OurPlace("Borkum").told == " Borkum"
    assert Island("Borkum") != OurPlace("Borkum")
