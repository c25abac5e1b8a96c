"""Read what somebody types about a deal: TITLE [STAGE] [VALUE], quoted or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crm_md.frozen import dataclass
from crm_md.words import STAGES, plain

_LONGEST_STAGE = 3  # words: "Angebot abgegeben"
_CURRENCY = re.compile(
    r"[€$£]|\b(?:t?eur|euro|chf|fr|franken|usd|gbp|t€|k€|tsd|mio)\b\.?", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:ca\.?\s*|~)?(?:\d{1,3}(?: \d{3})+|\d+(?:[.,'’]\d+)*)(?:[.,]?[-–])?\s?[tk]?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DealWish:
    """What somebody typed about a deal.

    Attributes:
        title: a fragment of the title, or the title of a new one.
        stage: idea, talking, offered, won, lost; "" where nothing was said.
        value: as typed, "" where nothing was said.
        because: why, in any words.
        close: by when it is decided, None where nothing was said.
    """

    title: str
    stage: str = ""
    value: str = ""
    because: str = ""
    close: date | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is to be changed, and not only shown."""
        return bool(self.stage or self.value or self.because or self.close)


def read_wish(words: Sequence[str]) -> DealWish:
    """Return what the words say, in the order TITLE [STAGE] [VALUE], quoted or not.

    The title comes first. The stage is the last word for one behind it with nothing or an amount
    after it. An amount without a stage counts as the value if a currency stands with it, or if it
    is too large for a year: "Winterkollektion 2027" is a title, "Winter 24.000 €" is not.

    Args:
        words: as typed.
    """
    for end in range(len(words), 1, -1):
        value = " ".join(words[end:])
        for start in range(max(end - _LONGEST_STAGE, 1), end):
            stage = STAGES.get(plain(" ".join(words[start:end])))
            if stage and (not value or any(map(str.isdigit, value))):
                return DealWish(" ".join(words[:start]), stage, value)
    for place in range(1, len(words)):
        value = " ".join(words[place:])
        if is_amount(value):
            return DealWish(" ".join(words[:place]), value=value)
    return DealWish(" ".join(words))


def is_amount(text: str) -> bool:
    """Tell whether a text can only be an amount: "24.000 €", "24000", but not "2027"."""
    bare = " ".join(_CURRENCY.sub(" ", text).split())
    number = _NUMBER.fullmatch(bare)
    return number is not None and (bare != " ".join(text.split()) or not _YEAR.fullmatch(bare))
