"""Two people whom one program serves at a time are each answered in their own language."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from crm_md.messages import _, language, ngettext, speak, speaking

GERMAN, ENGLISH = "Zu klären", "To settle"


def said() -> str:
    return _("To settle")


def test_a_process_speaks_the_language_that_was_chosen_for_it() -> None:
    speak("de")
    assert (language(), said()) == ("de", GERMAN)
    speak("klingon")
    assert (language(), said()) == ("en", ENGLISH)


def test_another_language_is_spoken_for_a_while_only() -> None:
    with speaking("de"):
        assert said() == GERMAN
        with speaking("en"):
            assert said() == ENGLISH
        assert said() == GERMAN
    assert said() == ENGLISH


def test_the_language_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), speaking("de"):
        raise KeyError
    assert language() == "en"


def test_two_threads_speak_two_languages_at_once() -> None:
    both = Barrier(2, timeout=10)

    def serve(spoken: str) -> list[str]:
        with speaking(spoken):
            answers = []
            for _turn in range(20):
                both.wait()
                answers.append(said())
            return answers

    with ThreadPoolExecutor(2) as threads:
        german, english = threads.map(serve, ("de", "en"))
    assert set(german) == {GERMAN}
    assert set(english) == {ENGLISH}


def test_two_tasks_of_one_thread_speak_two_languages_in_turn() -> None:
    async def serve(spoken: str) -> list[str]:
        with speaking(spoken):
            answers = []
            for _turn in range(5):
                await asyncio.sleep(0)
                answers.append(said())
            return answers

    async def both() -> list[list[str]]:
        return await asyncio.gather(serve("de"), serve("en"))

    assert asyncio.run(both()) == [[GERMAN] * 5, [ENGLISH] * 5]


def test_a_thread_that_is_started_speaks_the_language_of_the_process() -> None:
    speak("de")
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(said).result() == GERMAN


def test_what_is_counted_follows_the_language_too() -> None:
    count = ("1 question is left.", "{count} questions are left.")
    with speaking("de"):
        assert ngettext(*count, 1) != count[0]
    assert ngettext(*count, 2) == count[1]
