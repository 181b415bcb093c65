"""Names of peoples and inflected names of countries, in the languages that questions come in."""

from __future__ import annotations

from collections.abc import Iterator

from tools.places import inflect, lists, packages
from tools.places.packages import Name

_ARABIC = range(0x600, 0x700)


def english() -> Iterator[Name]:
    """English adjectives and peoples, singular and plural."""
    for place, forms in lists.rows("demonyms_en.tsv"):
        for form in forms:
            yield from (Name(place, text, "demonyms_en") for text in inflect.english(form))


def others() -> Iterator[Name]:
    """Adjectives and peoples in the other languages."""
    for place, forms in lists.rows("nationalities.tsv"):
        for form in forms:
            yield Name(place, form, "nationalities")
            yield from (Name(place, text, "nationalities, inflected") for text in _nationalities(form))
    for place, forms in lists.rows("peoples_de.tsv"):
        for form in forms:
            for text in inflect.german(form):
                yield Name(place, text, "peoples_de")
                yield from (Name(place, plain, "peoples_de") for plain in inflect.umlauts(text))
    yield from _dutch()
    for place, forms in lists.rows("peoples_ru.tsv"):
        yield from (Name(place, text, "peoples_ru") for text in inflect.russian_people(forms))
    for place, forms in lists.rows("peoples_tr.tsv"):
        for form in forms:
            name = form.removeprefix("=")
            cases = inflect.turkish_noun(name) if form != name else inflect.turkish_people(name)
            yield from (Name(place, text, "peoples_tr") for text in (name, *cases))
    for place, forms in lists.rows("peoples_xx.tsv"):
        for form in forms:
            making = inflect.arabic if ord(form[0]) in _ARABIC else inflect.romance
            yield from (Name(place, text, "peoples_xx") for text in making(form))


def _dutch() -> Iterator[Name]:
    for place, forms in lists.rows("peoples_nl.tsv"):
        for form in forms:
            yield from (Name(place, text, "peoples_nl") for text in inflect.dutch(form))


def _nationalities(form: str) -> Iterator[str]:
    yield from (*inflect.romance(form), *inflect.dutch(form))
    if form.lower().endswith(("isch", "isk", "sk")):
        yield from (form + more for more in ("e", "er", "en"))
    if form.endswith("lainen"):
        yield form[:-3] + "set"


def inflected_regions() -> Iterator[Name]:
    """Names of regions with the case endings of Turkish, Russian and German: `Balkanlardan`, `из Западной Европы`."""
    for language, region, name in lists.region_names():
        if language == "de" and " " not in name:
            yield from (Name(region, text, "de, inflected") for text in inflect.german_name(name))
        if language == "tr":
            yield from (Name(region, text, "tr, inflected") for text in inflect.turkish(name))
        *adjectives, noun = name.split(" ")
        if language == "ru" and len(adjectives) < 2:
            endings = inflect.russian_name(noun)
            yield from (Name(region, text, "ru, inflected") for text in inflect.russian_phrase(adjectives, endings))


def inflected_countries(countries: frozenset[str]) -> Iterator[Name]:
    """Country names with the endings of Turkish, Russian, German and Arabic."""
    for place, name in packages.display_names(countries, "tr").items():
        if "(" not in name and len(name) < 24:
            yield from (Name(place, text, "tr, inflected") for text in inflect.turkish(name))
    russian = [(place, name, "ru, inflected") for place, name in packages.display_names(countries, "ru").items()]
    russian += [(place, name, "names_ru") for place, names in lists.rows("names_ru.tsv") for name in names]
    for place, name, origin in russian:
        yield Name(place, name, origin)
        *adjectives, noun = name.split(" ")
        forms = [*inflect.russian_name(name), *inflect.russian_of_land(name)]
        if 0 < len(adjectives) < 3:
            forms += inflect.russian_phrase(adjectives, inflect.russian_name(noun))
        yield from (Name(place, text, origin) for text in forms)
    for place, name in packages.display_names(countries, "ar").items():
        yield from (Name(place, text, "ar, inflected") for text in inflect.arabic_origin(name))
    for place, name in packages.display_names(countries, "de").items():
        yield from (Name(place, text, "de, inflected") for text in inflect.german_name(name))
        yield from (Name(place, text, "de, typed") for text in inflect.umlauts(name))
