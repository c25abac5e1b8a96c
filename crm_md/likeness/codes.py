"""Short codes for promises and complaints, made of customer and text: the same in every clone."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from crm_md.digests import digest
from crm_md.model import Customer

CODE_SIGNS = "23456789bcdfghjkmnpqrstvwxz"  # no look-alikes; no vowels, so that no code is a word
CODE_LENGTH = 10  # signs of a whole code: 2 * 10^14 of them, more than any store needs
SHORTEST = 3  # signs that are shown at least


def code_of(slug: str, text: str, place: int = 0) -> str:
    """Return the whole code of what was promised to a customer.

    Args:
        slug: the customer's.
        text: the words; white space and Unicode's ways to write an umlaut make no difference.
        place: how many promises of this text the customer has that are older.
    """
    words = unicodedata.normalize("NFC", " ".join(text.split()))
    told = "\n".join((slug, words, str(place))).encode("utf-8", "surrogatepass")
    number = int.from_bytes(digest("blake2b", told, digest_size=8), "big")
    signs = []
    for _sign in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[rest])
    return "".join(signs)


def task_codes(customer: Customer) -> dict[int, str]:
    """Return the code of each task of a file by its line, the done ones' too.

    Tasks of equal words count from the oldest: a new one leaves the codes of those that stand.
    """
    tasks = sorted(customer.tasks, key=lambda task: (task.said_on or date.min, task.line))
    return dict(_numbered(customer.slug, ((task.line, task.text) for task in tasks)))


def complaint_codes(customer: Customer) -> dict[int, str]:
    """Return the code of each complaint of a file by its line, the solved ones' too.

    It is made of day and gist.
    """
    complaints = sorted(
        (one for one in customer.entries if one.kind == "complaint" and not one.solution),
        key=lambda entry: (entry.date, entry.line),
    )
    told = ((entry.line, f"{entry.date.isoformat()} {entry.gist}") for entry in complaints)
    return dict(_numbered(customer.slug, told))


def _numbered(slug: str, told: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for line, text in told:
        place = seen[text] = seen.get(text, -1) + 1
        yield line, code_of(slug, text, place)


def looks_like_code(word: str) -> bool:
    """Tell whether a word can be a code or the beginning of one."""
    bare = word.casefold()
    return SHORTEST <= len(bare) <= CODE_LENGTH and not bare.strip(CODE_SIGNS)


def shortened(code: str, others: Sequence[str]) -> str:
    """Return the shortest beginning of a code that begins no other one, as Git abbreviates.

    Args:
        code: a whole code.
        others: all whole codes, sorted; the code itself may be among them.
    """
    at = bisect_left(others, code)
    behind = at + 1 if others[at : at + 1] == [code] else at
    near = [*others[max(at - 1, 0) : at], *others[behind : behind + 1]]
    alike = max((_alike(code, other) for other in near), default=0)
    return code[: max(alike + 1, SHORTEST)]


def _alike(one: str, other: str) -> int:
    """Return how many signs two codes begin with alike."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))
