"""A customer relationship manager that is a folder of Markdown files in Git.

For programs: open a store, say who is meant, ask or change. What fails raises a `CrmError`, which
says in a sentence what is wrong, in ``hint`` what to do, and in ``exit_code`` what a shell gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_md.door import door

if TYPE_CHECKING:
    from crm_md.crm import Crm, open_store
    from crm_md.errors import CrmError
    from crm_md.questions.naming import Named, who_is

__all__ = ["Crm", "CrmError", "Named", "open_store", "who_is"]
__version__ = "0.1.0"

__getattr__ = door(
    __name__,
    {
        "Crm": "crm",
        "CrmError": "errors",
        "Named": "questions.naming",
        "open_store": "crm",
        "who_is": "questions.naming",
    },
)
