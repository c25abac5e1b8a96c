"""Write the heading of an entry so that it is read back the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_md.config import Config
from crm_md.document.entries import LAST_HASHES, EntryHeading, last_word, read_heading
from crm_md.document.nature import headline
from crm_md.frozen import replace
from crm_md.words import PREPOSITION_WORDS, PREPOSITIONS, plain


def format_heading(
    heading: EntryHeading, config: Config, contacts: Sequence[str], language: str
) -> str:
    """Return the heading as we write it, without ``#`` signs: what `read_heading` reads back.

    Of several ways to write it the shortest is taken that is read back the same. Blanks in a
    row become one; a name with a comma that is no contact cannot be read back as one name.

    Args:
        heading: what to write; a kind without a word gets the one of the language.
        config: the words for kinds, and the team.
        contacts: the names of the contacts in the file.
        language: ``de`` or ``en``.
    """
    heading = _tidy(heading, config, language)
    written = ""
    for written in _forms(heading, config, language):
        if read_heading(written, config, contacts) == heading:
            break
    return written


def _tidy(heading: EntryHeading, config: Config, language: str) -> EntryHeading:
    """Return the heading with its words filled in and blanks made single, as it is read back."""
    word = " ".join(heading.kind_word.split())
    if not word and heading.kind:
        kind = config.kinds.get(heading.kind)
        word = kind.word(language) if kind else heading.kind
    known = config.kind_of(word)
    people = tuple(name for raw in heading.people if (name := " ".join(raw.split())))
    return replace(
        heading,
        kind=known.name if known else word,
        kind_word=word,
        people=people,
        preposition=(heading.preposition or "with") if people else "",
        subject=" ".join(heading.subject.split()),
        author="".join(heading.author.split()).strip("()"),
    )


def _forms(heading: EntryHeading, config: Config, language: str) -> Iterator[str]:
    """Yield the ways to write a heading, the one we like best first."""
    moment = heading.date.isoformat()
    if heading.time is not None:
        moment += heading.time.strftime(" %H:%M:%S" if heading.time.second else " %H:%M")
    names = ", ".join(heading.people)
    if names and heading.preposition:
        names = f"{_preposition_word(heading, language)} {names}"
    lead = " ".join(filter(None, (heading.kind_word, names)))
    tail = f" ({heading.author})" if heading.author else ""
    subject = heading.subject if tail else _escaped(heading.subject, config)
    if subject and lead:
        yield f"{moment} {headline(replace(heading, subject=subject), names)}{tail}"
        yield f"{moment} {lead}: {subject}{tail}"
    elif subject:
        yield f"{moment} {subject}{tail}"
        yield f"{moment} : {subject}{tail}"  # words that would be read as a kind
    elif lead:
        yield f"{moment} {lead}{tail}"
        yield f"{moment} {lead}:{tail}"  # people who are no contacts, a kind that is unknown
    else:
        yield f"{moment}{tail}"


def _preposition_word(heading: EntryHeading, language: str) -> str:
    if PREPOSITIONS.get(plain(heading.preposition_word)) == heading.preposition:
        return heading.preposition_word
    if heading.kind == "visit" and heading.preposition == "to" and language == "de":
        return "bei"
    return PREPOSITION_WORDS[heading.preposition][language]


def _escaped(subject: str, config: Config) -> str:
    """Put a backslash before a last word that would be read as an author or as closing signs."""
    if subject.endswith(")") and (found := last_word(subject)):
        before, escapes, word = found
        if config.team and not escapes and not config.member(word):
            return subject
        return f"{before}\\{subject[len(before) :]}"
    if match := LAST_HASHES.search(subject):
        return f"{subject[: match.start()]}\\{subject[match.start() :]}"
    return subject
