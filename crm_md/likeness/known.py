"""What is known of a customer when two of them are compared."""

from __future__ import annotations

from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer, new or old, to tell whether two are the same.

    Attributes:
        slug: the name of its file; empty for one that is not there yet.
        name: as written.
        aliases: other names.
        phones: in E.164, of the firm and its people.
        mails: of the firm and its people.
        city: as written, or empty.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    city: str = ""
