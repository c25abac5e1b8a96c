"""Remember where and when this clone last shared: a place that moved is told from one that lost."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from crm_md.frozen import dataclass

if TYPE_CHECKING:
    from crm_md.history.remotes import Remote
    from crm_md.history.repository import Repository

FILE = "shared"  # in .git/crm: a line for each remote's branch, its address and the moment


@dataclass(frozen=True, slots=True)
class Talk:
    """The last time that all went to and fro.

    Attributes:
        address: with whom, without a password.
        when: local wall-clock.
    """

    address: str
    when: datetime


def last_talk(repository: Repository, remote: Remote) -> Talk | None:
    """Return when we last shared with a remote's branch, and where that was; None if unknown."""
    for key, address, when in _kept(repository):
        if key == _key(remote):
            with suppress(ValueError):
                return Talk(address, datetime.fromisoformat(when))
    return None


def remember_talk(repository: Repository, remote: Remote, now: datetime) -> None:
    """Keep that we shared just now; where the system does not let us, nobody knows later."""
    others = [one for one in _kept(repository) if one[0] != _key(remote)]
    mine = (_key(remote), remote.address, now.isoformat(timespec="seconds"))
    file = repository.git_dir / "crm" / FILE
    beside = file.with_name(f"{FILE}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            lines = "".join("\t".join(one) + "\n" for one in (*others, mine))
            beside.write_bytes(lines.encode("utf-8", "surrogateescape"))
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _kept(repository: Repository) -> list[tuple[str, str, str]]:
    try:
        told = (repository.git_dir / "crm" / FILE).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return []
    parts = [line.split("\t") for line in told.split("\n")]
    return [(one[0], one[1], one[2]) for one in parts if len(one) == 3]


def _key(remote: Remote) -> str:
    return f"{remote.name}/{remote.branch}"
