"""What each property means for a card: RFC 6350 § 6, RFC 2426 § 3, and what clients made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote

from crm_md.exchange.card import Card, CardAddress, CardMail, CardPhone, CardUrl
from crm_md.exchange.days import read_day
from crm_md.exchange.filling import Filling, joined_lines, preference
from crm_md.exchange.labels import label_of, label_of_property
from crm_md.exchange.lines import Property, one_line
from crm_md.likeness import looks_like_mail

# For programs only, or said again by another property.
_TECHNICAL_NAMES = """
    BEGIN END VERSION PRODID REV PROFILE MAILER CLASS SORT-STRING SOURCE NAME CLIENTPIDMAP XML
    X-ABUID X-ABADR X-ABLABEL X-GENERATOR X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS
    X-EVOLUTION-FILE-AS X-GWTYPE X-IMAGEHASH X-IMAGETYPE X-SHARED-PHOTO-DISPLAY-PREF
    X-MOZILLA-HTML X-WAB-GENDER LATESTDATE COUNTRYISO
"""
_TECHNICAL = frozenset(_TECHNICAL_NAMES.split())
# Lists that clients make by themselves.
_CLIENTS_LISTS = frozenset(["my contacts", "mycontacts", "contacts", "starred", "all contacts"])
_ZIP_BEFORE_CITY = re.compile(r"(?:[A-Z]{1,2}-)?(\d{4,5}) +(\D.*)")


def card_of(properties: Sequence[Property], line: int, agents: Iterable[Card] = ()) -> Card:
    """Return what the properties of one card say.

    Args:
        properties: all between BEGIN and END, without pictures, sounds and keys.
        line: of the BEGIN.
        agents: cards that stand inside this one (AGENT).
    """
    labels = [prop for prop in properties if prop.name == "X-ABLABEL" and prop.group]
    filling = Filling({prop.group: one_line(prop.text()) for prop in labels})
    for prop in properties:
        if not prop.value.strip():
            continue
        take = _TAKE.get(prop.name)
        if take:
            take(filling, prop)
        elif prop.name not in _TECHNICAL:
            _take_other(filling, prop)
    for agent in agents:
        told = [agent.name or agent.org, *(phone.number for phone in agent.phones)]
        filling.add("agent", ", ".join(filter(None, [*told, *(m.address for m in agent.emails)])))
    filling.keep_address_labels()
    return filling.card(line)


def _take_name(filling: Filling, prop: Property) -> None:
    if "family" in filling.single or "given" in filling.single:
        return  # RFC 6350 § 6.2.2: another one is the same name in other letters
    for key, part in zip(_NAME_PARTS, prop.parts(), strict=False):
        separator = ", " if key in ("prefix", "suffix") else " "
        if "," in part and ", " not in part:
            part = part.replace(",", separator)
        filling.single[key] = one_line(part)


_NAME_PARTS = ("family", "given", "additional", "prefix", "suffix")


def _take_org(filling: Filling, prop: Property) -> None:
    names = [name for part in prop.parts() if (name := one_line(part))]
    if not names:
        return
    if filling.single.setdefault("org", names[0]) == names[0]:
        filling.units += names[1:]
    else:
        filling.add("company", ", ".join(names))


def _take_phone(filling: Filling, prop: Property) -> None:
    number = tidy_phone(prop.text())
    if not any(sign.isdecimal() for sign in number) or number.lower().startswith("sip:"):
        filling.add("phone", number)
        return
    phone = CardPhone(number, *filling.dress(prop))
    filling.phones.append((preference(prop), phone))


def tidy_phone(text: str) -> str:
    """Return a number as written, a ``tel:`` address without its dress (RFC 3966 § 3)."""
    number = one_line(text)
    if number[:4].lower() != "tel:":
        return number
    number, *params = unquote(number[4:]).split(";")
    extension = next((p[4:] for p in params if p[:4].lower() == "ext="), "")
    return f"{number.strip()} ext. {extension}" if extension else number.strip()


def _take_mail(filling: Filling, prop: Property) -> None:
    text = one_line(prop.text())
    if "<" in text:
        text = text.rpartition("<")[2].partition(">")[0].strip()
    address = text[7:] if text[:7].lower() == "mailto:" else text
    if looks_like_mail(address):
        mail = CardMail(address, *filling.dress(prop))
        filling.emails.append((preference(prop), mail))
    else:
        filling.add("email", address)


def _take_address(filling: Filling, prop: Property) -> None:
    lines = [joined_lines(part) for part in prop.parts()]
    box, extended, street, city, region, code, country, *_more = [*lines, *[""] * 7]
    match = None if code else _ZIP_BEFORE_CITY.fullmatch(city)
    if match:
        code, city = match[1], match[2]
    street = ", ".join(filter(None, (street, extended)))
    address = CardAddress(street, box, code, city, region, country, *filling.dress(prop))
    if any((street, box, code, city, region, country)):
        filling.addresses.append((preference(prop), address))
    filling.address_labels += prop.params.get("LABEL", ())


def _take_url(filling: Filling, prop: Property) -> None:
    url = one_line(prop.text())
    filling.urls.append((preference(prop), CardUrl(url, *filling.dress(prop))))


def _take_birthday(filling: Filling, prop: Property) -> None:
    _take_day(filling, "birthday", one_line(prop.text()))


def _take_anniversary(filling: Filling, prop: Property) -> None:
    _take_day(filling, "anniversary", one_line(prop.text()))


def _take_dated(filling: Filling, prop: Property) -> None:
    label = label_of(filling.label(prop)) or "anniversary"
    if label in ("anniversary", "birthday"):
        _take_day(filling, label, one_line(prop.text()))
    else:
        filling.add(label, one_line(prop.text()))


def _take_day(filling: Filling, key: str, text: str) -> None:
    day = read_day(text)
    if day:
        filling.set(key, day, key)
    else:
        filling.add(key, text)


def _take_note(filling: Filling, prop: Property) -> None:
    lines = [" ".join(line.split()) for line in prop.text().split("\n")]
    filling.notes.append("\n".join(lines).strip("\n"))


def _take_categories(filling: Filling, prop: Property) -> None:
    names = [one_line(part).lstrip("* ") for part in prop.parts(",")]
    filling.categories += [n for n in names if n and n.casefold() not in _CLIENTS_LISTS]


def _take_nicknames(filling: Filling, prop: Property) -> None:
    filling.nicknames += filter(None, map(one_line, prop.parts(",")))


def _take_member(filling: Filling, prop: Property) -> None:
    filling.members.append(_bare_uid(prop.text()))


def _take_uid(filling: Filling, prop: Property) -> None:
    filling.single.setdefault("uid", _bare_uid(prop.text()))


def _bare_uid(text: str) -> str:
    return one_line(text).casefold().removeprefix("urn:uuid:")


def _take_language(filling: Filling, prop: Property) -> None:
    filling.languages.append((preference(prop), one_line(prop.text()).lower()))


def _take_kind(filling: Filling, prop: Property) -> None:
    filling.single.setdefault("kind", one_line(prop.text()))


def _take_related(filling: Filling, prop: Property) -> None:
    text = one_line(prop.text())
    if text.lower().startswith("urn:"):
        return  # a card of the same address book, where it stands by itself
    types, label = filling.dress(prop)
    filling.add(label or next(iter(types), "relative"), text)


def _take_chat(filling: Filling, prop: Property) -> None:
    scheme, colon, name = one_line(prop.text()).partition(":")
    service = next(iter(prop.params.get("X-SERVICE-TYPE", ())), "") or (scheme if colon else "")
    filling.add(service.capitalize() or "chat", name.partition("?")[0] if colon else scheme)


def _take_profile(filling: Filling, prop: Property) -> None:
    types, label = filling.dress(prop)
    filling.add(label or next(iter(types), "chat").capitalize(), one_line(prop.text()))


def _take_android(filling: Filling, prop: Property) -> None:
    """``vnd.android.cursor.item/contact_event;1975-03-01;1``: 1 an anniversary, 3 a birthday."""
    kind, text, code = map(one_line, [*prop.parts(), "", ""][:3])
    kind = kind.rpartition("/")[2]
    if kind == "contact_event" and code in ("1", "3"):
        _take_day(filling, "anniversary" if code == "1" else "birthday", text)
    elif kind == "nickname":
        filling.nicknames += filter(None, [text])
    else:
        filling.add("relative" if kind == "relation" else label_of_property(kind.upper()), text)


def _take_coordinates(filling: Filling, prop: Property) -> None:
    text = one_line(prop.text()).removeprefix("geo:")
    filling.add("coordinates", ", ".join(re.split(r" *[;,] *", text)))


def _take_other(filling: Filling, prop: Property) -> None:
    text = prop.text().strip()
    if text.startswith(("data:", "<")):
        return
    label = filling.label(prop)
    filling.add(label_of(label) if label else label_of_property(prop.name), joined_lines(text))


def _first(key: str, label: str) -> Callable[[Filling, Property], None]:
    """Return a taker that keeps the first value under a key and others under a label."""
    return lambda filling, prop: filling.set(key, one_line(prop.text()), label)


def _extra(label: str) -> Callable[[Filling, Property], None]:
    return lambda filling, prop: filling.add(label, one_line(prop.text()))


_TAKE: dict[str, Callable[[Filling, Property], None]] = {
    "ADR": _take_address,
    "ANNIVERSARY": _take_anniversary,
    "BDAY": _take_birthday,
    "CATEGORIES": _take_categories,
    "EMAIL": _take_mail,
    "FN": _first("name", "other name"),
    "GENDER": _extra("gender"),
    "GEO": _take_coordinates,
    "IMPP": _take_chat,
    "KIND": _take_kind,
    "LANG": _take_language,
    "LABEL": lambda filling, prop: filling.address_labels.append(prop.text()),
    "MEMBER": _take_member,
    "N": _take_name,
    "NICKNAME": _take_nicknames,
    "NOTE": _take_note,
    "ORG": _take_org,
    "RELATED": _take_related,
    "ROLE": _first("role", "job"),
    "TEL": _take_phone,
    "TITLE": _first("title", "job"),
    "TZ": _extra("time zone"),
    "UID": _take_uid,
    "URL": _take_url,
    "X-ABDATE": _take_dated,
    "X-ABRELATEDNAMES": _take_related,
    "X-ABSHOWAS": _take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _take_kind,
    "X-ADDRESSBOOKSERVER-MEMBER": _take_member,
    "X-ANDROID-CUSTOM": _take_android,
    "X-ANNIVERSARY": _take_anniversary,
    "X-EVOLUTION-ANNIVERSARY": _take_anniversary,
    "X-KADDRESSBOOK-X-ANNIVERSARY": _take_anniversary,
    "X-MS-ANNIVERSARY": _take_anniversary,
    "X-MS-TEL": _take_phone,
    "X-NICKNAME": _take_nicknames,
    "X-SOCIALPROFILE": _take_profile,
}
