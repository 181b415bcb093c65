"""`python -m tools.languages`: write what Babel's data knows of each language of answers.

In each folder of `bot/words/languages`: `cldr.json`, how it writes numbers, dates and plurals, and `names.json`, what
it calls the places; and beside the code that reads them, the names of months and of languages. A test tells when one is
missing or stale: Babel is not needed to run the bot.
"""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_percent

from bot.words.catalogue import FOLDER, languages, read_file
from tools.places import gather, packages

DATES = {"en": "en_GB"}
"""English dates are written day first; all other languages are Babel's own."""
FIRST_GROUPS = {"es": 2, "it": 2}
"""CLDR's minimumGroupingDigits where it is not 1, which Babel leaves out: "1050" but "10.500"."""
ROOT = Path(__file__).parents[1]
ALSO_DATED = ("pt",)
"""Languages that sources are dated in, beside those that have a folder."""
WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_FIELDS = re.compile("'([^']*)'|MMMM|MMM|d|y")
_SLOTS = {"d": "{d}", "y": "{y}"}


def notation(language: str) -> dict[str, Any]:
    """How one language writes numbers and dates, and its rules for plurals and ordinals in CLDR's own words."""
    locale, dates = Locale.parse(language), Locale.parse(DATES.get(language, language))
    months = dates.months["format"]["wide"]
    short = locale.months["format"]["abbreviated"]
    symbols = locale.number_symbols["latn"]
    return {
        "day": _pattern(dates.date_formats["long"].pattern),
        "day_of_month": _pattern(str(dates.datetime_skeletons["MMMMd"])),
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "least_grouped": 3 + FIRST_GROUPS.get(language, 1),
        "month": _pattern(str(dates.datetime_skeletons["yMMMM"])),
        "months": [months[number] for number in range(1, 13)],
        "ordinals": dict(sorted(locale.ordinal_form.rules.items())),
        "percent": format_percent(0.12, locale=locale).replace("12", "{n}"),
        "plurals": dict(sorted(locale.plural_form.rules.items())),
        "rtl": locale.character_order == "right-to-left",
        "short_day": _pattern(str(dates.datetime_skeletons["yMMMd"])),
        "short_day_of_month": _pattern(str(dates.datetime_skeletons["MMMd"])),
        "short_month": _pattern(str(dates.datetime_skeletons["yMMM"])),
        "short_months": [short[number] for number in range(1, 13)],
    }


def names(language: str) -> dict[str, str]:
    """What a language calls each country, from Babel, and each region, from the folder's own `regions.json`."""
    return packages.display_names(gather.countries(), language) | read_file(language, "regions")


def months() -> dict[str, int]:
    """The names of months, long and short, in each language that has a folder; a name that two share is left out."""
    held = (*sorted(path.name for path in FOLDER.iterdir()), *ALSO_DATED)
    found: dict[str, set[int]] = {"sept": {9}}
    for language, width, context in product(held, WIDTHS, CONTEXTS):
        for number, name in get_month_names(width, context, language).items():
            found.setdefault(name.casefold().strip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


def language_names() -> dict[str, str]:
    """The code of a language by its English name, as BibTeX writes it."""
    return {name.casefold(): code for code, name in Locale("en").languages.items() if len(code) < 4}


def tables() -> dict[Path, dict[str, Any]]:
    """Every generated file with what it holds; English places are named in the dataset."""
    found: dict[Path, dict[str, Any]] = {
        ROOT / "db" / "edits" / "entry" / "months.json": months(),
        ROOT / "bot" / "citations" / "languages.json": language_names(),
    }
    found |= {FOLDER / language / "cldr.json": notation(language) for language in languages()}
    return found | {path.with_name("names.json"): names(path.parent.name) for path in FOLDER.glob("*/regions.json")}


def text_of(table: dict[str, Any]) -> str:
    """A table as its file."""
    return json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _pattern(pattern: str) -> str:
    """A date pattern of CLDR with slots: "d. MMMM y" is "{d}. {month} {y}"."""

    def slot(field: re.Match[str]) -> str:
        quoted = field[1]
        return _SLOTS.get(field[0], "{month}") if quoted is None else quoted

    return _FIELDS.sub(slot, pattern)


if __name__ == "__main__":
    for path, table in tables().items():
        path.write_text(text_of(table), encoding="utf-8")
