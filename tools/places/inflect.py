"""Inflected forms: the endings that a language puts on a name of a country or a people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_GERMAN_ADJECTIVE = ("isch", "ische", "ischen", "ischer", "isches", "ischem")
_RUSSIAN_ADJECTIVE = (
    "ский", "ская", "ское", "ские", "ских", "ского", "скому", "ском", "ским", "скими", "ской", "скую",
)  # fmt: skip
_RUSSIAN_WOMAN = ("ка", "ки", "ке", "ку", "кой", "ок", "кам", "ками", "ках")
_VOWELS = "aıoueiöü"
_HARD = "fstkçşhp"
_SPOKEN = 5
"""Letters from which a German plural is also written as it is said in the south: `Franzosn`."""


def english(form: str) -> Iterator[str]:
    """`Belgian*` gives the singular and the plural."""
    word = form.rstrip("*")
    yield word
    if form.endswith("*"):
        yield word + "s"


def german(form: str) -> Iterator[str]:
    """A noun of a people with its feminine and plural forms; a stem ending in `~` with the endings of -isch."""
    if form.endswith("~"):
        stem = form[:-1]
        yield from (stem + ending for ending in _GERMAN_ADJECTIVE)
        return
    yield form
    if form.endswith("er"):
        yield from (form + ending for ending in ("n", "s", "in", "innen"))
    elif form.endswith("e"):
        yield from (form + "n", form[:-1] + "in", form[:-1] + "innen")
        if len(form) > _SPOKEN:
            yield form[:-1] + "n"
    else:
        yield from (form + ending for ending in ("s", "en", "in", "innen"))


def romance(form: str) -> Iterator[str]:
    """French, Spanish, Italian and Portuguese feminine and plural forms of a masculine singular."""
    yield form
    if form.endswith("ien"):
        yield from (form + "s", form + "ne", form + "nes", form + "en")
    elif form.endswith(("ais", "ois")):
        yield from (form + "e", form + "es")
    elif form.endswith("ain"):
        yield from (form + "s", form + "e", form + "es")
    elif form.endswith("o"):
        yield from (form + "s", form[:-1] + "a", form[:-1] + "as", form[:-1] + "i", form[:-1] + "he", form[:-1] + "e")
    elif form.endswith(("és", "ês")):
        stem = form[:-2]
        yield from (stem + "esa", stem + "eses", stem + "esas")
    elif form.endswith(("ense", "ese")):
        yield from (form[:-1] + "i", form + "s")
    elif form.endswith("e"):
        yield form + "s"
    elif form.endswith("í"):
        yield from (form + "es", form + "s")
    elif form.endswith(("an", "or", "ol", "ul", "il", "ar")):
        yield from (form + "s", form + "e", form + "es", form + "a", form + "as")


def dutch(form: str) -> Iterator[str]:
    """Dutch adjective and plural forms."""
    yield form
    if form.endswith("aan"):
        yield from (form[:-3] + "anen", form + "s", form + "se")
    elif form.endswith("ees"):
        yield from (form[:-3] + "ezen", form[:-3] + "ese")
    elif form.endswith(("s", "sch")):
        yield form + "e"
    elif form.endswith(("ër", "er")):
        yield form + "s"


def turkish(name: str) -> Iterator[str]:
    """A country's name with its case endings, apostrophe or not, and its people (`Belçikalı`, `Belçikalılar`)."""
    yield from turkish_noun(name)
    yield from turkish_people(f"{name}l{_narrow(name)}")


def turkish_people(noun: str) -> Iterator[str]:
    """A noun of a people, one and many, in every case: `Alman`, `Almanlar`, `Almanların`, `Almanlardan`."""
    plural = noun + ("lar" if _is_back(noun) else "ler")
    for form in (noun, plural):
        yield form
        yield from turkish_noun(form)


def turkish_noun(noun: str) -> Iterator[str]:
    """The case endings of Turkish on a noun, with and without the apostrophe of a name."""
    narrow, wide = _narrow(noun), "a" if _is_back(noun) else "e"
    after_vowel = noun[-1].lower() in _VOWELS
    stop = "t" if noun[-1].lower() in _HARD else "d"
    joined, owned = ("y", "n") if after_vowel else ("", "")
    endings = (f"{joined}{narrow}", f"{joined}{wide}", f"{owned}{narrow}n", f"{joined}l{wide}")
    for mark in ("", "'"):
        yield from (f"{noun}{mark}{stop}{wide}{more}" for more in ("", "n", "ki"))
        yield from (f"{noun}{mark}{ending}" for ending in endings)


def _is_back(word: str) -> bool:
    return _last_vowel(word) in "aıou"


def _narrow(word: str) -> str:
    return {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}[_last_vowel(word)]


def _last_vowel(word: str) -> str:
    return next((letter for letter in reversed(word.lower().replace("i̇", "i")) if letter in _VOWELS), "e")


def russian_name(name: str) -> Iterator[str]:
    """The cases of a one-word country name."""
    if " " in name or "-" in name:
        return
    if name.endswith(("ия", "ея")):
        yield from (name[:-1] + ending for ending in ("и", "ю", "ей"))
    elif name.endswith("а"):
        yield from (name[:-1] + ending for ending in ("ы", "и", "е", "у", "ой"))
    elif name.endswith("ы"):
        yield from (name[:-1] + ending for ending in ("", "ов", "ам", "ами", "ах"))
    elif name.endswith("й"):
        yield from (name[:-1] + ending for ending in ("я", "ю", "ем", "е"))
    elif name.endswith("ь"):
        yield from (name[:-1] + ending for ending in ("я", "и", "ю", "е", "ем", "ью"))
    elif name[-1] in "бвгджзклмнпрстфхцчш":
        yield from (name + ending for ending in ("а", "у", "ом", "е"))


def russian_phrase(adjectives: Sequence[str], nouns: Iterable[str]) -> Iterator[str]:
    """Cases of a noun with a feminine or plural adjective in front: `Западной Европы`, `Западных Балкан`."""
    endings = {
        "ая": ("ой", "ую"),
        "ие": ("их", "им"),
        "ые": ("ых", "ым"),
        "ий": ("его", "ему", "ем", "им"),
        "ый": ("ого", "ому", "ом", "ым"),
    }
    forms, fronts = list(nouns), [""]
    for adjective in adjectives:
        cases = endings.get(adjective[-2:], ())
        fronts = [f"{front}{adjective[:-2]}{ending} " for front in fronts for ending in cases]
    yield from (front + noun for front in fronts for noun in forms)


def russian_people(forms: Sequence[str]) -> Iterator[str]:
    """The nouns and adjectives of one people in every case.

    A stem ending in `~` is an adjective in -ский, and makes the woman's name in -ка; a noun in -ы or -и is the plural
    of the noun in front of it.
    """
    for before, form in zip(("", *forms), forms, strict=False):
        if form.endswith("~"):
            stem = form[:-1]
            endings = (ending[1:] if stem.endswith(("ц", "ш")) else ending for ending in _RUSSIAN_ADJECTIVE)
            yield from (stem + ending for ending in endings)
            yield from (stem + ending for ending in _RUSSIAN_WOMAN)
            continue
        yield form
        if form.endswith("ка"):
            yield from (form[:-2] + ending for ending in _RUSSIAN_WOMAN)
        elif form.endswith(("ы", "и", "е")):
            yield from (form[:-1] + ending for ending in ("ам", "ами", "ах"))
            stem = form[:-1] if before.endswith("ец") else before
            yield from (stem + ending for ending in ("а", "у", "ом", "ем", "е"))


def russian_of_land(name: str) -> Iterator[str]:
    """The people of a country whose name ends in -стан: `казахстанцы`."""
    if name.endswith("стан"):
        yield from russian_people((name + "ец", name + "цы", name + "цев", name + "~"))
        yield name + "цев"


def arabic(form: str) -> Iterator[str]:
    """An adjective of origin with the article, feminine and plural forms; other words with the article only."""
    yield form
    bare = form.removeprefix("ال")
    forms = [bare]
    if bare.endswith("ي"):
        forms += [bare + "ة", bare + "ون", bare + "ين", bare + "ات", bare + "ا"]
    for word in forms:
        yield from (word, "ال" + word)


def arabic_origin(name: str) -> Iterator[str]:
    """The adjective of origin that a one-word country name makes (`تونس` gives `تونسي`)."""
    if " " in name or len(name) < 3:
        return
    bare = name.removeprefix("ال")
    for ending in ("يا", "ا", "ة"):
        if bare.endswith(ending):
            bare = bare[: -len(ending)]
            break
    yield from arabic(bare + "ي")


def german_name(name: str) -> Iterator[str]:
    """The genitive of a country's name."""
    if not name.endswith(("s", "z", "x")):
        yield name + "s"


def umlauts(name: str) -> Iterator[str]:
    """A name typed on a keyboard without umlauts."""
    plain = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    plain = plain.replace("Ä", "Ae").replace("Ö", "Oe").replace("Ü", "Ue")
    if plain != name:
        yield plain
