"""Look at a store as it stands in a commit: no work tree is needed, and none is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from crm_md import store
from crm_md.config import Config, default_config, read_config
from crm_md.document import Document
from crm_md.errors import ConfigMalformed, CrmError, FileMisnamed, FileNotReadable, StoreTooNew
from crm_md.history.deeds import LINK, SUBMODULE
from crm_md.history.objects import files_at, texts_of
from crm_md.history.repository import Repository
from crm_md.index.rows import link_target
from crm_md.likeness import fold, fold_light, slug_in
from crm_md.messages import _
from crm_md.quality.book import Book


class BookAt(Book):
    """A store as it stands in a commit.

    Args:
        repository: where the commit is; it may be a bare one.
        commit: its id.
        prefix: the store's place in the repository, "" or ``folder/``.
        today: the day of the look.
    """

    def __init__(self, repository: Repository, commit: str, prefix: str, today: date) -> None:
        super().__init__(today)
        self._repository = repository
        self._texts: dict[str, bytes] = {}
        found = files_at(repository, commit, prefix)
        self.tree: Mapping[str, tuple[str, str]] = {
            store.told(path[len(prefix) :]): told for path, told in found.items()
        }

    @cached_property
    def _settings(self) -> tuple[str, Config, CrmError | None]:
        """Return the text of ``crm.toml``, what it says, and why it cannot be used."""
        mode, name = self.tree.get(store.SETTINGS, ("", ""))
        if not name:
            return "", default_config(), None
        if mode in (LINK, SUBMODULE):
            problem = FileNotReadable(store.SETTINGS, _("it is a link, and links are not followed"))
            return "", default_config(), ConfigMalformed(problem.reason)
        try:
            text = texts_of(self._repository, [name])[name].decode("utf-8-sig")
            return text, read_config(text), None
        except UnicodeDecodeError as problem:
            line = problem.object.count(b"\n", 0, problem.start) + 1
            reason = _("line {line} is not UTF-8").format(line=line)
            return "", default_config(), ConfigMalformed(reason)
        except (ConfigMalformed, StoreTooNew) as problem:
            return "", default_config(), problem

    @property
    def config(self) -> Config:
        """The store's settings; the defaults where they are malformed."""
        return self._settings[1]

    @property
    def settings_text(self) -> str:
        """The text of ``crm.toml``."""
        return self._settings[0]

    @property
    def settings_problem(self) -> CrmError | None:
        """Why it is malformed, or made for a newer program."""
        return self._settings[2]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every customer file, in order."""
        return tuple(
            sorted(
                path
                for path, (mode, _name) in self.tree.items()
                if store.is_customer_path(path) and mode not in (LINK, SUBMODULE)
            )
        )

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the store but hidden ones."""
        return tuple(sorted(path for path in self.tree if "/." not in f"/{path}"))

    def load(self, paths: Collection[str]) -> None:
        """Read the texts of these files through one process."""
        wanted = {self.tree[path][1] for path in paths if path in self.tree}
        self._texts |= texts_of(self._repository, wanted - self._texts.keys())

    def read(self, path: str) -> Document:
        """Read one customer file.

        Raises:
            FileMisnamed: its name is no UTF-8.
            FileUnreadable: it is no text, or far too large.
        """
        if store.is_misnamed(path):
            raise FileMisnamed(path)
        self.load([path])
        return Document.read(self._texts[self.tree[path][1]], path, self.config)

    def oddities(self) -> Iterator[tuple[str, store.Oddity]]:
        """Yield links, repositories of their own, and folders named like a file, by path."""
        for path, (mode, _name) in self.tree.items():
            if path != store.CUSTOMERS and not path.startswith(f"{store.CUSTOMERS}/"):
                continue
            if mode == LINK:
                yield path, "link"
            elif mode == SUBMODULE:
                yield path, "repository"
            else:
                for place, part in enumerate(path.split("/")[:-1], 1):
                    if part.endswith(".md"):
                        yield "/".join(path.split("/")[:place]), "folder"

    def twins(self) -> Iterable[Sequence[str]]:
        """Return the paths of each name that several customer files have."""
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(fold_light(slug_in(path)), []).append(path)
        return [paths for paths in found.values() if len(paths) > 1]

    def slugs(self) -> Sequence[str]:
        """Return the names of all customer files."""
        return [slug_in(path) for path in self.paths]

    @cached_property
    def _by_slug(self) -> dict[str, str]:
        return {fold_light(slug): slug for slug in self.slugs()}

    def slug_of(self, link: str) -> str | None:
        """Return the slug of the customer that a link names, by slug, name or alias, or None."""
        target = link_target(link)
        if target in self._by_slug:
            return self._by_slug[target]
        name = fold(target)
        for path, head in self._heads.items() if name else ():
            if name in head and name in self._names(path):
                return slug_in(path)
        return None

    @cached_property
    def _heads(self) -> dict[str, str]:
        """The heads of all customers, folded, so that few have to be read for a name."""
        self.load(self.paths)
        texts = ((path, self._texts[self.tree[path][1]]) for path in self.paths)
        return {path: fold(_head(data).decode("utf-8", "replace")) for path, data in texts}

    def _names(self, path: str) -> set[str]:
        try:
            customer = self.read(path).customer
        except CrmError:
            return set()
        return {fold(name) for name in (customer.name, *customer.aliases)}


def _head(data: bytes) -> bytes:
    end = data.find(b"\n---", 3)
    return data[: end if end > 0 else 4096]
