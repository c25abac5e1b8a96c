"""Compare e-mail addresses, and tell which of them say something about the firm."""

from __future__ import annotations

import unicodedata

# Providers of mailboxes for everybody in DACH and beyond: a shared domain proves nothing.
_FREE_MAIL = """
gmx.de gmx.at gmx.ch gmx.net gmx.com gmx.org gmx.eu gmx.li web.de email.de t-online.de
magenta.de freenet.de arcor.de vodafone.de vodafonemail.de online.de kabelmail.de o2mail.de
o2online.de ewe.net ewetel.net osnanet.de htp-tel.de unitybox.de versanet.de alice.de
alice-dsl.net alice-dsl.de mnet-mail.de mnet-online.de netcologne.de 1und1.de mail.de
posteo.de posteo.net posteo.at posteo.ch mailbox.org tutanota.com tutanota.de tutamail.com
tuta.com tuta.io proton.me protonmail.com protonmail.ch pm.me gmail.com googlemail.com
outlook.com outlook.de outlook.at hotmail.com hotmail.de hotmail.ch hotmail.at hotmail.fr
hotmail.it hotmail.co.uk live.com live.de live.at live.nl msn.com yahoo.com yahoo.de
yahoo.fr yahoo.it yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com
aol.de aon.at a1.net chello.at drei.at inode.at utanet.at kabsi.at liwest.at tele2.at
bluewin.ch sunrise.ch hispeed.ch swissonline.ch quickline.ch vtxmail.ch green.ch
adon.li powersurf.li pt.lu orange.fr wanadoo.fr free.fr laposte.net libero.it alice.it
virgilio.it tiscali.it ziggo.nl kpnmail.nl home.nl wp.pl o2.pl onet.pl seznam.cz mail.ru
yandex.ru yandex.com zoho.com fastmail.com hushmail.com mail.com gmx.co.uk btinternet.com
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())


def fold_mail(text: str) -> str:
    """Return the address as lookups compare it: bare, in small letters, its domain readable.

    Takes off ``mailto:`` and what may follow a ``?``, a name before ``<…>``, blanks and the
    punctuation of a sentence; a domain in Punycode is given in its own letters.

    Args:
        text: one address in any dress; what is no address is folded all the same.

    Source: RFC 5321 § 2.4 allows letter case to matter before the @; no provider lets it.
    """
    bare = text.strip()
    if "<" in bare:
        bare = bare.rpartition("<")[2].partition(">")[0]
    if bare[:7].lower() == "mailto:":
        bare = bare[7:].partition("?")[0]
    bare = unicodedata.normalize("NFC", bare.strip(" \t\r\n<>,;:.\"'")).casefold()
    local, at, domain = bare.rpartition("@")
    if "xn--" in domain:
        domain = _readable(domain)
    return unicodedata.normalize("NFC", local + at + domain)


def mail_domain(text: str) -> str:
    """Return the folded domain of an address, or an empty text where there is no @."""
    _local, at, domain = fold_mail(text).rpartition("@")
    return domain if at else ""


def looks_like_mail(text: str) -> bool:
    """Tell whether a fragment is an e-mail address: ``a@b.example``, bare, linked or in brackets.

    Args:
        text: what somebody typed; ``@ben`` and ``@firm.example`` are none.
    """
    local, _at, domain = fold_mail(text).rpartition("@")
    labels = domain.split(".")
    if not local or len(labels) < 2 or "@" in local:
        return False
    if any(c.isspace() or not c.isprintable() for c in local + domain):
        return False
    known = all(label.replace("-", "").isalnum() for label in labels)
    return known and len(labels[-1]) > 1 and not labels[-1].isdigit()


def _readable(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
