"""Make a store, or add what a folder lacks to be one; nothing that stands there is overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.config import Config, Member
from crm_md.crm import Crm, open_store
from crm_md.errors import CrmError, InsideStore, InTheWay, NotSaved, WriteFailed, reason_of
from crm_md.messages import _, speaking
from crm_md.records.template import shipped_template
from crm_md.words import TITLES, plain

if TYPE_CHECKING:
    from crm_md.history import History, Identity

KEPT_EMPTY = f"{store.CUSTOMERS}/.gitkeep"  # Git keeps no empty folders; no customer: it is hidden
TEMPLATE = f"{store.TEMPLATES}/customer.md"
_OWN_FOLDERS = (store.CUSTOMERS, store.TEMPLATES, store.ATTACHMENTS, store.DERIVED, ".git")
_STARTERS = Path(__file__).parents[1] / "starters"

Ask = Callable[[], "Identity | None"]


@dataclass(frozen=True, slots=True)
class Initialised:
    """What `init_store` found and made.

    Attributes:
        root: the store.
        made: files that were made or completed, relative to it; empty if nothing was lacking.
        git: the top of the work tree that the store lies in.
        new_git: whether it was begun now.
        me: who is at the keyboard, as the team would know them; None if Git does not know.
        in_team: whether ``crm.toml`` has them.
        by_hand: how many customer files the history does not have as they stand.
        action: the id that takes it back, "" if nothing was saved.
        refusal: why Git did not take it; it stands in the folder, and waits.
    """

    root: Path
    made: tuple[str, ...]
    git: Path
    new_git: bool
    me: Member | None
    in_team: bool
    by_hand: int
    action: str
    refusal: CrmError | None


def init_store(folder: Path, language: str, now: datetime, ask: Ask | None = None) -> Initialised:
    """Make a folder a store, or add what it lacks; doing so twice changes nothing.

    Args:
        folder: made if there is none; one inside a Git work tree uses that Git.
        language: ``de`` or ``en``, for a new ``crm.toml``.
        now: the moment, local wall-clock.
        ask: asked for name and address if neither Git nor ``GIT_AUTHOR_*`` knows them; what it
            returns is kept in this repository's settings.

    Raises:
        InTheWay: something else stands where a folder must be.
        InsideStore: the folder is one of those that another store is made of.
        WriteFailed: the system refuses.
        ConfigMalformed, StoreTooNew: there is a ``crm.toml`` that cannot be used.
        GitMissing, BrokenRepository and others of the 50s: there can be no history.
    """
    from crm_md import history

    root = full_path(folder)
    check_place(root)
    _text, _config, problem = store.read_settings(root)
    if problem:
        raise problem
    history.version()  # without Git nothing is begun
    make_folder(root)
    new_git = history.find(root) is None
    book = history.initialise(root)
    make_folder(root / store.CUSTOMERS)
    me = _who(book, ask)
    with open_store(root, now) as crm:
        made, action, refusal = _fill(crm, language, me)
    with open_store(root, now) as crm:
        known = known_member(crm.config, me) if me else None
        return Initialised(
            root=root,
            made=made,
            git=book.top,
            new_git=new_git,
            me=known or me,
            in_team=known is not None,
            by_hand=_by_hand(crm),
            action=action,
            refusal=refusal,
        )


def starter_settings(language: str, me: Member | None) -> str:
    """Return the ``crm.toml`` of a new store, every setting explained.

    Args:
        language: ``de`` or ``en``.
        me: the one entry of the team that is live, None for an empty team.
    """
    text = (_STARTERS / f"crm.{language}.toml").read_text(encoding="utf-8")
    return text.replace("{team}\n", f"{team_entry(me)}\n" if me else "")


def team_entry(me: Member) -> str:
    """Return the lines that put somebody into the team of ``crm.toml``."""
    import tomlkit

    table = tomlkit.table()
    table["name"] = me.name
    table["email"] = list(me.emails)
    team = tomlkit.table(is_super_table=True)
    team[me.short] = table
    document = tomlkit.document()
    document["team"] = team
    return tomlkit.dumps(document)


def short_name(name: str, email: str) -> str:
    """Return the short name of a newcomer: the first name in lower case, one word without signs.

    Args:
        name: as Git knows it; ``Dr. Anna Krüger`` and ``Krüger, Anna`` are anna, too.
        email: stands in where the name has no letter.
    """
    last, comma, first = name.partition(",")
    words = (first if comma and first.strip() else last).split()
    given = [word for word in words if plain(word) not in TITLES]
    for candidate in (*given, *words, email.partition("@")[0]):
        short = re.sub(r"[^\w-]", "", candidate).strip("-_").lower()
        if short:
            return short
    return "me"


def with_lines(present: bytes, wanted: bytes) -> bytes:
    """Return the content of ``.gitignore`` with the wanted lines in it; what stands there stays.

    Args:
        present: the file as it is, empty for none.
        wanted: lines; comments come along with the first line that is lacking below them.
    """
    have = {line.strip() for line in present.split(b"\n")}
    lacking: list[bytes] = []
    comment: list[bytes] = []
    for line in wanted.split(b"\n"):
        if line.startswith(b"#"):
            comment = [line]
        elif line and line not in have:
            lacking += [*comment, line]
            comment = []
    end = b"\r\n" if b"\r\n" in present else b"\n"
    gap = end if present and not present.endswith(b"\n") else b""
    return present + gap + b"".join(line + end for line in lacking) if lacking else present


def full_path(folder: Path) -> Path:
    """Return where a folder is, from the root of the system, links in it as they were typed."""
    return Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100  # resolve() follows links


def check_place(root: Path) -> None:
    """Refuse before anything is made where no store can be.

    Raises:
        InTheWay: something else stands where a folder must be.
        InsideStore: the folder is one of those that another store is made of.
    """
    outer = store.find_store(root.parent)
    if outer is not None and root.relative_to(outer).parts[0] in _OWN_FOLDERS:
        raise InsideStore(root, outer)
    for folder in (root, root / store.CUSTOMERS, root / store.TEMPLATES):
        if folder.is_symlink() and folder != root:
            raise InTheWay(folder, _("it is a link"))
        if folder.exists() and not folder.is_dir():
            raise InTheWay(folder, _("it is a file"))
    for parent in root.parents:
        if parent.exists() and not parent.is_dir():
            raise InTheWay(parent, _("it is a file"))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where there are none.

    Raises:
        WriteFailed: the system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise WriteFailed(str(folder), reason_of(problem)) from problem


def git_rules() -> dict[str, bytes]:
    """Return the files that tell Git how to treat a new store, by path."""
    from crm_md.history.beginning import with_attributes

    return {
        ".gitattributes": with_attributes(b""),
        ".gitignore": (_STARTERS / "gitignore").read_bytes(),
    }


def _who(book: History, ask: Ask | None) -> Member | None:
    """Return who is at the keyboard, asking and keeping the answer if Git does not know."""
    person = book.identity()
    if person is None and ask is not None:
        person = ask()
        if person is not None:
            book.set_identity(person.name, person.email)
    if person is None:
        return None
    return Member(short_name(person.name, person.email), person.name, (person.email,))


def _fill(
    crm: Crm, language: str, me: Member | None
) -> tuple[tuple[str, ...], str, CrmError | None]:
    """Write what is lacking, as one action; tell the files, the action's id and Git's refusal."""
    made: tuple[str, ...] = ()
    refusal: CrmError | None = None
    action = ""
    try:
        crm.save_waiting()
    except NotSaved as problem:
        refusal = problem
    try:
        with crm.change("init") as change:
            is_new = change.read_bytes(store.SETTINGS) is None
            for path in (store.SETTINGS, TEMPLATE, ".gitattributes", ".gitignore", KEPT_EMPTY):
                present = change.read_bytes(path)
                wanted = _wanted(crm, path, present, language, me)
                if wanted != present:
                    change.put_bytes(path, wanted)
                    made = (*made, path)
            with speaking(language if is_new else crm.config.language):
                change.message = _sentence(is_new, made, me)
            action = change.id if made else ""
    except NotSaved as problem:
        refusal, action = problem, ""
    return made, action, refusal


def _sentence(is_new: bool, made: tuple[str, ...], me: Member | None) -> str:
    """Return what the history tells, in the language of the store."""
    if is_new:
        return _("Store set up")
    if store.SETTINGS in made and me:
        return _("{name} is in the team").format(name=me.name)
    return _("Store completed")


def _wanted(
    crm: Crm, path: str, present: bytes | None, language: str, me: Member | None
) -> bytes | None:
    """Return how a file of the store should be, given how it is."""
    if path == ".gitattributes":
        from crm_md.history.beginning import with_attributes

        return with_attributes(present or b"")
    if path == ".gitignore":
        return with_lines(present or b"", git_rules()[path])
    if path == KEPT_EMPTY:
        return present if any((crm.root / store.CUSTOMERS).iterdir()) else b""
    if path == TEMPLATE:
        return shipped_template() if present is None else present
    return _wanted_settings(present, language, me, crm.config)


def _wanted_settings(
    present: bytes | None, language: str, me: Member | None, config: Config
) -> bytes:
    """Settings with me in the team, where there is one; all else in them stays."""
    if present is None:
        return starter_settings(language, me).encode("utf-8")
    for untouched in ("de", "en"):
        if present == starter_settings(untouched, None).encode("utf-8"):
            return starter_settings(untouched, me).encode("utf-8")
    if me is None or not config.team or known_member(config, me):
        return present
    return with_member(present, me, config)


def known_member(config: Config, me: Member) -> Member | None:
    """Return somebody as the team knows them, None if it does not."""
    return next(
        (
            found
            for word in (*me.emails, me.name)
            if word and (found := config.member(word)) is not None
        ),
        None,
    )


def with_member(settings: bytes, me: Member, config: Config) -> bytes:
    """Return settings with somebody more in the team, as they are where that cannot be written.

    Args:
        settings: ``crm.toml`` as it is.
        me: the newcomer; whose short name somebody has already gets another one.
        config: what the settings say.
    """
    import tomllib

    from crm_md.settings_text import with_table

    short = _free_short(me, config)
    entry = team_entry(Member(short, me.name, me.emails))
    try:
        text = settings.decode("utf-8")
        wanted = tomllib.loads(text.removeprefix("\ufeff"))
        wanted.setdefault("team", {})[short] = tomllib.loads(entry)["team"][short]
        written = with_table(text, ("team", short), entry)
        right = tomllib.loads(written.removeprefix("\ufeff")) == wanted
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        return settings
    return written.encode("utf-8") if right else settings


def _free_short(me: Member, config: Config) -> str:
    """Return a short name that nobody has: ``anna``, ``anna-k``, ``anna-2``."""
    words = [re.sub(r"[^\w-]", "", word).lower() for word in me.name.replace(",", " ").split()]
    initials = [word[0] for word in words if word and word != me.short]
    wanted = [me.short, *(f"{me.short}-{sign}" for sign in reversed(initials))]
    numbered = (f"{me.short}-{number}" for number in count(2))
    return next(one for one in chain(wanted, numbered) if one not in config.team)


def _by_hand(crm: Crm) -> int:
    dirty = crm.git.status().dirty
    return sum(
        store.is_customer_path(path[len(crm.prefix) :])
        for path in dirty
        if path.startswith(crm.prefix)
    )
