"""Take the first sentences of what was said, for who reads of many talks at once."""

from __future__ import annotations

import re

from crm_md.model import Entry

SENTENCES = 2  # of a text that are told
LONGEST = 240  # characters of them
_MARKER = re.compile(r"\A\s*(?:[-*+>]|\d+[.)])\s+")
_TASK = re.compile(r"\A\s*[-*+]\s+\[[ xX-]\]")
_FENCE = re.compile(r"\A\s*(?:```|~~~)")
_END = re.compile(r"""[.!?…]+["“”’»)\]]*\s+(?=[^\W_a-zäöüß])""")  # a small letter goes on
# What ends with a dot before a capital letter and is no end: z. B. Kunden, Dr. Meyer, 3. Etage.
_GOES_ON = re.compile(
    r"(?:\A|[\s(.])(?:\w|\d+|dr|prof|hr|fr|nr|str|st|ca|bzw|inkl|tel|mr|mrs|ms|no|co)\.\s+\Z",
    re.IGNORECASE,
)


def first_words(entry: Entry) -> str:
    """Return the first sentence or two of an entry's text, in one line; "" if it adds nothing.

    Tasks, facts, headings and code are left out: what is promised is told by itself.

    Args:
        entry: of which the heading is told anyway.
    """
    text = " ".join(_prose(entry.text))
    told = _sentences(text)
    return "" if told == entry.gist else told


def _prose(text: str) -> list[str]:
    """Return the words of the lines that somebody would read out."""
    found: list[str] = []
    for line in text.split("\n"):
        words = " ".join(_MARKER.sub("", line, count=1).split())
        if _FENCE.match(line):
            break
        if not words or words[0] == "#" or _TASK.match(line):
            continue
        before, fact, _value = words.partition("::")
        if not fact or "[" in before or "(" in before:
            found.append(words)
    return found


def _sentences(text: str) -> str:
    """Return the first sentences, cut at a word where they are long."""
    count = 0
    for end in _END.finditer(text):
        if _GOES_ON.search(text[: end.end()]):
            continue
        count += 1
        if count == SENTENCES:
            text = text[: end.end()].rstrip()
            break
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:") + " …"
