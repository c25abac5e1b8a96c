"""Read the address of another repository: what of it may be shown, and whether it is a folder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.DOTALL | re.IGNORECASE)
_HOST = re.compile(r"[^/:]*(?::\d*)?(?:/|\Z)")  # with a port of digits, if any
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")  # of Windows


def without_password(address: str) -> str:
    """Return an address as it may be shown: without the password that may stand in it.

    On the web the name goes, too: hosts take tokens for one (``https://TOKEN@example.com/``).
    Passwords are taken for such also where somebody forgot to write ``@`` or ``/`` as ``%40`` or
    ``%2F`` in them.
    """
    url = _URL.fullmatch(address)
    if not url:
        return address
    scheme, rest = url[1], url[2]
    given, at, place = rest.partition("/")[0].rpartition("@")
    rest_of_path = rest[len(given) + len(at) + len(place) :]
    if not at:
        if _HOST.match(rest) or "@" not in rest:
            return address
        given, at, place = rest.rpartition("@")  # "anna:ge/heim@h": no port is made of letters
        rest_of_path = ""
    name = given.partition(":")[0] if scheme.lower() not in ("http", "https") else ""
    return f"{scheme}://{name}{at if name else ''}{place}{rest_of_path}"


def folder_of(address: str) -> Path | None:
    """Return the folder that an address means, None where it is one of another machine.

    Source: connect.c, ``url_is_local_not_ssh``: what has a colon before its first slash is a host.
    """
    url = _URL.fullmatch(address)
    if url:
        return Path(unquote(url[2])) if url[1].lower() == "file" else None
    is_host = ":" in address.partition("/")[0] and not _DRIVE.match(address)
    return None if is_host or not address else Path(address)


def from_here(address: str) -> str:
    """Return an address that means the same in every folder: a path is meant from where we are."""
    if _URL.fullmatch(address):
        return address
    folder = folder_of(address)
    return str(folder.expanduser().absolute()) if folder else address
