"""Finding the places that a sentence mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.context import Word, Words, common_words, is_marked, is_no_place, never_codes, short_is_meant
from bot.places.display import FLAG, SHORTCODE, read_flag
from bot.places.fold import fold, mark_key
from bot.places.index import Entry
from bot.places.lookup import Lookup, outcome
from bot.places.outcomes import Ambiguous, Found, Mention
from bot.places.phrases import unstretched

_WORD = re.compile(r"&|(?:[A-Za-z]\.){2,}|[^\s!-/:-@\[-`{-~¡-¿‐-‧‹›“”„«»…،؛؟。、，！？：；（）・]+")
_ADDRESS = re.compile(r"https?://\S+|<[@#:][^>]*>")
_BREAK = re.compile(r"\.\.|[…!?;:]")
"""Marks over which no name reaches."""
_QUARTERS = frozenset(
    "east eastern south southern north northern central southeast southeastern northeast northeastern".split()
)
_REGIONS_WITH_PARTS = {
    "R:europe": ("R:western_europe", "R:balkans", "R:nordic", "R:former_soviet_union", "R:europe"),
    "R:former_soviet_union": ("R:former_soviet_union", "R:central_asia", "R:caucasus"),
    "R:caucasus": ("R:caucasus", "R:north_caucasus"),
}
_OPENING = frozenset("middle north south east west central former new united western eastern southern northern".split())
"""Ordinary words with which a name of several words may begin."""
_LONGEST = 8
_LONGEST_KEY = 60
_LONG_WORD = 8
_SHORT = 3
_SHORTEST_SLIP = 4
_MEANT = frozenset(
    (
        "paysbas",
        "lespaysbas",
        "downunder",
        "usofa",
        "theusofa",
        "landofthefree",
        "thestates",
        "theus",
        "theuk",
        "thewest",
        "tandt",
    )
)
"""Names made of nothing but ordinary words."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = "\u02af"
"""The last Latin letter: a slip in another script is held against the names of every language."""
_SHORTEST_ELSEWHERE = 6
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك")


class Finder:
    """Reads sentences with the name index."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._entries = lookup.names.entries
        self._named = lookup.names.tiers[:2]
        self._common_by_length: dict[int, list[str]] = {}

    def find(self, text: str) -> tuple[Mention, ...]:
        """The places mentioned, from left to right."""
        mentions = list(self._flags(text)) if not text.isascii() or ":" in text else []
        taken = [(mention.start, mention.end) for mention in mentions]
        taken += [match.span() for match in _ADDRESS.finditer(text)] if "/" in text or "<" in text else []
        free = bytearray(b"\1" * len(text))
        for start, end in taken:
            free[start:end] = bytes(end - start)
        found_words = (
            Word(match.start(), match.end(), match.group(), fold(match.group()))
            for match in _WORD.finditer(text)
            if free[match.start()]
        )
        words = Words((word for word in found_words if word.key), text)
        at = 0
        while at < len(words):
            found = self._named_at(words, at, text)
            found = self._lengthened(words, at, text, *found) if found else self._misspelt_at(words, at, text)
            if found:
                mentions.append(_as_part(found[0], words[at - 1] if at else None))
                at += found[1]
            else:
                mentions.extend(self._unspaced(words[at]))
                at += 1
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def _flags(self, text: str) -> Iterator[Mention]:
        for pattern in (FLAG, SHORTCODE):
            for match in pattern.finditer(text):
                code = read_flag(match.group())
                read = self._lookup.flag(code, match.group()) if code else None
                if isinstance(read, Found):
                    yield Mention(match.start(), match.end(), match.group(), read)

    def _named_at(self, words: Words, at: int, text: str) -> tuple[Mention, int] | None:
        """The longest name that starts at a word, with the number of its words."""
        keys = [words[at].key]
        for before, word in pairwise(words[at : at + _LONGEST]):
            if _BREAK.search(text, before.end, word.start):
                break
            keys.append(keys[-1] + word.key)
        for count in range(len(keys), 0, -1):
            key = keys[count - 1]
            if len(key) > _LONGEST_KEY:
                continue
            last = at + count - 1
            if count > 1 and len(words[last].key) == 1 and len(words[last - 1].key) > _SHORT:
                continue  # "Iraq I …" is no Iraqi
            entry = self._entry(words, at, last, key, text)
            if not entry or not self._is_meant(words, at, last, key, entry, text):
                continue
            if count > 1 and words[last].key in common_words():
                shorter = self._entries.get(keys[count - 2])
                if shorter and shorter.places == entry.places:
                    continue  # "Iran as of 2014" is no Iranian: the name is whole without the word
            return self._mention(words, at, last, entry, text), count
        return None

    def _lengthened(self, words: Words, at: int, text: str, mention: Mention, count: int) -> tuple[Mention, int]:
        """The mention with the misspelt word after it, where both together are the same place (`saudi arbia`)."""
        for last in (at + count + 1, at + count):
            added = words[at + count : last + 1]
            if last >= len(words) or any(
                len(word.key) < _SHORT or word.key in common_words() or word.key in self._entries
                for word in added
                if word.key != "and" or word is added[-1]  # "trinidad & tobgo"; "Jordan and the UN" is Jordan
            ):
                continue
            written = text[mention.start : words[last].end]
            key = "".join(word.key for word in words[at : last + 1])
            read = self._slip(key, 2, written)
            if isinstance(read, Found) and _goes_on(read, mention, words[at : at + count], added):
                return Mention(mention.start, words[last].end, written, read), last + 1 - at
        return mention, count

    def _entry(self, words: Words, first: int, last: int, key: str, text: str) -> Entry | None:
        written = words[first].text if first == last else text[words[first].start : words[last].end]
        if not written.isascii():
            marked = self._entries.get(mark_key(written))
            if marked:
                return marked
            if key not in self._entries and _ARABIC.match(key) and len(words[first].key) > _SHORT:
                return self._without_prefix(key)  # "كم غربي" is no "ك" before "مغربي"
        return self._entries.get(key)

    def _without_prefix(self, key: str) -> Entry | None:
        """An Arabic word without the conjunctions and prepositions that are written on to it."""
        if key.startswith("لل") and len(key) > 4:
            return self._entries.get("ال" + key[2:]) or self._entries.get(key[2:])
        if key[0] in _ARABIC_PREFIXES and len(key) > _SHORT:
            rest = key[1:]
            return self._entries.get(rest) or (self._without_prefix(rest) if key[0] in "وف" else None)
        return None

    def _is_meant(self, words: Words, first: int, last: int, key: str, entry: Entry, text: str) -> bool:
        common = common_words()
        if first != last:
            plain = all(len(word.key) <= _SHORT or word.key in common for word in words[first : last + 1])
            if plain and key not in _MEANT and not (len(key) > _SHORTEST_SLIP and _is_glued(words, first, last, text)):
                return False
        else:
            written = words[first].text
            if is_marked(written):
                return not is_no_place(words, first, last, key, self._entries)
            if (
                key.isascii()
                and (len(key) <= _SHORT or entry.how == "code")
                and (written.isascii() or written.islower())
            ):
                if not (short_is_meant(words, first) or self._joined_to_a_code(words, first)):
                    return False
            elif entry.how not in ("region", "area") and (key in self._lookup.names.whole_only or key in common):
                return False
            if entry.how == "word" and (words[first].text.islower() or not first):
                return False
        return not is_no_place(words, first, last, key, self._entries)

    def _joined_to_a_code(self, words: Words, at: int) -> bool:
        """Whether the word is one of several codes that a mark without spaces joins: "se/no/fi returnees"."""
        first, last = words.joined[at]
        if first not in words.lists_of_codes:
            words.lists_of_codes[first] = self._are_codes(words, first, last)
        return words.lists_of_codes[first]

    def _are_codes(self, words: Words, first: int, last: int) -> bool:
        keys = [word.key for word in words[first : last + 1]]
        entries = [self._entries.get(key) for key in keys if len(key) <= _SHORT]
        all_codes = len(keys) == len(entries) and all(entry and entry.how in ("code", "alias") for entry in entries)
        return len(keys) > 1 and all_codes and not never_codes().issuperset(keys)

    def _mention(self, words: Words, first: int, last: int, entry: Entry, text: str) -> Mention:
        start, end = words[first].start, words[last].end
        written = text[start:end]
        if entry.how == "usual":
            return Mention(start, end, written, Found(entry.places[0], "exact", written))
        return Mention(start, end, written, outcome(entry, written))

    def _misspelt_at(self, words: Words, at: int, text: str) -> tuple[Mention, int] | None:
        """A misspelt name of up to three words that starts at a word."""
        opens = words[at].key in _OPENING
        if (words[at].key in common_words() and not opens) or is_no_place(words, at, at, words[at].key, self._entries):
            return None
        for count in (3, 2, 1):
            last = at + count - 1
            if last >= len(words) or (count > 1 and words[last].key in common_words()) or (opens and count == 1):
                continue
            if count > 1 and "the" in (words[at].key, words[last].key):
                continue  # beside an article words are read by themselves: "the plans" are no Stans
            key = "".join(word.key for word in words[at : last + 1])
            read = self._slip(key, count, text[words[at].start : words[last].end])
            inside = range(at + 1, last + 1)
            if read and any(self._reaches_beyond(words, start, last, text) for start in inside):
                continue
            if read and count > 1 and self._swallows(words[at + 1 : last + 1], read):
                continue
            if read and not is_no_place(words, at, last, key, self._entries):
                start, end = words[at].start, words[last].end
                return Mention(start, end, text[start:end], read), count
        return None

    def _reaches_beyond(self, words: Words, start: int, last: int, text: str) -> bool:
        """Whether a right name begins inside and ends behind: "ref, dominican" would leave "republic" over."""
        named = self._named_at(words, start, text)
        end = start + named[1] - 1 if named else 0
        return end > last or (end == last and len(words[start - 1].key) == 1)  # "y francia" is "and France"

    def _swallows(self, words: Sequence[Word], read: Found | Ambiguous) -> bool:
        """Whether a misspelling of several words would take in the right name of another place ("frmo china")."""
        places = {read.place} if isinstance(read, Found) else set(read.candidates)
        for word in words:
            entry = self._entries.get(word.key)
            if entry and len(word.key) > _SHORT and entry.how not in ("region", "area", "code", "word"):
                return places.isdisjoint(entry.places)
        return False

    def _slip(self, key: str, count: int, written: str) -> Found | Ambiguous | None:
        if len(key) < (_SHORTEST_SLIP if count == 1 else 8) or len(key) > _LONGEST_KEY:
            return None
        if count > 1 and not written.isascii():
            return None
        if key in self._lookup.names.ordinary or key in self._lookup.names.whole_only or not key.isalpha():
            return None
        single = unstretched(key)
        if single != key and (single in self._entries if key[0] > _LATIN else self._is_named(single)):
            read = outcome(self._entries[single], written)
            return Found(read.place, "typo", written, single.capitalize()) if isinstance(read, Found) else read
        if self._entries.get(key):
            return None
        slip = self._lookup.slip(key, written, several=count > 1)
        if slip and count == 1 and self._nearer_word(key, slip[1]):
            return None
        if slip is None and count == 1 and key[0] > _LATIN and len(key) >= _SHORTEST_ELSEWHERE:
            return self._lookup.variant(key, written)
        return slip[0] if slip else None

    def _is_named(self, key: str) -> bool:
        return any(key in tier for tier in self._named)

    def _nearer_word(self, key: str, distance: int) -> bool:
        """Whether an ordinary word of questions lies as near as the name does."""
        if not self._common_by_length:
            for word in common_words():
                if len(word) >= _SHORTEST_SLIP:
                    self._common_by_length.setdefault(len(word), []).append(word)
        sizes = range(len(key) - distance, len(key) + distance + 1)
        words = [word for size in sizes for word in self._common_by_length.get(size, ())]
        return process.extractOne(key, words, scorer=OSA.distance, score_cutoff=distance) is not None

    def _unspaced(self, word: Word) -> Iterator[Mention]:
        """Names inside a word of a script that is written without spaces."""
        if len(word.text) < 2 or not _UNSPACED.search(word.text):
            return
        at = 0
        keys = [fold(char) for char in word.text]  # each once: a name is looked for at every character
        while at < len(word.text):
            for size in range(min(20, len(word.text) - at), 1, -1):
                entry = self._entries.get("".join(keys[at : at + size]))
                if entry and entry.how != "word":
                    part = word.text[at : at + size]
                    yield Mention(word.start + at, word.start + at + size, part, outcome(entry, part))
                    at += size
                    break
            else:
                at += 1


def _as_part(mention: Mention, before: Word | None) -> Mention:
    """ "Eastern Europe" is no region held, and it is not all of Europe: the regions that it may mean are asked."""
    read = mention.outcome
    if before is None or not isinstance(read, Found) or before.key not in _QUARTERS:
        return mention
    candidates = _REGIONS_WITH_PARTS.get(read.place)
    if candidates is None or read.how not in ("region", "exact", "typo"):
        return mention
    return Mention(mention.start, mention.end, mention.text, Ambiguous(candidates, mention.text, "region"))


def _goes_on(read: Found, mention: Mention, words: Sequence[Word], added: Sequence[Word]) -> bool:
    """Whether a longer misspelt name is the same place, or begins with the very words ("european unnion")."""
    if isinstance(mention.outcome, Found) and read.place == mention.outcome.place:
        return True
    start, rest = "".join(word.key for word in words), "".join(word.key for word in added)
    meant = fold(read.changed or "")
    slips = OSA.distance(rest, meant[len(start) :])
    return meant.startswith(start) and slips <= (2 if len(rest) >= _LONG_WORD else 1)


def _is_glued(words: Sequence[Word], first: int, last: int, text: str) -> bool:
    """Whether nothing but apostrophes stands between the words: a name with its ending ("Çin'den")."""
    return all(text[one.end : other.start] in ("'", "’") for one, other in pairwise(words[first : last + 1]))
