"""The two languages: complete, with the same placeholders and commands, in words of the people."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from crm_md.cli.table import COMMANDS, canonical_name
from tools.messages import (
    DOMAINS,
    compiled,
    compiled_file,
    fragments,
    messages,
    missing,
    obsolete,
    singular,
    used,
)

FRAGMENTS = fragments("de")
ALL = [message for fragment in FRAGMENTS for message in messages(fragment, "de")]
CLICK = list(messages(fragments("de", "click")[0], "de"))
# Where a command is named to be typed: behind a colon, an arrow, a comma, an "or"; on its own line.
COMMAND = re.compile(r"(?:^|: |→ |, |\b(?:or|oder) |\()crm ([^\W\d_A-ZÄÖÜ][\w-]*)", re.MULTILINE)
# Words of programmers, allowed where Git itself is the matter.
PROGRAMMERS = re.compile(
    r"\b(slugs?|commits?|indexe?s?|front.?matter|repo|Historie)\b", re.IGNORECASE
)
FORMAL = re.compile(r"(?<![.:?!…] )(?<!^)\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b", re.MULTILINE)


def texts(message: Message) -> tuple[str, ...]:
    found = message.string
    return tuple(map(str, found if isinstance(found, (list, tuple)) else (found,)))


def sources(message: Message) -> tuple[str, ...]:
    found = message.id
    return tuple(map(str, found if isinstance(found, (list, tuple)) else (found,)))


def placeholders(text: str) -> set[str]:
    return {name for _before, name, _spec, _how in string.Formatter().parse(text) if name}


def commands(text: str) -> list[str]:
    return COMMAND.findall(text)


def test_every_message_has_its_german() -> None:
    assert missing("de") == []


def test_nothing_is_translated_that_nobody_says() -> None:
    assert obsolete("de") == []


def test_every_message_is_translated_in_one_place() -> None:
    seen: dict[str, Path] = {}
    for fragment in FRAGMENTS:
        for message in messages(fragment, "de"):
            text = singular(message)
            assert text not in seen, f"{text!r} in {fragment.name} and {seen[text].name}"
            seen[text] = fragment


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_fresh(domain: str) -> None:
    assert compiled_file("de", domain).read_bytes() == compiled("de", domain)


def test_no_translation_is_a_guess_or_half_done() -> None:
    for message in (*ALL, *CLICK):
        assert not message.fuzzy, singular(message)
        assert len(texts(message)) == len(sources(message)), singular(message)
        assert all(text.strip() for text in texts(message)), singular(message)


def test_both_languages_have_the_same_placeholders() -> None:
    for message in ALL:
        english = set().union(*map(placeholders, sources(message)))
        for source, text in zip(sources(message), texts(message), strict=True):
            assert placeholders(source) - {"count"} <= placeholders(text) <= english, text


def test_click_s_german_fills_in_only_what_click_gives() -> None:
    for message in CLICK:
        english = set().union(*map(placeholders, sources(message)))
        assert all(placeholders(text) <= english for text in texts(message)), singular(message)


def test_commands_named_in_a_message_exist_in_its_language() -> None:
    for message in ALL:
        for source, text in zip(sources(message), texts(message), strict=True):
            named, genannt = commands(source), commands(text)
            for word in named:
                assert word in COMMANDS, source
            for word in genannt:
                name = canonical_name(word)
                assert name is not None, text
                assert COMMANDS[name].german == word, text
            assert sorted(filter(None, map(canonical_name, genannt))) == sorted(named), text


def test_commands_can_be_copied() -> None:
    for text in used() | {text for message in ALL for text in texts(message)}:
        assert not re.search(r"\b(?:crm|git) [a-zäöüß][^\n:.]*[“„”]\{", text), text


def test_german_quotation_marks_are_german() -> None:
    for message in ALL:
        for text in texts(message):
            assert "”" not in text, text
            assert text.count("„") == text.count("“"), text


def test_german_addresses_nobody_formally() -> None:
    for message in ALL:
        for text in texts(message):
            assert not FORMAL.search(text), text


@pytest.mark.parametrize("language", ["English", "German"])
def test_messages_speak_of_customers_and_files(language: str) -> None:
    for message in ALL:
        for text in sources(message) if language == "English" else texts(message):
            plain = re.sub(r"\{\w+\}|git[ -]\w+|crm \w+|customers/\S+|“[^”]*”|„[^“]*“", "", text)
            if "Git" not in text and "git" not in text:
                assert not PROGRAMMERS.search(plain), text
