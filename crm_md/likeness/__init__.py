"""Folded names, phones, e-mails and slugs, and how alike two customers are.

Each part loads when it is first asked for: who only folds a name need not pay for telephones.
"""

from typing import TYPE_CHECKING

from crm_md.door import door

if TYPE_CHECKING:
    from crm_md.likeness.codes import (
        code_of,
        complaint_codes,
        looks_like_code,
        shortened,
        task_codes,
    )
    from crm_md.likeness.countries import country_of
    from crm_md.likeness.doubles import Alike, alike, is_generic
    from crm_md.likeness.folding import fold, fold_light, slug_in
    from crm_md.likeness.known import Known
    from crm_md.likeness.mails import FREE_MAIL, fold_mail, looks_like_mail, mail_domain
    from crm_md.likeness.names import name_words, split_legal_form
    from crm_md.likeness.near import near_names
    from crm_md.likeness.persons import first_and_last
    from crm_md.likeness.phones import (
        Phone,
        extends,
        format_phone,
        head_stem,
        is_mobile,
        normalise_phone,
    )
    from crm_md.likeness.slugs import TakenSlugs, slugify
    from crm_md.likeness.spellings import digits, looks_like_phone

_HOMES = {
    "FREE_MAIL": "mails",
    "Alike": "doubles",
    "Known": "known",
    "Phone": "phones",
    "TakenSlugs": "slugs",
    "alike": "doubles",
    "code_of": "codes",
    "complaint_codes": "codes",
    "country_of": "countries",
    "digits": "spellings",
    "extends": "phones",
    "first_and_last": "persons",
    "fold": "folding",
    "fold_light": "folding",
    "slug_in": "folding",
    "fold_mail": "mails",
    "format_phone": "phones",
    "head_stem": "phones",
    "is_generic": "doubles",
    "is_mobile": "phones",
    "looks_like_mail": "mails",
    "looks_like_phone": "spellings",
    "looks_like_code": "codes",
    "mail_domain": "mails",
    "name_words": "names",
    "near_names": "near",
    "normalise_phone": "phones",
    "shortened": "codes",
    "slugify": "slugs",
    "split_legal_form": "names",
    "task_codes": "codes",
}
__all__ = [
    "FREE_MAIL",
    "Alike",
    "Known",
    "Phone",
    "TakenSlugs",
    "alike",
    "code_of",
    "complaint_codes",
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
    "is_mobile",
    "looks_like_code",
    "looks_like_mail",
    "looks_like_phone",
    "mail_domain",
    "name_words",
    "near_names",
    "normalise_phone",
    "shortened",
    "slug_in",
    "slugify",
    "split_legal_form",
    "task_codes",
]

__getattr__ = door(__name__, _HOMES)
