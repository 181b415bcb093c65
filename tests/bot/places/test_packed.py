"""Words held in one text are found as a set would find them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.places.index import TINY, Entries
from bot.places.packed import packed_lines

WORDS = st.text(st.characters(exclude_characters=" \t\n", codec="utf-8"), min_size=1, max_size=12)


@given(st.sets(WORDS), st.sets(st.text(max_size=14)))
def test_what_was_packed_is_found_and_nothing_else(held: set[str], others: set[str]) -> None:
    packed = packed_lines("\n".join(sorted(held)).encode())
    assert {packed.word_at(at) for at in packed.offsets()} == held
    assert all(word in packed for word in held)
    assert [word for word in others if word in packed] == [word for word in others if word in held]


def test_neither_two_words_nor_half_a_word_nor_a_lone_surrogate_is_a_word() -> None:
    packed = packed_lines(b"one\ntwo\nthree")
    assert [word for word in ("one", "three", "one\ntwo", "on", "ne", "", "\ud800", "threefold") if word in packed] == [
        "one",
        "three",
    ]


@given(st.dictionaries(WORDS, st.integers(0, 2), min_size=1))
def test_entries_are_those_of_their_lines(keys: dict[str, int]) -> None:
    lines = [
        (how, [key for key, line in keys.items() if line == at]) for at, how in enumerate(("exact", "code", "word"))
    ]
    text = "\n".join(f"{how}\tBE FR\t{' '.join(found)}" for how, found in lines if found)
    named = set(sorted(keys)[::3])

    entries = Entries(text.encode(), lambda: named)

    assert len(entries) == len(keys)
    assert {key: entry.how for key, entry in entries.items()} == {
        key: ("exact", "code", "word")[at] for key, at in keys.items()
    }
    assert entries.get("no such key") is None
    long = {key for key, at in keys.items() if at != 1 and len(key) > TINY and key not in named}
    assert {key for key in keys if key in entries.beginning(key[0], len(key))} == long


@given(st.sets(WORDS), st.sets(st.text(max_size=14)))
def test_what_was_stored_finds_the_same(held: set[str], others: set[str]) -> None:
    raw = "\n".join(sorted(held)).encode()
    built = packed_lines(raw)
    stored = packed_lines(raw, built.store())
    assert stored.store() == built.store()
    for word in held | others:
        assert stored.find(word) == built.find(word)
