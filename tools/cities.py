"""``python -m tools.cities``: the cities that tell countries apart, from CLDR's names of the cities of time zones.

They are looked at only where one of several countries is to be chosen: "conakry", of the Guineas.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.core import Locale, get_global

from bot.questions.lexicon import LANGUAGES
from bot.questions.tokens import words_of

TARGET = Path(__file__).parents[1] / "bot" / "questions" / "dialogue" / "cities.tsv"
_HEAD = "# Cities by which a country is told from others, from CLDR's time zones: place, names. See tools/cities.py.\n"


def text_of() -> str:
    """The table: a country a line, with the words of its cities in all languages that are read."""
    found: dict[str, set[str]] = {}
    for zone, place in get_global("zone_territories").items():
        for language in LANGUAGES:
            named = Locale.parse(language).time_zones.get(zone, {}).get("city")
            name = named or zone.rpartition("/")[2].replace("_", " ")
            if place.isalpha() and place != "ZZ":
                found.setdefault(place, set()).update(words_of(name))
    return _HEAD + "".join(f"{place}\t{' '.join(sorted(words))}\n" for place, words in sorted(found.items()))


if __name__ == "__main__":
    TARGET.write_text(text_of(), encoding="utf-8", newline="\n")
    sys.exit()
