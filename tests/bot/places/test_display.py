"""How places are shown."""

from __future__ import annotations

import pytest

from bot.places.catalogue import places
from bot.places.display import display_name, flag
from bot.words.catalogue import languages


@pytest.mark.parametrize(
    ("place", "locale", "name"),
    [("DE", "en", "Germany"), ("DE", "fr", "Allemagne"), ("DE", "de-AT", "Deutschland"), ("DE", "nl_BE", "Duitsland"),
     ("DE", "tr", "Almanya"), ("DE", "ru", "Германия"), ("DE", "ar", "ألمانيا"), ("DE", "es", "Alemania"),
     ("DE", "ja", "Germany"), ("R:gulf", "fr", "Pays du Golfe"), ("R:world", "de", "Welt"), ("ZZ", "en", "ZZ")],
)  # fmt: skip
def test_a_place_is_named_in_the_readers_language(place: str, locale: str, name: str) -> None:
    assert display_name(place, locale) == name


@pytest.mark.parametrize("locale", languages())
def test_every_place_has_a_name_in_every_language_shown(locale: str) -> None:
    assert [place for place in places() if display_name(place, locale) == place] == []


def test_flags() -> None:
    assert (flag("BE"), flag("R:world"), flag("R:european_union"), flag("R:gulf")) == ("🇧🇪", "🌍", "🇪🇺", "")
