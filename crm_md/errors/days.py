"""Words that are no day and no length of time."""

from __future__ import annotations

from crm_md.errors.kinds import CrmError
from crm_md.messages import _


class DateNotUnderstood(CrmError):
    """The words are no date that we know."""

    exit_code = 2

    def __init__(self, words: str) -> None:
        super().__init__(_("“{words}” is not a date I understand.").format(words=words))
        self.hint = _("For example: tomorrow, friday, 3.12., 2026-12-03, in 2 weeks, end of march.")


class DateAmbiguous(DateNotUnderstood):
    """The words are two dates: 12/3 is a day in March or in December."""

    def __init__(self, words: str) -> None:
        CrmError.__init__(
            self,
            _("“{words}” can be two days: some put the month first, some the day.").format(
                words=words
            ),
            _("For example: 3.12. or 2026-12-03."),
        )


class NoSuchDay(DateNotUnderstood):
    """The words are written like a date, but no calendar has that day."""

    def __init__(self, words: str) -> None:
        CrmError.__init__(
            self,
            _("There is no such day: “{words}”.").format(words=words),
            _("Check day, month and weekday, or add the year."),
        )


class SpanNotUnderstood(CrmError):
    """The words are no length of time that we know."""

    exit_code = 2

    def __init__(self, words: str) -> None:
        super().__init__(_("“{words}” is not a length of time I understand.").format(words=words))
        self.hint = _("For example: 30d, 6w, 3m, 2y, every 6 weeks, quarterly.")
