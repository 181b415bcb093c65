"""What was packed is found, and nothing else."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st
from marisa_trie import RecordTrie, Trie

from bot.places.fold import fold, mark_key
from bot.places.index import NUMBER, TINY, Entries, Entry
from tools.places.pack import pack, pack_words

WORDS = st.text(st.characters(exclude_characters=" \t\n\0", codec="utf-8"), min_size=1, max_size=12)
HOWS = ("exact", "code", "word")


@given(st.dictionaries(WORDS, st.sampled_from(HOWS), min_size=1), st.sets(st.text(max_size=14)))
def test_entries_are_those_that_were_packed(keys: dict[str, str], others: set[str]) -> None:
    settled = {key: (how, ("BE", "FR")) for key, how in keys.items()}
    named = set(sorted(keys)[::3])

    trie, lines = pack(settled, named)
    rows = [line.split("\t") for line in zlib.decompress(lines).decode().split("\n")]
    held = [Entry(how, tuple(ids.split(" ")), bool(misspelt)) for how, ids, misspelt in rows]
    entries = Entries(RecordTrie(NUMBER).frombytes(trie), held)

    assert {key: entry.how for key, entry in entries.items()} == keys
    assert {entry.places for entry in entries.values()} == {("BE", "FR")}
    for word in map(fold, others | set(keys)):
        assert (word in entries) == (entries.get(word) is not None) == (word in keys)
    long = {key for key, how in keys.items() if how != "code" and len(key) > TINY and key not in named}
    found = {key for letter in {key[0] for key in keys} for key in entries.beginning(letter, 0, 12)}
    assert found == long


@given(st.sets(WORDS), st.sets(st.text(max_size=14)))
def test_words_that_were_packed_are_held(held: set[str], others: set[str]) -> None:
    words = Trie().frombytes(pack_words(held))
    for word in map(fold, others | held):
        assert (word in words) == (word in held)


@given(st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)))
def test_half_a_character_is_in_no_key(text: str) -> None:
    assert fold(text).encode() is not None
    assert mark_key(text).encode() is not None
