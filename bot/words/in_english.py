"""Languages that questions come in and answers do not: one line in them says that the answer is in English."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from bot.words.catalogue import languages

FILE = Path(__file__).with_suffix(".json")


@lru_cache(maxsize=256)
def language_to_tell(locale: str) -> str:
    """The tag of what answers to a locale are told in: a language with messages, or with the line alone; else English.

    >>> language_to_tell("fr-CA"), language_to_tell("pt-BR"), language_to_tell("zh-TW"), language_to_tell("xx")
    ('fr', 'pt', 'zh-TW', 'en')
    """
    language = re.split("[-_]", locale, maxsplit=1)[0].lower()
    known = {*languages(), *_held()["told"]}
    return next((tag for tag in (locale.replace("_", "-"), language) if tag in known), "en")


def in_english(locale: str) -> str:
    """The line that says, in the language of a locale, that the answer is in English; empty where it is not needed."""
    return _held()["told"].get(language_to_tell(locale), "")


def language_of_script(text: str) -> str:
    """The language that most letters of a text belong to, where only one is written so; empty for any other."""
    scripts = _held()["scripts"]
    names = (unicodedata.name(char, "").partition(" ")[0] for char in text if char > "\u036f" and char.isalpha())
    found = Counter(scripts[name] for name in names if name in scripts)
    if 2 * found.total() <= sum(map(str.isalpha, text)):
        return ""
    return "ja" if "ja" in found else found.most_common(1)[0][0]  # Japanese has Chinese letters too


@cache
def _held() -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = json.loads(FILE.read_bytes())
    return held
