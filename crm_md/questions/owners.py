"""Understand whose customers are meant: mine, a colleague's, nobody's or everybody's."""

from __future__ import annotations

from crm_md.agenda import ALL, NOBODY
from crm_md.crm import Crm
from crm_md.errors import NoIdentity, UsageProblem
from crm_md.likeness import near_names
from crm_md.messages import _
from crm_md.words import MENTION_ME, NOBODY_WORDS, plain

FEW = 12  # names that are told whatever was typed; of more only the near ones
ALL_WORDS = frozenset((ALL, "alle"))


def whose(crm: Crm, word: str) -> str:
    """Return the short name of the colleague meant, or ``all`` or ``nobody``.

    Args:
        crm: the open store.
        word: a name of the team in any spelling, with or without @; me, ich; nobody, niemand; all,
            alle. Whoever is in no team is known if customers are theirs.

    Raises:
        UsageProblem: nobody is called so, where there is a team to know.
        NoIdentity: I am meant, and Git does not know who that is.
    """
    name = plain(word.removeprefix("@"))
    if name in ALL_WORDS:
        return ALL
    if name in NOBODY_WORDS or word == "-":
        return NOBODY
    if name in MENTION_ME:
        if not crm.me:
            raise NoIdentity
        return crm.me
    member = crm.config.member(word.removeprefix("@"))
    if member:
        return member.short
    others = {row.owner for row in crm.catalogue.rows() if row.owner} - set(crm.config.team)
    found = next((owner for owner in others if plain(owner) == name), None)
    if found is None and crm.config.team:
        raise _unknown(word, [*crm.config.team, *sorted(others)])
    return found or word


def whose_list(crm: Crm, word: str) -> str:
    """Return whose list is meant: without a word mine and nobody's (""), in no team everybody's.

    Args and errors are those of `whose`.
    """
    if not word:
        return "" if crm.in_team else ALL
    return whose(crm, word)


def nobodys(crm: Crm) -> list[str]:
    """Return the owners whose customers nobody looks after: "", who has left, who is unknown."""
    config, today = crm.config, crm.today
    return ["", *(one for one in crm.catalogue.owners() if one and config.is_nobodys(one, today))]


def _unknown(word: str, known: list[str]) -> UsageProblem:
    near = near_names(word, ((name, name) for name in known)) if len(known) > FEW else known
    return UsageProblem(
        _("“{name}” is nobody of the team.").format(name=word),
        _("Known: {names}.").format(names=", ".join(near or known)),
    )
