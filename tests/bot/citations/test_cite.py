# ruff: noqa: E501  (a table of whole citations)
"""Citations against strings that the styles' manuals ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.citations.cite import StyleUnknown, cite, cite_dataset, cite_many
from bot.citations.csl import CslItem, from_csl, to_csl
from bot.citations.registry import styles
from bot.citations.styled import styled
from db.model.records import Source
from db.model.values import PartialDate
from tests.built_in import built_in


def source(**changes: object) -> Source:
    """A news page; tests change what they are about."""
    fields: dict[str, object] = {
        "id": "post_2016",
        "title": "Flow of foreign fighters plummets",
        "publisher": "The Washington Post",
        "authors": ("Griff Witte",),
        "published": PartialDate(2016, 9, 9),
        "accessed": None,
        "kind": "news",
        "url": "https://example.org/flow",
        "archive_url": "",
        "language": "en",
        "reliability": "B",
        "relays": (),
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]  # each test knows its field's type


JOURNAL: CslItem = {
    "id": "hegghammer_2010",
    "type": "article-journal",
    "title": "The rise of Muslim foreign fighters: Islam and the globalization of jihad",
    "author": [{"family": "Hegghammer", "given": "Thomas"}],
    "container-title": "International Security",
    "volume": "35",
    "issue": "3",
    "page": "53-94",
    "issued": {"date-parts": [[2010]]},
    "language": "en",
}
NEWS = source()
SEVERAL = source(authors=("Griff Witte", "Sudarsan Raghavan", "James McAuley"))
REPORT = source(
    kind="think_tank",
    publisher="The Soufan Group",
    authors=(),
    title="Foreign fighters",
    published=PartialDate(2015, 12, 8),
)
UNSIGNED = source(
    publisher="VTM Nieuws", authors=(), title="Syriestrijders, oudste 70", language="nl", published=PartialDate(2016, 8)
)
QUESTION = source(authors=(), title="Who is left?", publisher="BBC")
UNDATED = source(
    kind="un", publisher="Europol", authors=(), title="Facts", published=None, accessed=PartialDate(2026, 1, 3)
)
EDITED = source(
    kind="think_tank",
    publisher="ICCT",
    authors=("Bibi van Ginkel", "Eva Entenmann (eds)"),
    title="Profiles, Threats & 5% Policies",
)
QUOTED = source(authors=(), title="“Joiners fall”", publisher="HLN")
ARABIC = source(title="المقاتلون الأجانب", publisher="الحرة", authors=("علي محمد",), language="ar")
ADDRESS = source(url="https://example.org/a_b~c#d?x=1&y=2%20")
URL = "https://example.org/flow"

KNOWN_GOOD = [
    (NEWS, "short", "The Washington Post, 9 September 2016"),
    (NEWS, "apa", f"Witte, G. (2016, September 9). Flow of foreign fighters plummets. The Washington Post. {URL}"),
    (NEWS, "chicago", f"Witte, Griff. 2016. “Flow of Foreign Fighters Plummets.” The Washington Post, September 9. {URL}."),
    (NEWS, "harvard", f"Witte, G. (2016) ‘Flow of foreign fighters plummets’, The Washington Post, 9 September. Available at: {URL}."),
    (SEVERAL, "apa", f"Witte, G., Raghavan, S., & McAuley, J. (2016, September 9). Flow of foreign fighters plummets. The Washington Post. {URL}"),
    (SEVERAL, "chicago", f"Witte, Griff, Sudarsan Raghavan, and James McAuley. 2016. “Flow of Foreign Fighters Plummets.” The Washington Post, September 9. {URL}."),
    (SEVERAL, "harvard", f"Witte, G., Raghavan, S. and McAuley, J. (2016) ‘Flow of foreign fighters plummets’, The Washington Post, 9 September. Available at: {URL}."),
    (REPORT, "apa", f"The Soufan Group. (2015). Foreign fighters. {URL}"),
    (REPORT, "chicago", f"The Soufan Group. 2015. Foreign Fighters. {URL}."),
    (REPORT, "harvard", f"The Soufan Group (2015) Foreign fighters. Available at: {URL}."),
    (UNSIGNED, "apa", f"Syriestrijders, oudste 70. (2016, August). VTM Nieuws. {URL}"),
    (UNSIGNED, "chicago", f"VTM Nieuws. 2016. “Syriestrijders, oudste 70.” August. {URL}."),
    (UNSIGNED, "harvard", f"VTM Nieuws (2016) ‘Syriestrijders, oudste 70’, August. Available at: {URL}."),
    (QUESTION, "apa", f"Who is left? (2016, September 9). BBC. {URL}"),
    (QUESTION, "chicago", f"BBC. 2016. “Who Is Left?” September 9. {URL}."),
    (QUOTED, "apa", f"“Joiners fall”. (2016, September 9). HLN. {URL}"),
    (QUOTED, "chicago", f"HLN. 2016. “‘Joiners Fall.’” September 9. {URL}."),
    (QUOTED, "harvard", f"HLN (2016) ‘“Joiners fall”’, 9 September. Available at: {URL}."),
    (UNDATED, "apa", f"Europol. (n.d.). Facts. Retrieved January 3, 2026, from {URL}"),
    (UNDATED, "chicago", f"Europol. n.d. Facts. Accessed January 3, 2026. {URL}."),
    (UNDATED, "harvard", f"Europol (no date) Facts. Available at: {URL} (Accessed: 3 January 2026)."),
    (EDITED, "apa", f"van Ginkel, B., & Entenmann, E. (Eds.). (2016). Profiles, Threats & 5% Policies. ICCT. {URL}"),
    (EDITED, "chicago", f"van Ginkel, Bibi, and Eva Entenmann, eds. 2016. Profiles, Threats & 5% Policies. ICCT. {URL}."),
    (EDITED, "harvard", f"van Ginkel, B. and Entenmann, E. (eds) (2016) Profiles, Threats & 5% Policies. ICCT. Available at: {URL}."),
    (ARABIC, "apa", f"علي محمد. (2016, September 9). المقاتلون الأجانب. الحرة. {URL}"),
    (ADDRESS, "apa", "Witte, G. (2016, September 9). Flow of foreign fighters plummets. The Washington Post. https://example.org/a_b~c#d?x=1&y=2%20"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "style", "expected"), KNOWN_GOOD)
def test_a_source_is_cited_as_the_manual_asks(cited: Source, style: str, expected: str) -> None:
    assert cite(cited, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "apa",
            "Hegghammer, T. (2010). The rise of Muslim foreign fighters: Islam and the globalization of jihad. "
            "International Security, 35(3), 53–94.",
        ),
        (
            "chicago",
            "Hegghammer, Thomas. 2010. “The Rise of Muslim Foreign Fighters: Islam and the Globalization of Jihad.” "
            "International Security 35 (3): 53–94.",
        ),
        (
            "harvard",
            "Hegghammer, T. (2010) ‘The rise of Muslim foreign fighters: Islam and the globalization of jihad’, "
            "International Security, 35(3), pp. 53–94.",
        ),
    ],
)
def test_a_journal_article_is_cited_with_volume_and_pages(style: str, expected: str) -> None:
    assert styled(JOURNAL, style) == expected


def test_the_dataset_is_cited_with_its_revision_and_date() -> None:
    cited = cite_dataset(12, date(2026, 5, 3), "apa", answer="k7f2q9")
    assert cited == (
        "Inflow. (2026). Inflow: published figures on foreign fighters in Syria and Iraq "
        "(data revision 12, answer k7f2q9) [Data set]."
    )
    assert cite_dataset(12, date(2026, 5, 3), "short") == "Inflow, data revision 12, 3 May 2026"
    assert "(data revision 12).” " not in cite_dataset(12, None, "chicago")


def test_an_unknown_style_says_which_there_are() -> None:
    with pytest.raises(StyleUnknown) as raised:
        cite(NEWS, "vancouver")
    assert raised.value.known == styles()


def test_every_source_of_the_dataset_becomes_csl_json_and_itself_again() -> None:
    """All but what only curators see."""
    sources = [replace(entry, desk_note="", accepted="") for entry in built_in().sources]
    assert [from_csl(json.loads(json.dumps(to_csl(entry)))) for entry in sources] == sources


def test_no_source_of_the_dataset_is_cited_with_its_title_twice() -> None:
    kinds = {(entry.kind, bool(entry.authors), len(entry.title) // 40): entry for entry in built_in().sources}
    for entry in kinds.values():
        for style in ("apa", "harvard"):
            assert cite(entry, style).count(entry.title) <= max(1, entry.publisher.count(entry.title)), entry.id


def test_many_sources_are_cited_once_each_in_alphabetical_order() -> None:
    assert cite_many([NEWS, REPORT, NEWS], "apa").splitlines() == [cite(REPORT, "apa"), cite(NEWS, "apa")]
