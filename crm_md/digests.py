"""Digests by the modules that ``hashlib`` itself falls back to: OpenSSL takes 3 ms to load."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

_MODULES = {"sha1": ("_sha1",), "sha256": ("_sha2", "_sha256"), "blake2b": ("_blake2",)}


def digest(name: str, data: bytes, **more: Any) -> bytes:
    """Return the digest of these bytes.

    Args:
        name: ``sha1``, ``sha256`` or ``blake2b``.
        data: what to digest.
        more: as ``hashlib`` takes it.
    """
    return bytes(_maker(name)(data, **more).digest())


@cache
def _maker(name: str) -> Callable[..., Any]:
    """Return what makes such digests: CPython's own module, or else whatever ``hashlib`` has."""
    for module in (*_MODULES[name], "hashlib"):
        try:
            maker: Callable[..., Any] = getattr(import_module(module), name)
        except (ImportError, AttributeError):
            continue
        return maker
    raise ValueError(name)
