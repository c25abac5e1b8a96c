"""Find what commits bring that is wrong: in the files they change, as these stand at their end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from crm_md import store
from crm_md.errors import CrmError
from crm_md.frozen import dataclass, replace
from crm_md.history.deeds import FileDeed, between
from crm_md.history.objects import files_at
from crm_md.history.repository import Repository
from crm_md.likeness import fold_light, slug_in
from crm_md.messages import _
from crm_md.model import Finding
from crm_md.quality.book import Page
from crm_md.quality.book_at import BookAt
from crm_md.quality.checking import findings_of, in_order, of_a_page
from crm_md.quality.registry import OF_THE_STORE
from crm_md.quality.taken_out import taken_out
from crm_md.safe_files import LITTER_PREFIX

# What becomes Git's own folder somewhere: in any case of letters, with what Windows and macOS
# leave out of a name. Source: verify_path() and is_hfs_dotgit(), is_ntfs_dotgit() of Git.
_GIT_FOLDER = re.compile(r"(?:\.git|git~\d)[ .]*(?::.*)?", re.IGNORECASE)
_LEFT_OUT = dict.fromkeys(
    [*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF]
)
# Source: "Naming Files, Paths, and Namespaces" of Microsoft; is_valid_win32_path() of Git.
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9]) *(?:\..*)?", re.IGNORECASE)
_TWINS, _UNREADABLE, _ODD, _MARKS = "twins", "unreadable", "no-file", "conflict"


@dataclass(frozen=True)
class _Range:
    """The commits between some that are known and a new one, for one store.

    Attributes:
        repository: where.
        bases: commits whose content is nothing new; none means that all is.
        new: the commit that is looked at.
        prefix: the store's place in the repository.
        today: the day of the look.
    """

    repository: Repository
    bases: tuple[str, ...]
    new: str
    prefix: str
    today: date

    @cached_property
    def book(self) -> BookAt:
        """The store as it is going to be."""
        return BookAt(self.repository, self.new, self.prefix, self.today)

    @cached_property
    def before(self) -> tuple[BookAt, ...]:
        """The store as it was."""
        return tuple(BookAt(self.repository, base, self.prefix, self.today) for base in self.bases)

    @cached_property
    def changed(self) -> dict[str, tuple[FileDeed, ...]]:
        """What came or changed against every base, by path: how it stood in each of them."""
        by_base = [
            {
                self._inner(one.path): one
                for one in between(self.repository, base, self.new)
                if one.after is not None and one.path.startswith(self.prefix)
            }
            for base in self.bases or (None,)
        ]
        return {
            path: tuple(deeds[path] for deeds in by_base)
            for path in by_base[0]
            if all(path in deeds for deeds in by_base)
        }

    def _inner(self, path: str) -> str:
        return store.told(path[len(self.prefix) :])


def check_range(
    repository: Repository, bases: Sequence[str], new: str, today: date
) -> list[Finding]:
    """Find what commits bring that is wrong, or may be, with its place and the remedy.

    Looked at are the files that differ from every base, as they stand in the new commit; what was
    found in them before is not found again. Nothing but Git is read, so a bare repository will do.

    Args:
        repository: where.
        bases: what is known already, such as where a branch stood; without any all is new.
        new: the commit that is looked at.
        today: the day of the look.

    Returns:
        errors first, then warnings, then hints; paths are from the top of the repository.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    here = stores_in(files_at(repository, new))
    known = {prefix for base in bases for prefix in stores_in(files_at(repository, base))}
    found = list(taken_out(repository, bases, new, known.union(here)))
    for prefix in here:
        one = _Range(repository, tuple(bases), new, prefix, today)
        found += (
            replace(finding, path=prefix + finding.path)
            for finding in (*_pages(one), *_places(one), *_twins(one), *_of_the_store(one))
        )
    return in_order(found)


def stores_in(paths: Iterable[str]) -> list[str]:
    """Return where stores lie in a repository: "" or ``folder/`` each.

    A folder with ``customers`` in it is a store; one below another store's folders is none.
    """
    found = {
        path[: match.start()]
        for path in paths
        if (match := re.search(rf"(?:^|(?<=/)){store.CUSTOMERS}(?:/|\Z)", path))
    }
    return sorted(
        prefix
        for prefix in found
        if not any(other != prefix and prefix.startswith(other) for other in found)
    )


def _pages(one: _Range) -> Iterator[Finding]:
    """Yield what is wrong in the customers' files that were changed, and was not before."""
    changed = [path for path in one.book.paths if path in one.changed]
    one.book.load(changed)
    for path in changed:
        old: Counter[tuple[str, str]] = Counter()
        for book, deed in zip(one.before, one.changed[path], strict=False):
            if deed.before[0] is not None:
                path_before = store.told(deed.path_before[len(one.prefix) :])
                old |= Counter(map(_same, _of_a_file(book, path_before)))
        new = []
        for finding in _of_a_file(one.book, path):
            if old[_same(finding)]:
                old[_same(finding)] -= 1
            else:
                new.append(finding)
        marks = [finding for finding in new if finding.check == _MARKS]
        yield from marks or new  # what else is wrong there comes from the marks, or waits


def _same(finding: Finding) -> tuple[str, str]:
    """What makes two findings one: lines move, and so may the file."""
    return finding.check, finding.text


def _of_a_file(book: BookAt, path: str) -> Iterator[Finding]:
    if path not in book.tree:
        return
    try:
        document = book.read(path)
        yield from of_a_page(Page(book, document, document.customer))
    except CrmError as problem:
        remedy = problem.hint or _("Write it as a text in UTF-8.")
        yield Finding(_UNREADABLE, "error", path, 1, str(problem), remedy)


def _places(one: _Range) -> Iterator[Finding]:
    """Yield files that have no place in a store: derived ones, links, Git's own folder."""
    for path in one.changed:
        parts = path.split("/")
        if parts[0] == store.DERIVED or parts[-1].startswith(LITTER_PREFIX):
            yield Finding(
                "derived-brought",
                "error",
                path,
                1,
                _("This file is derived and does not belong into the history."),
                _("Take it out: git rm -r --cached {folder}").format(
                    folder=one.prefix + (parts[0] if parts[0] == store.DERIVED else path)
                ),
            )
        elif any(_GIT_FOLDER.fullmatch(part.translate(_LEFT_OUT)) for part in parts):
            yield Finding(
                "git-folder",
                "error",
                path,
                1,
                _("On some computers this would be a file of Git's own."),
                _("Take it out: git rm -r --cached {folder}").format(folder=one.prefix + path),
            )
        elif any(map(_is_no_name_on_windows, parts)):
            yield Finding(
                "windows-name",
                "error",
                path,
                1,
                _("No computer with Windows can have a file of this name."),
                _("Give it another name: git mv {path} …").format(path=one.prefix + path),
            )
    about = {
        "link": (
            _("This is a link; links are not followed."),
            _("Put the file itself in its place, or delete the link."),
        ),
        "repository": (
            _("This folder is a repository of its own, so changes in it are not saved here."),
            _("Move it out of the customers, or delete its folder “.git”."),
        ),
    }
    for path, kind in one.book.oddities():
        if path in one.changed and kind in about:
            yield Finding(_ODD, "error", path, 1, *about[kind])


def _is_no_name_on_windows(name: str) -> bool:
    """Tell whether Git cannot write a file of this name on Windows, and with it no other one."""
    return bool(_NOT_ON_WINDOWS.search(name) or _DEVICE.fullmatch(name))


def _twins(one: _Range) -> Iterator[Finding]:
    """Yield files that were brought beside one of the same name."""
    known = {
        fold_light(slug_in(paths[0])): frozenset(paths)
        for book in one.before
        for paths in book.twins()
    }
    for paths in one.book.twins():
        old = known.get(fold_light(slug_in(paths[0])), frozenset())
        brought = [path for path in paths if path in one.changed and path not in old]
        for path in brought:
            others = [other for other in paths if other != path]
            if path == brought[0] and set(paths) == set(brought):
                continue  # it is told at the others
            yield Finding(
                _TWINS,
                "error",
                path,
                1,
                _("{other} has the same name, so that only its path names this one.").format(
                    other=others[0]
                ),
                _("Join the two into one file, or give one of them another name."),
            )


def _of_the_store(one: _Range) -> Iterator[Finding]:
    """Yield what the checks of a whole store see in what was changed."""
    for check in OF_THE_STORE.values():
        if check.name in (_TWINS, _UNREADABLE, _ODD):
            continue
        for finding in findings_of(check, check.look(one.book)):
            if finding.path in one.changed:
                yield finding
