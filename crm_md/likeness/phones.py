"""Compare telephone numbers, and know which extension belongs to which firm."""

from __future__ import annotations

from crm_md.frozen import dataclass
from crm_md.likeness.spellings import Spelling, digits, read_spelling

# Calling codes where a leading 0 only says “national”: read without the phonenumbers library,
# whose import costs 30 ms; a test holds these rules against it.
_CALLING_CODES = {"DE": "49", "AT": "43", "CH": "41"}
# Mobile phones and service numbers: a dash in them is a habit, nothing is behind it.
_MOBILE = (
    *("+4915", "+4916", "+4917"),
    *("+43650", "+43660", "+43661", "+43663", "+43664", "+43665", "+43667", "+43668", "+43669"),
    *("+4367", "+4368", "+4369", "+4174", "+4175", "+4176", "+4177", "+4178", "+4179"),
)
_STANDING_ALONE = (
    *(*_MOBILE, "+491", "+49700", "+49800", "+49900"),
    *("+43800", "+43810", "+43820", "+43900", "+41800", "+41848", "+41900"),
)
_SHORTEST_STEM = len("+4971117")  # in front of an extension; shorter ones are area codes
_LONGEST_EXTENSION = 5
_LONGEST_SHORT_NUMBER = len("116117")
_LONGEST_NATIONAL_MOBILE = len("1715550123")


@dataclass(frozen=True, slots=True)
class Phone:
    """One telephone number.

    Attributes:
        e164: ``+`` and digits only, the form that lookups compare.
        extension_of: where the spelling tells an extension (``04922 9300-12``), the number
            without it (``+4949229300``), which all extensions of the firm share; else None.
        shown: the number as it was typed, without label and remarks.
    """

    e164: str
    extension_of: str | None
    shown: str


def normalise_phone(text: str, country: str = "DE") -> Phone | None:
    """Read a telephone number in any spelling: ``(04922) 9300-12``, ``0049 (0) 4922/930012``.

    Labels and remarks around it are ignored (``Tel.: …``, ``… (mobil)``); of several numbers the
    first is taken. An extension stands behind a dash or a word such as ``DW``. Numbers that do
    not exist (yet) are read by the plain rules of their country, so that they are found too.

    Args:
        text: as people write it.
        country: ISO code of the country whose national numbers are meant.

    Returns:
        the number, or None where the text has fewer than three digits that mean something.

    Source: DIN 5008 (a dash before the extension), ITU-T E.123 (spelling), E.164 (numbers).
    """
    typed = read_spelling(text)
    if typed is None:
        return None
    number, extension = typed.number, ""
    if _german_style(typed, country):
        extension = typed.extension
        if typed.worded:
            number = number[: len(number) - len(extension)] + typed.worded
            extension = typed.worded
    e164 = _e164(number, typed.international, country)
    if len(e164) < len("+110"):
        return None
    stem = e164[: len(e164) - len(extension)]
    dials_through = extension and len(stem) >= _SHORTEST_STEM and not _stands_alone(e164)
    return Phone(e164, stem if dials_through else None, typed.typed)


def head_stem(text: str, country: str = "DE") -> str | None:
    """Return what the extensions of this head number have in common, in E.164.

    Args:
        text: a number as people write it; ``04922 9300-0`` gives ``+4949229300``, a number
            without an extension gives itself.
        country: ISO code of the country whose national numbers are meant.

    Returns:
        the stem, or None where nothing extends this number: it is an extension itself, a mobile
        phone or a service number, or no number at all.
    """
    phone = normalise_phone(text, country)
    if phone is None or len(phone.e164) < _SHORTEST_STEM or _stands_alone(phone.e164):
        return None
    if phone.extension_of is None:
        return phone.e164
    extension = phone.e164[len(phone.extension_of) :]
    return None if extension.strip("0") else phone.extension_of


def extends(number: str, stem: str) -> bool:
    """Tell whether an E.164 number is an extension of this stem: one to five digits longer."""
    longer = len(number) - len(stem)
    return 1 <= longer <= _LONGEST_EXTENSION and number.startswith(stem)


def is_mobile(text: str, country: str = "DE") -> bool:
    """Tell whether a number is that of a mobile phone, as far as the number shows it.

    Args:
        text: in any spelling.
        country: ISO code of the country whose national numbers are meant.
    """
    phone = normalise_phone(text, country)
    if phone is None:
        return False
    if phone.e164.startswith(tuple(f"+{code}" for code in _CALLING_CODES.values())):
        return phone.e164.startswith(_MOBILE)
    import phonenumbers

    try:
        parsed = phonenumbers.parse(phone.e164, None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def format_phone(text: str, country: str = "DE") -> str:
    """Return a number as it is usually printed: national at home, else international.

    Args:
        text: in any spelling; what is no number comes back as it is.
        country: ISO code of home.
    """
    phone = normalise_phone(text, country)
    if phone is None:
        return text.strip()
    extension = phone.e164[len(phone.extension_of) :] if phone.extension_of else ""
    return _with_dash(_printed(phone, country), len(extension))


def _printed(phone: Phone, country: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(phone.e164, None)
    except phonenumbers.NumberParseException:
        return phone.shown
    if number.country_code == phonenumbers.country_code_for_region(country.upper()):
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        dialled_so = national.startswith("0") or 3 <= len(national) <= _LONGEST_SHORT_NUMBER
        if dialled_so or phonenumbers.is_valid_number(number):
            return national
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _with_dash(printed: str, extension: int) -> str:
    """Put the dash in front of the last so many digits, as DIN 5008 has it."""
    if not extension:
        return printed
    tail = [place for place, letter in enumerate(printed) if letter.isdecimal()][-extension]
    return f"{printed[:tail].rstrip(' -')}-{digits(printed[tail:])}"


def _stands_alone(e164: str) -> bool:
    return e164.startswith(_STANDING_ALONE)


def _german_style(typed: Spelling, country: str) -> bool:
    """Tell whether the number is one of Germany, Austria or Switzerland."""
    if typed.international:
        return typed.number.startswith(tuple(_CALLING_CODES.values()))
    return country.upper() in _CALLING_CODES


def _e164(number: str, international: bool, country: str) -> str:
    if international:
        code = next(filter(number.startswith, _CALLING_CODES.values()), None)
        if code:
            return f"+{code}{number[len(code) :].lstrip('0')}"
        return _e164_by_library(number, international, country)
    code = _CALLING_CODES.get(country.upper())
    if code and (number.startswith("0") or not number.startswith(code)):
        return f"+{code}{number.lstrip('0')}"
    if code and _stands_alone(f"+{number}") and len(number) > _LONGEST_NATIONAL_MOBILE:
        return f"+{number}"  # a switchboard says 491715550123 without its plus
    return _e164_by_library(number, international, country)


def _e164_by_library(number: str, international: bool, country: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(f"+{number}" if international else number, country.upper())
    except phonenumbers.NumberParseException:
        if international:
            return f"+{number}"
        code = phonenumbers.country_code_for_region(country.upper()) or _CALLING_CODES["DE"]
        return f"+{code}{number.lstrip('0')}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
