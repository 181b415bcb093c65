"""What members are told beside answers is in their language, with commands named as they type them there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.errors import KindlyIn, fault_words, say_in, words_for
from bot.chat.limits import Verdict, pause_words
from bot.chat.translator import typed
from bot.words.catalogue import languages
from bot.words.words import words_of

CODE = Path(__file__).parents[3] / "bot" / "chat"
SAYING = ("KindlyIn", "say_in")
OWN = frozenset({"key", "commands", "locale"})


def said() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where the code says a sentence by its key: the place, the key, and the values that are given by name."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keys = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if name not in SAYING or not keys or any(word.arg is None for word in node.keywords):
                continue
            given = {word.arg for word in node.keywords if word.arg} - OWN
            for word in node.keywords:
                if word.arg == "commands" and isinstance(word.value, ast.Tuple):
                    given |= {str(item.value) for item in word.value.elts if isinstance(item, ast.Constant)}
            yield f"{path.name}:{node.lineno}", keys[-1], frozenset(given)


def test_every_sentence_that_is_said_is_in_the_catalogues_with_its_values() -> None:
    found = list(said())
    assert len(found) > 30
    for where, key, given in found:
        for locale in languages():
            sentence = words_of(locale).say(key, **{name: f"<{name}>" for name in given})
            assert all(f"<{name}>" in sentence for name in given), (where, key, locale)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("fr", "Vous demandez plus vite que je ne peux répondre avec soin. Réessayez dans 1 seconde."),
        ("de", "Sie fragen schneller, als ich sorgfältig antworten kann. Bitte in 1 Sekunde noch einmal versuchen."),
        ("nl", "U vraagt sneller dan ik zorgvuldig kan antwoorden. Probeer het over 1 seconde opnieuw."),
        ("tr", "You ask faster than I can answer with care. Please try again in 1 second."),
    ],
)
def test_a_pause_is_told_in_the_askers_language(locale: str, words: str) -> None:
    assert pause_words(Verdict(False, wait=0.4), locale) == words


def test_commands_are_named_as_they_are_typed_there() -> None:
    refusal = KindlyIn("kind.watch_not", commands=("watches",))
    assert str(refusal) == "You do not watch that. `/watches` lists what you watch."
    assert words_for(refusal, "fr") == f"Vous ne suivez pas cela. {typed('watches', 'fr')} montre ce que vous suivez."
    assert typed("watches", "fr") != typed("watches", "en")
    assert typed("help", "ja") == "`/help`"


def test_a_fault_keeps_its_reference_in_every_language() -> None:
    assert all("`ab12cd`" in fault_words("ab12cd", locale) for locale in languages())


def test_a_value_does_not_reorder_a_sentence_from_right_to_left() -> None:
    assert "\u2068Narnia\u2069" in say_in("ar", "kind.place_unknown", text="Narnia")
