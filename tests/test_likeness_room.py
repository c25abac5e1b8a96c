"""The room of likeness shows what it has, and loads only what is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crm_md import likeness


@pytest.mark.parametrize("name", likeness.__all__)
def test_every_name_on_the_door_is_inside(name: str) -> None:
    assert getattr(likeness, name) is not None


def test_all_that_can_be_had_is_on_the_door() -> None:
    assert set(likeness._HOMES) == set(likeness.__all__)


def test_another_name_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        likeness.guess  # noqa: B018 - the access itself is what fails


def test_opening_the_room_loads_none_of_its_parts() -> None:
    script = "import sys, crm_md.likeness; print([m for m in sys.modules if 'likeness.' in m])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
