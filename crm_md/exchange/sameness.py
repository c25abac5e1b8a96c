"""Tell whether two values of a field are the same in another spelling."""

from __future__ import annotations

from functools import lru_cache

from crm_md.exchange.days import read_day
from crm_md.likeness import country_of, digits, fold, fold_mail, normalise_phone

Value = str | dict[str, str]


def agree(key: str, current: Value, value: Value) -> bool:
    """Tell whether a field says what a card says, or more.

    Args:
        key: canonical key of the field.
        current: as it stands; value: of the card.
    """
    if isinstance(current, dict) or isinstance(value, dict):
        return _words(value) <= _words(current)
    if key == "website":
        return url_key(current) == url_key(value)
    if key == "birthday":
        return (read_day(current) or current).endswith(value)
    return essence(value) in essence(current)


def _words(value: Value) -> set[str]:
    text = " ".join(value.values()) if isinstance(value, dict) else value
    return set(fold(text).split())


def url_key(url: str) -> str:
    """Return a page's address as it is compared: without scheme, www and a last slash."""
    bare = url.casefold().partition("://")[2] or url.casefold()
    return bare.removeprefix("www.").rstrip("/")


def essence(text: str) -> str:
    """Return what counts of a line: not blanks, nor the marks and escapes of Markdown."""
    return "".join(c for c in text.casefold() if c.isalnum() or not (c.isascii() or c.isspace()))


@lru_cache(maxsize=1 << 8)
def country_code(country: str) -> str | None:
    """Return the ISO code of a country as written, or None."""
    return country_of(country)


@lru_cache(maxsize=1 << 16)
def mail_key(text: str) -> str:
    """Return a mail address as it is compared."""
    return fold_mail(text)


@lru_cache(maxsize=1 << 16)
def phone_key(text: str, country: str) -> str:
    """Return a number as it is compared: E.164, or its digits, or the bare text."""
    phone = normalise_phone(text, country)
    return phone.e164 if phone else digits(text) or essence(text)
