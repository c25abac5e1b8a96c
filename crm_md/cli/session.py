"""What all commands share: which store, which language, which day, and how to answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import messages
from crm_md.errors import CrmError

if TYPE_CHECKING:
    from crm_md.ahead import Ahead
    from crm_md.crm import Crm
    from crm_md.joining.beside import Note


_DAILY_WRITERS = frozenset(
    (
        *("log", "notieren", "note", "merken", "set", "setzen"),
        *("solve", "lösen", "deal", "geschäft", "sync", "abgleichen"),
        *("done", "erledigt", "next", "nächstes", "snooze", "ruhe"),
    )
)


class Session:
    """One run of the program: the options that every command takes, and the store once opened."""

    def __init__(self) -> None:
        self.store = os.environ.get("CRM_STORE", "")
        self.json = False
        self.word = ""  # a first word that is no command, and so a customer
        self.today = os.environ.get("CRM_TODAY", "")
        self._crm: Crm | None = None
        self._now: datetime | None = None
        self._ahead: Ahead | None = None
        self._notes: list[Note] = []

    def look_ahead(self, arguments: Sequence[str]) -> None:
        """Let Git begin to look which files changed, while Python still loads the rest.

        Args:
            arguments: the command line; where it asks for help, or is empty, Git is let alone.
        """
        if not arguments or not {"--help", "--version"}.isdisjoint(arguments):
            return
        from crm_md.ahead import look_ahead

        folder = option_in(arguments, "--store") or self.store
        with suppress(CrmError, OSError):
            writes = not _DAILY_WRITERS.isdisjoint(arguments)
            self._ahead = look_ahead(store_folder(folder), remember=writes)

    @property
    def now(self) -> datetime:
        """The moment this run began; ``--today`` moves its day."""
        if self._now is None:
            self._now = moment(self.today)
        return self._now

    @property
    def crm(self) -> Crm:
        """The store: ``--store``, else the nearest folder upward, else the default store.

        Raises:
            NoStore: there is none.
            StoreGone: the default store is not where it was.
        """
        if self._crm is None:
            from crm_md.crm import open_store
            from crm_md.lost_customers import lost_customers

            folder = store_folder(self.store)
            is_meant = self.store or lost_customers(folder)
            gone = None if is_meant else lost_default(folder)
            if gone:
                from crm_md.errors import StoreGone

                raise StoreGone(str(gone))
            self._crm = open_store(folder, self.now, self._ahead)
            if self._crm.history is not None:
                self._crm.history.keep_up_drivers()
        return self._crm

    def take_notes(self) -> tuple[Note, ...]:
        """Return what a person should know of how their edits were joined with others' work."""
        notes = (*self._notes, *(self._crm.take_notes() if self._crm else ()))
        self._notes.clear()
        return notes

    def look_again(self) -> None:
        """Take a fresh look at the clock, the settings and what others wrote meanwhile."""
        self._notes.extend(self.take_notes())
        self.close()
        self._crm = self._now = self._ahead = None

    def close(self) -> None:
        """Let go of what the store holds open."""
        if self._crm is not None:
            self._crm.close()
        if self._ahead is not None:
            self._ahead.close()


def moment(today: str) -> datetime:
    """Return now, or the same time of day on the day asked for.

    Args:
        today: an ISO date, or "" for the real day; a time may follow (``2026-11-20 14:30``).

    Raises:
        DateNotUnderstood: it is no date.
    """
    now = datetime.now().replace(microsecond=0)  # wall-clock time is meant
    if not today:
        return now
    from crm_md.dates import read_day_time
    from crm_md.errors import DateNotUnderstood

    asked = read_day_time(today)
    if asked is None:
        raise DateNotUnderstood(today)
    day, at = asked
    return datetime.combine(day, at or now.time())


def store_folder(asked: str) -> Path:
    """Return the folder of the store asked for, or the nearest, or the default one."""
    from crm_md.lost_customers import lost_customers
    from crm_md.store import find_store

    if asked:
        return Path(asked).expanduser()
    here = Path.cwd()
    if find_store(here) or lost_customers(here):
        return here
    return default_store() or here


def default_file() -> Path:
    """Return the file that remembers the default store: in the user's configuration folder.

    Source: XDG Base Directory Specification; ``%APPDATA%`` on Windows.
    """
    folder = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or "~/.config"
    return Path(folder).expanduser() / "crm_md" / "store"


def default_store() -> Path | None:
    """Return the default store, None if there is none or it is gone."""
    from crm_md.store import is_store

    with suppress(OSError):
        folder = Path(default_file().read_text(encoding="utf-8").strip())
        if is_store(folder):
            return folder
    return None


def lost_default(chosen: Path) -> Path | None:
    """Return the folder that was the default store and is none now, where no other was chosen.

    Args:
        chosen: what `store_folder` returned.
    """
    from crm_md.store import find_store

    if find_store(chosen):
        return None
    with suppress(OSError):
        named = default_file().read_text(encoding="utf-8").strip()
        return Path(named) if named else None
    return None


def remember_default(folder: Path) -> bool:
    """Make this the default store if there is none; tell whether it was done."""
    if default_store() is not None:
        return False
    with suppress(OSError):
        default_file().parent.mkdir(parents=True, exist_ok=True)
        default_file().write_text(f"{folder}\n", encoding="utf-8")
        return True
    return False


def choose_language(arguments: Sequence[str]) -> None:
    """Choose what we print in before the first text is made.

    ``--language`` goes before the locale, the locale before ``crm.toml``.
    """
    messages.speak(
        option_in(arguments, "--language")
        or messages.language_of_locale()
        or language_of_store(option_in(arguments, "--store") or os.environ.get("CRM_STORE", ""))
        or "en"
    )


def option_in(arguments: Sequence[str], option: str) -> str:
    """Return the value of an option wherever it stands before a lone ``--``."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith(option + "="):
            return argument[len(option) + 1 :]
    return ""


def language_of_store(asked: str) -> str | None:
    """Return the language that ``crm.toml`` names, None without a store or an answer."""
    from crm_md.config import read_config
    from crm_md.store import SETTINGS, find_store, read

    with suppress(OSError, CrmError, UnicodeDecodeError):
        root = find_store(store_folder(asked))
        if root:
            return read_config((read(root, SETTINGS) or b"").decode("utf-8-sig")).language
    return None
