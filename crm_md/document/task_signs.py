"""Recognise a task, its days and its mentions in a line: ``- [ ] anrufen due:2026-12-01 @ben``."""

from __future__ import annotations

import re

TASK = re.compile(r"\n[ \t>]*[*+-][ \t]+\[([ xX-])\](?=[ \t\r\n]|\Z)([^\n]*)")

_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)"
DUE = r"(?:due|f(?:ä|a\u0308|ae)llig|bis)"
_DONE = r"(?:done|completion|erledigt)"
STAMP = re.compile(
    rf"(?:^|(?<=\s))[\[(]?(?:(?P<due>{DUE})|(?P<done>{_DONE}))::?\s*(?P<day>{_DAY})[\])]?[,;.]?(?!\S)"
    rf"|(?:(?P<calendar>📅)|(?P<tick>✅)|❌)\ufe0f?\s*(?P<when>{_DAY})",
    re.IGNORECASE,
)
MENTION = re.compile(r"(?:^|(?<=[\s(,;]))(\()?@(\w(?:[\w.-]*\w)?)(?(1)\)|[,;]?)")
