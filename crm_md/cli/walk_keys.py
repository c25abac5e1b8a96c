"""The keys of a walk through the call list: German and English letters, and digits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from crm_md.cli.output import say
from crm_md.messages import N_, _, language


class Key(NamedTuple):
    """An answer and the keys that give it.

    Attributes:
        german: its letter; ``english`` likewise, and both are always taken.
        others: more signs that are taken and not shown.
        label: in a word or two; ``about``: what it does.
    """

    name: str
    english: str
    german: str
    digit: str
    label: str
    about: str
    others: str = ""

    @property
    def shown(self) -> str:
        """The letter in the language spoken."""
        return self.german if language() == "de" else self.english


KEYS = (
    Key(
        "talked", "t", "g", "1", N_("talked"), N_("asks what it was about, the mood, what is next")
    ),
    Key("tried", "n", "n", "2", N_("not reached"), N_("logs the attempt; again tomorrow")),
    Key("mailed", "m", "m", "3", N_("mail instead"), N_("asks for the subject, and logs the mail")),
    Key("rested", "r", "r", "4", N_("let rest"), N_("asks until when, and why")),
    Key(
        "dropped",
        "d",
        "f",
        "5",
        N_("not needed any more"),
        N_("drops what put them on the list"),
        "x",
    ),
    Key("skipped", "s", "w", "6", N_("skip"), N_("not today; again tomorrow")),
    Key("back", "b", "z", "7", N_("back"), N_("to the one before; what was written stays")),
    Key("undo", "u", "u", "8", N_("undo"), N_("takes the last answer back")),
    Key("end", "e", "e", "0", N_("end"), N_("goes on where it stopped the next time"), "q"),
    Key("help", "?", "?", "9", N_("help"), N_("tells these keys"), "h"),
)


def meant(pressed: str) -> str:
    """Return the name of the answer that a key gives, "" if it gives none."""
    sign = pressed.casefold()
    for key in KEYS:
        if sign and sign in {key.english, key.german, key.digit, *key.others}:
            return key.name
    return ""


def ask(without: Collection[str] = ()) -> None:
    """Show the keys in one line, on which the answer is waited for.

    Args:
        without: names of answers that make no sense now.
    """
    say(" · ".join(_short(without)))


def tell() -> None:
    """Tell every key, and what it does."""
    for key in KEYS:
        label = f"{_(key.label)}: " if key.name != "help" else ""
        say(f"  {key.shown} {key.digit}  {label}{_(key.about)}")


def _short(without: Collection[str]) -> Iterator[str]:
    for key in KEYS:
        if key.name not in without:
            yield f"{key.shown} {_(key.label)}" if key.name != "help" else f"? {_(key.label)}"
