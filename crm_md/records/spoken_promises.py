"""Hear a promise of ours in the sentence of an entry: "Angebot bis Donnerstag versprochen".

Precise rather than eager: a sentence counts only if it has one day to come, and a word that makes
it ours to keep. What somebody else promises, what is over and what is denied is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from crm_md.dates import split_leading_date
from crm_md.dates.within import find_date
from crm_md.frozen import dataclass

_SENTENCES = re.compile(r"(?<=[^\W\d])[.!;](?=\s|\Z)|[\n?]|,\s+(?:aber|but)\s", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:ich|wir)\s+(?:schick|send|liefer|meld|ruf|bring|mach|klär|prüf|besorg|kümmer|komm|geb"
    r"|gib|erstell|reich|besuch|frag|werd|will|woll|muss|müss)\w*"
    r"|\b(?:versprochen|zugesagt|promised)\b"
    r"|\b(?:I|we)(?:'ll|’ll|\s+(?:will|must|shall|have\s+to|need\s+to))\s+(?!be\b)\w+"
    r"|\b(?:will|möchte|wollen|möchten|soll)\b.*\b(?:zurück|an)gerufen\s+werden\b"
    r"|\b(?:bittet\s+um|braucht|brauchen|erwartet|erwarten|asks\s+for|asked\s+for)\s+(?:\w+\s+){0,4}?"
    r"(?:Rückruf|Anruf|Besuch|Antwort|Bescheid|call|visit|answer|reply)\b"
    r"|\b(?:will|möchte|wollen|möchten|braucht|brauchen|erwartet|bittet\s+um)\s+"
    r"(?:\w+\s+){0,4}?(?:Angebot|Muster|Katalog|Preise|Preisliste|Rechnung|Rückruf|Termin)\w*"
    r"|\b(?:wants?|needs?|expects?)\s+(?:to\s+be\s+called|(?:\w+\s+){0,3}?"
    r"(?:offer|quote|samples?|catalogue|prices|invoice|call|answer|reply))\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:hat|haben|hatte|hatten|war|waren|wurde|wurden|ist|sind|has|had|was|were|nicht|kein|keine"
    r"|keinen|nie|not|never|no|falls|wenn|if|he|she|they|er|sie)\b(?!\s+(?:ich|wir)\b)",
    re.IGNORECASE,
)
_I_HAVE = re.compile(
    r"\b(?:(?:ich|wir)\s+hab(?:e|en)|hab(?:e|en)\s+(?:ich|wir)|habe)\b", re.IGNORECASE
)
_CUE = re.compile(r"[\s,]*\b(?:versprochen|zugesagt|promised)\b[\s:,]*", re.IGNORECASE)
_I_DID = re.compile(r"\A(?:ich\s+habe|wir\s+haben|habe|I|we)\s+(?=\S)", re.IGNORECASE)
_DEADLINE = re.compile(r"(?:^|(?<=\s))(?:bis|by)\s+(?:zum\s+|the\s+)?(?=\S)", re.IGNORECASE)
_MARKS = " ,;:.–—-"


@dataclass(frozen=True, slots=True)
class SpokenPromise:
    """What sounds like a promise of ours.

    Attributes:
        day: by which it is to be kept.
        words: what is to be done.
    """

    day: date
    words: str

    @property
    def task(self) -> str:
        """The promise as a task is written."""
        return f"{self.words} due:{self.day.isoformat()}"


def spoken_promise(texts: Iterable[str], today: date) -> SpokenPromise | None:
    """Return the first promise of ours that is said in words, None where none surely is.

    Args:
        texts: the subject of an entry, and the words below it.
        today: the words are read on this day.
    """
    for text in texts:
        for sentence in _SENTENCES.split(text):
            found = _promise(" ".join(sentence.split()), today) if sentence else None
            if found:
                return found
    return None


def _promise(sentence: str, today: date) -> SpokenPromise | None:
    if not _OURS.search(sentence) or _NOT_OURS.search(_I_HAVE.sub("", sentence)):
        return None
    dated = _by(sentence, today)
    if dated is None:
        return None
    day, rest = dated
    promised = _CUE.search(rest)
    words = _CUE.sub(" ", rest).strip(_MARKS)
    words = _I_DID.sub("", words) if promised else words
    return SpokenPromise(day, " ".join(words.split())) if words else None


def _by(sentence: str, today: date) -> tuple[date, str] | None:
    """Return the one day of a sentence, and the sentence without it."""
    deadlines = list(_DEADLINE.finditer(sentence))
    if len(deadlines) == 1:
        before = sentence[: deadlines[0].start()]
        when, after = split_leading_date(sentence[deadlines[0].end() :], today, toward="future")
        if when is None or find_date(f"{before} x", today):
            return None
        return (when.until or when.date), f"{before.rstrip()} {after}".strip()
    found = None if deadlines else find_date(sentence, today)
    return (found.day, found.rest) if found else None
