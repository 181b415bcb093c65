"""Other libraries' readings of names, in an environment of their own: ``peers.py LIBRARY < lines > places``.

Reads one text a line and writes one ISO 3166-1 alpha-2 code a line, empty where the library finds none. The last line
on standard error is the median time of one reading in microseconds. Runs without anything of this repository.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

Lookup = Callable[[str], "str | None"]


def pycountry_search() -> Lookup:
    import pycountry

    def find(text: str) -> str | None:
        try:
            found = pycountry.countries.search_fuzzy(text)
        except LookupError:
            return None
        return str(found[0].alpha_2) if found else None

    return find


def countrynames_fuzzy() -> Lookup:
    import countrynames

    def find(text: str) -> str | None:
        code = countrynames.to_code(text, fuzzy=True)
        return str(code)[:2] if code else None

    return find


def countryguess_guess() -> Lookup:
    import countryguess

    def find(text: str) -> str | None:
        found = countryguess.guess_country(text)
        return str(found["iso2"]) if found else None

    return find


def hdx_fuzzy() -> Lookup:
    from hdx.location.country import Country

    def find(text: str) -> str | None:
        code, _ = Country.get_iso3_country_code_fuzzy(text)
        return str(Country.get_iso2_from_iso3(code)) if code else None

    return find


def rapidfuzz_wratio() -> Lookup:
    import pycountry
    from rapidfuzz import fuzz, process

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            if hasattr(country, kind):
                names[getattr(country, kind)] = country.alpha_2

    def find(text: str) -> str | None:
        found = process.extractOne(text, list(names), scorer=fuzz.WRatio, score_cutoff=80)
        return names[found[0]] if found else None

    return find


LIBRARIES: dict[str, Callable[[], Lookup]] = {
    "pycountry": pycountry_search,
    "countrynames": countrynames_fuzzy,
    "countryguess": countryguess_guess,
    "hdx-python-country": hdx_fuzzy,
    "rapidfuzz WRatio": rapidfuzz_wratio,
}


def main() -> None:
    find = LIBRARIES[sys.argv[1]]()
    spent = []
    for line in sys.stdin:
        text = line.rstrip("\n")
        started = time.perf_counter_ns()
        try:
            code = find(text)
        except Exception:  # noqa: BLE001  a library that fails on a name has not found it
            code = None
        spent.append((time.perf_counter_ns() - started) / 1000)
        print(code or "")
    print(statistics.median(spent) if spent else 0, file=sys.stderr)


if __name__ == "__main__":
    main()
