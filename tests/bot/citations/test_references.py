"""Reference files come back in as sources: ours without a change, others by title, people, date, kind and address."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache

import pytest

from bot.citations.bibtex import to_bibtex
from bot.citations.csl import CslItem, to_csl
from bot.citations.references import BrokenReferences, table_of_references
from bot.citations.ris import to_ris
from db.imports.importing import ImportFile, Plan, Wishes, plan_import
from db.store.engine import Database
from tests.built_in import built_in

BIBTEX = r"""
% a library
@techreport{Barrett2014, author={Barrett, Richard and {Department for Education}}, institution={The Soufan Group},
  title={{Foreign Fighters in Syria} \& elsewhere}, year=2014, month=jun,
  url={https://example.org/a_b}, langid={english}}
@article{x, author={Fern\'andez D\'{\i}az, Jorge and others}, journal={Annals}, title={On \emph{ISIS}},
  date={2015-10-00}, doi={10.1234/abc.5}}
@online{1, title={A page}, urldate={2016-01-02}, year={n.d.}, url={https://example.org/page}}
"""
RIS = """TY  - NEWS
AU  - Barrett, Richard
TI  - Foreign fighters
T2  - Le Monde
PY  - 2015
DA  - 2015/10/03/
UR  - https://example.org/a
LA  - fr
ER  -

TY  - JOUR
TI  - Another
DO  - https://doi.org/10.1234/xyz
PY  - 2016
ER  -
"""
ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "report",
        "title": "Foreign fighters",
        "author": [{"family": "Ginkel", "given": "Bibi", "non-dropping-particle": "van"}, {"literal": "ICCT"}],
        "publisher": "ICCT",
        "issued": {"date-parts": [["2016", 4]]},
        "language": "en-US",
        "DOI": "10.19165/2016.1.02",
        "URL": "https://icct.nl/x",
    }
]


def rows_of(text: str) -> list[dict[str, str]]:
    table = table_of_references(text.encode())
    assert table is not None
    return list(csv.DictReader(io.StringIO(table.decode())))


def test_bibtex_is_read_with_its_latex_its_bodies_and_its_unknown_parts() -> None:
    report, article, page = rows_of(BIBTEX)
    assert report == {
        "id": "barrett2014",
        "title": "Foreign Fighters in Syria & elsewhere",
        "publisher": "The Soufan Group",
        "authors": "Barrett, Richard; {Department for Education}",
        "published": "2014-06",
        "accessed": "",
        "kind": "think_tank",
        "url": "https://example.org/a_b",
        "language": "en",
        "doi": "",
    }
    assert article["authors"] == "Fernández Díaz, Jorge; et al."
    assert (article["title"], article["published"], article["kind"]) == ("On ISIS", "2015-10-00", "academic")
    assert article["url"] == "https://doi.org/10.1234/abc.5"
    assert (page["published"], page["accessed"], page["id"]) == ("", "2016-01-02", "")


def test_ris_and_csl_json_are_read() -> None:
    news, article = rows_of(RIS)
    assert (news["title"], news["publisher"], news["published"]) == ("Foreign fighters", "Le Monde", "2015-10-03")
    assert (news["kind"], news["language"], news["authors"]) == ("news", "fr", "Barrett, Richard")
    assert (article["url"], article["published"]) == ("https://doi.org/10.1234/xyz", "2016")
    (report,) = rows_of(json.dumps(ZOTERO))
    assert report["authors"] == "van Ginkel, Bibi; {ICCT}"
    assert (report["published"], report["language"]) == ("2016-04", "en-US")
    assert (report["url"], report["doi"]) == ("https://icct.nl/x", "10.19165/2016.1.02")


@pytest.mark.parametrize("text", ["place,measure\n", "", "{}", "[1, 2]", '{"title": 3}', "TY  - \n", "an @example{"])
def test_what_is_no_reference_file_is_none(text: str) -> None:
    assert table_of_references(text.encode()) is None


@pytest.mark.parametrize(
    "text", ["@x{", "@misc{a, title=", "@misc{a, title={A}}\n@misc{a, title={B}}", '[{"title": "A"}']
)
def test_a_broken_reference_file_is_refused_with_what_its_reader_says(text: str) -> None:
    with pytest.raises(BrokenReferences, match=r"\w"):
        table_of_references(text.encode())


def as_json(items: list[CslItem]) -> str:
    return json.dumps(items)


FORMS: dict[str, Callable[[list[CslItem]], str]] = {"bib": to_bibtex, "ris": to_ris, "json": as_json}


@cache
def exported(form: str) -> str:
    """All sources of the package in a form."""
    return FORMS[form]([to_csl(source) for source in built_in().sources])


@pytest.mark.parametrize("form", FORMS)
async def test_our_own_exports_come_back_and_nothing_changes(
    filled_database: Database, now: datetime, form: str
) -> None:
    plan = await planned(filled_database, now, exported(form))
    assert (plan.refused, plan.changes) == ((), ())
    assert any("held already and passed over" in remark for remark in plan.remarks)


@pytest.mark.parametrize("form", FORMS)
def test_our_own_exports_keep_what_identifies_a_document(form: str) -> None:
    sources = {source.id: source for source in built_in().sources}
    read = {row["id"]: row for row in rows_of(exported(form))}
    assert read.keys() == sources.keys()
    for id, source in sources.items():
        row = read[id]
        assert row["title"] == " ".join(source.title.split())
        assert row["published"] == str(source.published or ""), id
        assert row["url"] == source.url.replace("{", "%7B").replace("}", "%7D"), id


async def test_what_is_held_is_passed_over_by_address_by_doi_and_by_title(
    filled_database: Database, now: datetime
) -> None:
    held = next(source for source in built_in().sources if source.url and source.published)
    year = held.published.year if held.published else 0
    text = f"""
    @misc{{other_key, title={{Something else}}, url={{{held.url.replace("https://", "http://")}/}}}}
    @misc{{another_key, title={{{held.title.upper()}}}, year={year}}}
    @misc{{{held.id}, title={{A new document under a key that is held}}, year=2014}}
    """
    plan = await planned(filled_database, now, text)
    assert plan.refused == ()
    (added,) = plan.added
    assert added.id != held.id
    (told,) = [remark for remark in plan.remarks if "held already" in remark]
    assert told.count(held.id) == 2


async def planned(database: Database, now: datetime, text: str) -> Plan:
    table = table_of_references(text.encode())
    assert table is not None
    return await plan_import(database, ImportFile(table, "library", wishes=Wishes(skip_held=True)), at=now)
