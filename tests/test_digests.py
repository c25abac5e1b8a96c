"""Digests are those of hashlib, whichever module makes them."""

from __future__ import annotations

import hashlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md import digests


@given(data=st.binary())
def test_a_digest_is_the_one_that_hashlib_makes(data: bytes) -> None:
    assert digests.digest("sha1", data) == hashlib.sha1(data).digest()
    assert digests.digest("sha256", data) == hashlib.sha256(data).digest()
    small = hashlib.blake2b(data, digest_size=16).digest()
    assert digests.digest("blake2b", data, digest_size=16) == small


def test_a_python_without_modules_of_its_own_asks_hashlib(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_sha1", "_sha2", "_sha256", "_blake2"):
        monkeypatch.setitem(sys.modules, name, None)
    digests._maker.cache_clear()
    assert digests.digest("sha256", b"x") == hashlib.sha256(b"x").digest()
    digests._maker.cache_clear()
