"""Give every test a home of its own: no settings, names or clock of the machine reach it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from crm_md.messages import speak

pytest_plugins = ("tests.books", "tests.clones")

# The same examples on every machine, so that a change alone decides a result, however busy the
# machine is; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty home folder that the test and the processes it starts live in."""
    folder = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.startswith(("GIT_", "CRM_", "LC_", "XDG_")) or name in {"EMAIL", "LANGUAGE"}:
            monkeypatch.delenv(name)
    (folder / "gitconfig").touch()
    environment = {
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "XDG_DATA_HOME": str(folder / ".local" / "share"),
        "XDG_STATE_HOME": str(folder / ".local" / "state"),
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "TZ": "Europe/Berlin",
        "LANG": "C.UTF-8",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if hasattr(time, "tzset"):
        time.tzset()
    speak("en")
    return folder
