"""Reading one name: as it stands, without what stands around it, or as a misspelling."""

from __future__ import annotations

from itertools import islice

from rapidfuzz.distance import OSA

from bot.places.catalogue import places as held_places
from bot.places.display import display_name
from bot.places.fold import fold, mark_key
from bot.places.fuzzy import Fuzzy, Near
from bot.places.index import TINY, Entry, Names
from bot.places.outcomes import Ambiguous, Found, Outcome, Unknown
from bot.places.phrases import bracketed, undressed, unstretched

_RIVALS = {"NE": "NG", "NG": "NE", "AT": "AU"}
"""Places whose names are so alike that a misspelling read as the first asks about the second as well."""
_RIVAL_GAP = 1
_SHOWN_TYPO = {"region": "region", "area": "region", "subnational": "subnational", "part": "subnational"}
_FOREIGN = 2
_SHOWN = {"part": "subnational", "area": "region", "word": "exact"}
_NEAREST = 3
_LONG_REGION = 12
"""Letters from which the name of a region may carry two slips inside a sentence."""
_LONG_NAME = 7
_TINY = TINY
"""A key and a name of this length may differ by one edit; two are only a reason to ask."""
_INSIDE_ONLY = ("part", "area")
"""Parts of countries, and loose words for regions: read inside a sentence, refused alone."""
_QUARTERS = ("north", "south", "east", "west")


class Lookup:
    """The name index with the rules for reading one name."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._fuzzy = Fuzzy(names.tiers, names.entries.beginning)

    def entry(self, text: str) -> Entry | None:
        """The entry of a text as it stands."""
        entries = self.names.entries
        if not text.isascii():
            marked = entries.get(mark_key(text))
            if marked:
                return marked
        return entries.get(fold(text))

    def exact(self, text: str) -> Found | Ambiguous | None:
        """The reading of a name as it stands."""
        entry = self.entry(text)
        if not entry or entry.how in _INSIDE_ONLY or (entry.how == "code" and "/" in text):
            return None
        if entry.how == "word" and text.islower():
            return None
        return outcome(entry, text)

    def flag(self, code: str, text: str) -> Outcome:
        """The reading of a flag."""
        entry = self.names.entries.get(code.lower())
        return Found(entry.places[0], "flag", text) if entry and entry.how == "code" else Unknown((), text)

    def undressed(self, text: str) -> Outcome | None:
        """The reading of a name with something around it, or of a part of a country, which is refused."""
        entry = self.entry(text)
        if entry and entry.how in (*_INSIDE_ONLY, "word"):
            return Unknown(entry.places, text)
        if "," in text and fold(text.partition(",")[0]) in self.names.ordinary:
            return Unknown((), text)
        for bare in undressed(text):
            entry = self.entry(bare)
            if entry and entry.how in _INSIDE_ONLY:
                return Unknown(entry.places, text)
            if entry and entry.how == "word" and bare.islower():
                return Unknown(entry.places, text)
            if entry and (entry.how != "code" or len(bare) == len(text.strip(" \t?!.,;:`\"'*_()[]#"))):
                return outcome(entry, text)
        parts = bracketed(text)
        return self._bracketed(parts, text) if parts else None

    def fuzzy(self, text: str) -> Outcome:
        """The reading of a misspelling: found when one place is plainly meant, else a question or nothing."""
        keys = [fold(text)]
        for bare in islice(undressed(text), 3):
            key = fold(bare)
            if key and key not in keys:
                keys.append(key)
        for key in keys if _plausible(text) else ():
            if key in self.names.ordinary:
                return Unknown(self._nearest(key), text)
            read = self.misspelt(key, text)
            if not isinstance(read, Unknown):
                return read
        reads = (self.variant(key, text) for key in keys if key)
        return next((read for read in reads if read), Unknown((), text))

    def variant(self, key: str, text: str) -> Found | None:
        """The reading of a variant spelling in whichever language: only when all near names mean one place."""
        near = self._fuzzy.near_any(key)
        meant = {self.names.entries[one.name].places for one in near if one.distance <= near[0].distance + 1}
        if len(meant) != 1 or self.names.entries[near[0].name].how not in ("exact", "demonym"):
            return None
        (places,) = meant
        return Found(places[0], "typo", text, display_name(places[0])) if len(places) == 1 else None

    def near(self, text: str) -> tuple[str, ...]:
        """The places whose English names lie within one slip more than the nearest one; none when that is far."""
        key = fold(text)
        if not _plausible(text) or key in self.names.ordinary:
            return ()
        for reach in range(1, 1 + (3 if len(key) >= _LONG_REGION else 2 if len(key) >= _LONG_NAME else 1)):
            if self._written(key, reach):
                return tuple(dict.fromkeys(place for _, place in sorted(self._written(key, reach + 1))))
        return ()

    def _written(self, key: str, reach: int) -> set[tuple[int, str]]:
        """The places, regions among them, whose English names lie within so many slips."""
        near = self._fuzzy.within(key, reach)
        found = {(one.distance, place) for one in near for place in self.names.entries[one.name].places}
        for place in held_places().values():
            if place.kind != "country" and (slips := OSA.distance(key, fold(place.name), score_cutoff=reach)) <= reach:
                found.add((int(slips), place.id))
        return found

    def misspelt(self, key: str, text: str, *, regions: bool = False) -> Outcome:
        """The reading of a folded key that is no name as it stands. `regions`: misspelt regions may be meant too."""
        near = [one for one in self._fuzzy.near(key) if self._may_mean(one, key, text, regions=regions)]
        return self._choose(near, key, text) if near else Unknown((), text)

    def _choose(self, near: list[Near], key: str, text: str) -> Outcome:
        """The place that the nearest names mean, or a question when they mean several."""
        best = [one for one in near if one.distance == near[0].distance and one.tier == near[0].tier]
        best += [one for one in near if self._as_likely(one, best, key)]
        if len(key) >= _LONG_NAME:
            # The same letters in another order are one slip of the hand; two wrong letters are two.
            best = [one for one in best if sorted(one.name) == sorted(key)] or best
        places = dict.fromkeys(place for one in best for place in self._meant(one))
        if len(places) == 1:
            (place,) = places
            if best[0].distance > 1 and len(key) <= _TINY and all(len(one.name) <= _TINY for one in best):
                return Unknown((place,), text)
            if not self._has_rival(place, key, best[0].distance):
                return self._found(best[0], place, text)
            places[_RIVALS[place]] = None
        return Ambiguous(tuple(places), text, "typo")

    def slip(self, key: str, text: str, *, several: bool) -> tuple[Found | Ambiguous, int] | None:
        """The reading of a misspelling inside a sentence, where more caution is due, with its number of edits."""
        near = [one for one in self._fuzzy.near(key) if self._may_mean(one, key, text, regions=True, parts=True)]
        if not near or near[0].distance > _slips_allowed(near[0], key):
            return None
        if several and near[0].tier == _FOREIGN:
            return None
        read = self._choose(near, key, text)
        return None if isinstance(read, Unknown) else (read, near[0].distance)

    def sure(self, key: str, length: int) -> bool:
        """Whether the key is one edit from an English name of at least that length."""
        return any(len(one.name) >= length for one in self._fuzzy.within(key, 1))

    def _may_mean(self, one: Near, key: str, text: str, *, regions: bool, parts: bool = False) -> bool:
        how = self.names.entries[one.name].how
        if how in _INSIDE_ONLY and not (parts and one.distance == 1):
            return False
        if how == "region" and not (regions and one.distance <= (2 if len(one.name) >= _LONG_REGION else 1)):
            return False
        compass = _compass(fold(text.split(maxsplit=1)[0]) if " " in text else key)
        return not compass or _compass(one.name) == compass

    def _meant(self, one: Near) -> tuple[str, ...]:
        entry = self.names.entries[one.name]
        return entry.places[:1] if entry.how == "usual" else entry.places

    def _found(self, one: Near, place: str, text: str) -> Outcome:
        how = self.names.entries[one.name].how
        read_as = display_name(place) if how in ("exact", "region", "area", "usual") else one.name.capitalize()
        return Found(place, _SHOWN_TYPO.get(how, "typo"), text, read_as)

    @staticmethod
    def _as_likely(one: Near, best: list[Near], key: str) -> bool:
        """Whether a people as near as the nearest country begins as typed while the country does not ("smali")."""
        first = best[0]
        return (
            one.distance == first.distance == 1
            and (first.tier, one.tier) == (0, 1)
            and one.name[0] == key[0]
            and all(other.name[0] != key[0] for other in best)
        )

    def _has_rival(self, place: str, key: str, best: int) -> bool:
        rival = _RIVALS.get(place)
        return rival is not None and any(
            rival in self.names.entries[one.name].places for one in self._fuzzy.within(key, best + _RIVAL_GAP)
        )

    def _bracketed(self, parts: tuple[str, str], text: str) -> Outcome | None:
        outer, inner = self.entry(parts[0]), self.entry(parts[1])
        if not outer:
            return None
        if not inner or outer.places == inner.places:
            return outcome(outer, text) if outer.how not in _INSIDE_ONLY else None
        both = [place for place in outer.places if place in inner.places]
        return Found(both[0], "alias", text) if len(both) == 1 else None

    def _nearest(self, key: str) -> tuple[str, ...]:
        """The places whose own English names lie near a word that means something itself; no nicknames are offered."""
        near = (one.name for one in self._fuzzy.near(unstretched(key)) if one.tier == 0)
        return tuple(dict.fromkeys(place for name in near for place in self.names.entries[name].places))[:_NEAREST]


def outcome(entry: Entry, text: str) -> Found | Ambiguous:
    """An entry as an outcome."""
    if len(entry.places) > 1:
        return Ambiguous(entry.places, text, "shared" if entry.how == "usual" else entry.how)
    return Found(entry.places[0], _SHOWN.get(entry.how, entry.how), text)


def _compass(key: str) -> str:
    """The quarter that a key starts with: a slip never turns north into south."""
    return next((quarter for quarter in _QUARTERS if key.startswith(quarter)), "")


def _slips_allowed(one: Near, key: str) -> int:
    """The edits that a misspelling inside a sentence may carry: two need a long name and a first letter kept."""
    if len(one.name) >= _LONG_NAME and one.tier < _FOREIGN and one.name[0] == key[0]:
        return 2
    if one.tier == _FOREIGN:
        return 1 if len(one.name) >= _LONG_NAME else 0
    return 1 if len(one.name) >= _TINY and len(key) >= _TINY else 0


def _plausible(text: str) -> bool:
    """Whether a text may be a misspelt name at all: digits are never slips."""
    return not any(letter.isdigit() for letter in text)
