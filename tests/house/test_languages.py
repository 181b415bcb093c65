"""A language is a folder: every one has every message, with the same values, and what is generated is fresh."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.places.catalogue import places
from bot.words.catalogue import FOLDER, catalogue_of, languages, read_file
from bot.words.names import LONGEST_NAME, short_name
from bot.words.words import words_of
from tests.built_in import built_in
from tools.languages import tables, text_of

FORMS = "zero|one|two|few|many|other"
FORM = re.compile(rf"(_ordinal)?_({FORMS})$")
CONTEXT = re.compile(r"_(day|month|year|e)$")
"""A language may say a date or a list in another form where it declines what follows; as i18next does, it may have a
form of its own for zero."""
SLOT = re.compile(r"\{(\w*)\}")
NOTES = json.loads((FOLDER.parent / "notes.json").read_text(encoding="utf-8"))


def slots(language: str) -> dict[str, set[str]]:
    """Each message by its key without plural form or context, with the values that any form of it takes."""
    found: dict[str, set[str]] = {}
    for key, text in catalogue_of(language).words.items():
        found.setdefault(base(key), set()).update(SLOT.findall(text))
    return found


def base(key: str) -> str:
    """A key without its plural form or context."""
    return CONTEXT.sub("", FORM.sub(r"\1", key))


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_message_with_the_same_values(language: str) -> None:
    assert slots(language) == slots("en")


@pytest.mark.parametrize("language", languages())
def test_a_message_that_counts_has_the_forms_that_its_language_has(language: str) -> None:
    catalogue = catalogue_of(language)
    forms: dict[tuple[str, bool], set[str]] = {}
    for key in catalogue.words:
        if form := FORM.search(key):
            forms.setdefault((base(key), bool(form[1])), set()).add(form[2])
    for (key, ordinal), found in forms.items():
        known = {*(catalogue.ordinals if ordinal else {"zero", *catalogue.plurals}), "other"}
        assert "other" in found, key
        assert found <= known, key


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.json")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_files_are_sorted_one_message_a_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    table = json.loads(text)
    assert text == json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_what_is_generated_of_languages_is_fresh() -> None:
    """`python -m tools.languages` writes it anew."""
    stale = [path for path, table in tables().items() if path.read_text(encoding="utf-8") != text_of(table)]
    assert stale == []


@pytest.mark.parametrize("language", languages())
def test_every_language_says_how_people_come_from_a_place(language: str) -> None:
    assert "" in catalogue_of(language).origins


def test_every_language_names_the_same_regions() -> None:
    held = {row.id for row in places().values() if row.kind != "country"}
    for language in {path.name for path in FOLDER.iterdir()} - {"en"}:
        assert set(read_file(language, "regions")) == held, language


def test_every_message_has_a_note_for_its_translators() -> None:
    keys = slots("en")
    families = {key.removesuffix("*") for key in NOTES if key.endswith("*")}
    lacking = [key for key in keys if key not in NOTES and not any(key.startswith(family) for family in families)]
    assert lacking == []
    unused = [key for key in NOTES if not any(each.startswith(key.removesuffix("*")) for each in keys)]
    assert unused == []


@pytest.mark.parametrize("language", languages())
def test_every_language_names_the_same_bodies(language: str) -> None:
    bodies = catalogue_of(language).bodies
    assert bodies.keys() == catalogue_of("en").bodies.keys()
    assert [name for name, held in bodies.items() if not held.rpartition("|")[2].strip()] == []


@pytest.mark.parametrize("language", languages())
def test_every_state_body_is_named_and_other_names_are_marked_as_the_original(language: str) -> None:
    words, states = words_of(language), ("government", "un")
    sources = built_in().sources
    unnamed = {source.publisher for source in sources if source.kind in states and not words.names(source.publisher)}
    assert unnamed == set()
    for name in {source.publisher for source in sources if not words.names(source.publisher)}:
        assert words.body(name) == words.say("sentence.original", name=words.embed(short_name(name, LONGEST_NAME)))
        assert words.body(name) != words.embed(name) or language == "en"


def test_who_passes_a_body_on_stays_said() -> None:
    assert words_of("fr").body("Supo (via Iltalehti)").endswith("(Supo, via Iltalehti)")
    assert words_of("de").body_name("Supo (via Iltalehti)").endswith("(Supo, über Iltalehti)")
    assert words_of("de").body("Belgian Minister of Justice") == "der belgische Justizminister"
    assert words_of("de").body_name("Belgian Minister of Justice") == "belgischer Justizminister"
    assert words_of("it").body("Politiets sikkerhetstjeneste (PST)", listed=True) == "PST"
