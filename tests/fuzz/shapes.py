"""Hostile and half-sensible input: what hypothesis draws from, and what the fuzzer starts with."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = (
    "How many Belgians left for Syria in 2016?",
    "top 5 in western europe per capita",
    "compare France, Germany and the UK since 2014",
    "women from Tunisia who returned before March 2015",
    "wie viele Deutsche sind ausgereist",
    "сколько уехало из России",
    "كم عدد المقاتلين من تونس",
    "and in 2015?",
    "what about Kosovo",
    "share of the world total",
    "2011-2019",
    "between 2013 and",
    "-1",
    "1e999",
    "0x41",
    "٢٠١٦",
    "99999999999999999999",
    "31/02/2015",
    "Syria and Iraq",
    "Cote d'Ivoire",
    "🇧🇪",
    "🇧",
    "\u200d\u200b\ufeff",
    "\u202e",
    "e\u0301\u0301\u0301",
    "İ",
    "ﬃ",
    "ß",
    "\x00",
    "\ud800",
    "<@1001>",
    "@everyone",
    "https://example.org/?a=b",
    "```",
    "'; DROP TABLE figure_version; --",
    "{0.__class__}",
    "%s%n",
    "(" * 40,
    "R:world",
    "R:western_europe",
    "i1:src:1:1.0.!l!pBE",
)
"""Sense and nonsense that belongs together in no order at all."""

PUMPS = (
    *("a", " ", "1", "-", ",", ".", "!", "(", "[", "<", "@", "'", '"', "\n", "é", "\u0301", "🇧🇪", "٢", "_", "*", ":"),
    *("a ", "1,", "1-", "to ", "in 2015 ", "and ", "BE ", "of the ", "2014-06 to ", "<@1>", "https://", "!p", "AB,"),
    *(
        "per ",
        "%20",
        "a-",
        "a.",
        "€ ",
        "1 000 ",
        "before ",
        "not ",
        "united ",
        "women ",
        "q\t",
        "\r\n",
        "='",
        ";",
        "==",
    ),
    *("mart ", "juli ", "بداية ", "CA ", "ocho ", "perc "),  # the slowest of the readers' tables, pumped
)
"""Short texts that, repeated, bring careless patterns and loops to their knees."""

TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(PUMPS), st.text(max_size=30)), max_size=12).map(
    " ".join
)

CELLS = st.one_of(
    st.sampled_from(
        ("", "BE", "XX", "travelled", "present", "everyone", "5", "-5", "1e5", "2015", "2015-13", "tsg_2015", "no_such")
    ),
    st.sampled_from(FRAGMENTS),
    st.text(max_size=20),
)
COLUMNS = st.sampled_from(
    (
        "id",
        "place",
        "measure",
        "who",
        "low",
        "high",
        "bound",
        "as_of",
        "source",
        "locator",
        "title",
        "kind",
        "cause",
        "x",
    )
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file that is nearly a table, in some encoding."""
    header = draw(st.lists(COLUMNS, min_size=1, max_size=8, unique=draw(st.booleans())))
    rows = draw(st.lists(st.lists(CELLS, max_size=9), max_size=8))
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    quote = draw(st.sampled_from(['"', "'", ""]))
    ending = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = [separator.join(header), *(separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    data = ending.join(lines).encode(encoding, "replace")
    if draw(st.booleans()):
        return data
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.binary(max_size=20)) + data[at:]
