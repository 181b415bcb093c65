"""What people put around a name: articles, politeness, brackets, inversions. Each is taken off in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE = frozenset(
    """the what about how abt in from of for to at and is le la les l el los las il lo gli i die der das den dem de het
    een a an o os as aus von nach en du des au aux por para en del da do dos das na no em di dal dalla dello della
    из в на про о по orílɛ́ède orílẹ́ède orilẹ́ède orílẹ́-èdè orile-ede republiek republik republika república
    republica république republique repubblica republikken republiken koninkrijk königreich kongeriket kongeriget
    royaume reino regno jamhuri jamhuriya jamhuriyar ya wa республика королевство staat état etat estado stato
    جمهورية جمهوری جمهوريه مملكة دولة مملکت только only just show me tell give get country
    place please pls vs versus""".split()
)
_AFTER = frozenset(
    "please pls plz plx thanks thx thank you ty country numbers number figures data stats now so".split()
)
_EDGES = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_POSSESSIVE = re.compile(r"['’`´]s?$", re.IGNORECASE)
_BRACKETS = re.compile(r"^(.*?\S)\s*[(\[](.+?)[)\]]?$", re.DOTALL)
_STRETCHED = re.compile(r"(.)\1{2,}")
_OFFICIAL = re.compile(
    r"^(?:the\s+)?(?:(?:federal|democratic|people'?s|islamic|socialist|federative|arab|bolivarian|plurinational|"
    r"co-?operative|united|independent|most\s+serene|grand)\s+)*"
    r"(?:republic|rep\.?|kingdom|state|states|commonwealth|principality|sultanate|union|federation|duchy|emirate|"
    r"territory|nation|country|government|islands?|isle)\s+of\s+(?:the\s+)?(.+)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\S+")


def undressed(text: str) -> Iterator[str]:
    """The text without what stands around the name, likeliest reading first."""
    bare = _POSSESSIVE.sub("", _EDGES.sub("", text))
    if bare != text:
        yield bare
    stripped = _strip_words(bare)
    if stripped and stripped != bare:
        yield stripped
    for candidate in (bare, stripped):
        if _STRETCHED.search(candidate):
            yield _STRETCHED.sub(r"\1", candidate)
            yield _STRETCHED.sub(r"\1\1", candidate)
    official = _OFFICIAL.match(bare)
    if official:
        yield official.group(1)
    if "," in bare:
        head, _, tail = bare.partition(",")
        yield f"{tail.strip()} {head.strip()}"


def bracketed(text: str) -> tuple[str, str] | None:
    """`X (Y)` as its two parts."""
    match = _BRACKETS.match(text.strip())
    return (match.group(1), match.group(2)) if match else None


def unstretched(text: str) -> str:
    """The text with runs of one letter made single."""
    return _STRETCHED.sub(r"\1", text)


def _strip_words(text: str) -> str:
    words = _WORDS.findall(text)
    first, last = 0, len(words)
    while first < last - 1 and words[first].strip("?!.,:;").lower() in _BEFORE:
        first += 1
    while last > first + 1 and words[last - 1].strip("?!.,:;").lower() in _AFTER:
        last -= 1
    if words and words[first][:2].lower() in ("l'", "d'", "l’", "d’") and len(words[first]) > 4:
        words[first] = words[first][2:]
    return _POSSESSIVE.sub("", " ".join(words[first:last]))
