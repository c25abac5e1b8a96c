"""Folded names, phones, e-mails and slugs, and how alike two customers are.

Each part loads when it is first asked for: who only folds a name need not pay for telephones.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_md.likeness.countries import country_of
    from crm_md.likeness.doubles import Alike, alike, is_generic
    from crm_md.likeness.folding import fold, fold_light
    from crm_md.likeness.known import Known
    from crm_md.likeness.mails import FREE_MAIL, fold_mail, looks_like_mail, mail_domain
    from crm_md.likeness.names import name_words, split_legal_form
    from crm_md.likeness.near import near_names
    from crm_md.likeness.persons import first_and_last
    from crm_md.likeness.phones import Phone, extends, format_phone, head_stem, normalise_phone
    from crm_md.likeness.slugs import TakenSlugs, slugify
    from crm_md.likeness.spellings import digits, looks_like_phone

_PARTS = {
    "countries": ("country_of",),
    "doubles": ("Alike", "alike", "is_generic"),
    "folding": ("fold", "fold_light"),
    "known": ("Known",),
    "mails": ("FREE_MAIL", "fold_mail", "looks_like_mail", "mail_domain"),
    "names": ("name_words", "split_legal_form"),
    "near": ("near_names",),
    "persons": ("first_and_last",),
    "phones": ("Phone", "extends", "format_phone", "head_stem", "normalise_phone"),
    "slugs": ("TakenSlugs", "slugify"),
    "spellings": ("digits", "looks_like_phone"),
}
__all__ = [
    "FREE_MAIL",
    "Alike",
    "Known",
    "Phone",
    "TakenSlugs",
    "alike",
    "country_of",
    "digits",
    "extends",
    "first_and_last",
    "fold",
    "fold_light",
    "fold_mail",
    "format_phone",
    "head_stem",
    "is_generic",
    "looks_like_mail",
    "looks_like_phone",
    "mail_domain",
    "name_words",
    "near_names",
    "normalise_phone",
    "slugify",
    "split_legal_form",
]


def __getattr__(name: str) -> object:
    for part, names in _PARTS.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"{__name__}.{part}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
