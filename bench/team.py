"""The team of five that invented customers belong to, and its settings."""

from __future__ import annotations

TEAM = {
    "anna": "Anna Krüger",
    "ben": "Ben Okafor",
    "clara": "Clara Wiegand",
    "david": "David Meinders",
    "emma": "Emma Brandt",
}
SEGMENTS = {"A": (15, 28), "B": (35, 84), "C": (50, 182)}  # weight, rhythm in days


def settings() -> str:
    """Return the ``crm.toml`` of the team that these customers belong to."""
    team = "".join(
        f'\n[team.{short}]\nname = "{name}"\nemail = ["{short}@example.com"]\n'
        for short, name in TEAM.items()
    )
    segments = "".join(
        f'\n[segments.{name}]\nevery = "{days}d"\n' for name, (_w, days) in SEGMENTS.items()
    )
    return f'format = 1\nlanguage = "de"\nlayout = "letters"\n{team}{segments}'
