"""`python -m tools.cldr`: write how each language of answers writes numbers, dates and plurals, from Babel's data.

One `cldr.json` in each folder of `bot/words/languages`; a test tells when one is missing or stale.
"""

from __future__ import annotations

import json
import re
from typing import Any

from babel import Locale
from babel.numbers import format_percent

from bot.words.catalogue import FOLDER, languages

DATES = {"en": "en_GB"}
"""English dates are written day first; all other languages are Babel's own."""
LEAST_GROUPED: dict[str, int] = {}
"""CLDR's minimumGroupingDigits, which Babel leaves out: "1050" but "10.500"."""
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
        "least_grouped": LEAST_GROUPED.get(language, 4),
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


def text(language: str) -> str:
    """The file of one language."""
    return json.dumps(notation(language), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _pattern(pattern: str) -> str:
    """A date pattern of CLDR with slots: "d. MMMM y" is "{d}. {month} {y}"."""

    def slot(field: re.Match[str]) -> str:
        quoted = field[1]
        return _SLOTS.get(field[0], "{month}") if quoted is None else quoted

    return _FIELDS.sub(slot, pattern)


if __name__ == "__main__":
    for each in languages():
        (FOLDER / each / "cldr.json").write_text(text(each), encoding="utf-8")
