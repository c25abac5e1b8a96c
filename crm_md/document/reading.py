"""Read a customer file: bytes in, values and findings out, and the same bytes back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import time
from functools import cached_property

from crm_md.config import Config
from crm_md.document.body import Place, read_body
from crm_md.document.decoding import Decoded, decode, encode
from crm_md.document.fields import read_fields
from crm_md.document.head import Head, read_head
from crm_md.document.outline import Outline, outline
from crm_md.document.structure import Structure, structure
from crm_md.frozen import dataclass, field, replace
from crm_md.model import Customer, Entry, Finding


@dataclass(frozen=True)
class Document:
    """One customer file. What is read from it is read when it is asked for, and once.

    Attributes:
        data: the bytes of the file.
        path: relative to the store.
        config: the settings it is read with.
    """

    data: bytes = field(repr=False)
    path: str
    config: Config = field(compare=False, repr=False)
    _decoded: Decoded = field(compare=False, repr=False)

    @classmethod
    def read(cls, data: bytes, path: str, config: Config) -> Document:
        """Return the document of a file, whatever stands in it.

        Args:
            data: the bytes of the file.
            path: relative to the store, with ``/``.
            config: words for kinds and moods, the team, the language.

        Raises:
            FileUnreadable: larger than 16 MiB, UTF-16, or full of NUL bytes.
        """
        return cls(data, path, config, decode(data, path))

    def with_text(self, text: str) -> Document:
        """Return the document with another text; a byte order mark stays."""
        return Document.read(encode(text, self.bom), self.path, self.config)

    @property
    def text(self) -> str:
        """The text, without byte order mark; what was no UTF-8 stands there as surrogates."""
        return self._decoded.text

    @property
    def shown(self) -> str:
        """The text as values are read from it: of equal length, other bytes as Windows-1252."""
        return self._decoded.shown

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self._decoded.bom

    @property
    def newline(self) -> str:
        """What most lines of the file end with."""
        return self._decoded.newline

    @property
    def slug(self) -> str:
        """The file's name without ``.md``, composed as Unicode NFC."""
        name = self.path.rpartition("/")[2]
        return unicodedata.normalize("NFC", name[:-3] if name[-3:].lower() == ".md" else name)

    @cached_property
    def head(self) -> Head:
        """The head, every scalar as text with its place in `text`."""
        return read_head(self.shown)

    @cached_property
    def outline(self) -> Outline:
        """The headings of the body, and what of it is code or comment."""
        return outline(self.shown, self.head.body_start)

    @cached_property
    def structure(self) -> Structure:
        """The parts of the body: its sections and entries with their places in `text`."""
        start = self.head.body_start
        line = self.text.count("\n", 0, start) + 1
        return structure(self.shown, start, line, self.outline.headings)

    @cached_property
    def customer(self) -> Customer:
        """What the file says."""
        slips: list[Finding] = [*self._decoded.findings, *self.head.findings]
        values = read_fields(self.head.root, self.slug, self.config, slips)
        contacts = tuple(contact.name for contact in values["contacts"]) or (values["name"],)
        place = Place(self.config, contacts, values["owner"])
        body = read_body(self.shown, self.outline, self.structure, place)
        relations = (relation.to for relation in values["relations"])
        findings = [replace(finding, path=self.path) for finding in (*slips, *body.findings)]
        return Customer(
            slug=self.slug,
            path=self.path,
            **values,
            sections=body.sections,
            common=body.common,
            careful=body.careful,
            settle=body.settle,
            entries=newest_first(body.entries),
            tasks=body.tasks,
            questions=body.questions,
            links=tuple(dict.fromkeys((*body.links, *relations))),
            written_in=body.language,
            findings=tuple(sorted(findings, key=lambda finding: finding.line)),
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What in the file wants a look, in the order of its lines."""
        return self.customer.findings

    @property
    def language(self) -> str:
        """The language we write into this file: that of its own sections, else the store's."""
        return self.customer.written_in or self.config.language


def newest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries by date and time, the newest first; of one moment in the file's order."""
    return tuple(
        sorted(entries, key=lambda entry: (entry.date, entry.time or time.min), reverse=True)
    )
