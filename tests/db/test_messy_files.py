"""Tables as teams have them, in any language: columns are known by what stands in them, and what is unsure is asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.edits.change import FigureChange
from db.edits.summary import value_text
from db.imports.importing import ImportFile, Wishes, plan_import
from db.store.engine import Database

GONE = {"source": "tsg_2015", "measure": "travelled"}
IN_TIME = {"source": "tsg_2015", "measure": "travelled_in_period"}


def book(*sheets: Callable[[Worksheet], None]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, fill in enumerate(sheets):
        fill(made.create_sheet(f"Sheet {number + 1}"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _merged_header(page: Worksheet) -> None:
    page.append(["Pays", "Effectif", None, "Date"])
    page.append([None, "min", "max", None])
    page.append(["Maroc", 1200, 1500, "oct. 2015"])
    page.append(["Algérie", 170, 170, "oct. 2015"])
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        page.merge_cells(cells)


def _merged_labels(page: Worksheet) -> None:
    for line in [("Country", "Year", "Departures"), ("Norway", 2013, 30), (None, 2014, 40), ("Denmark", 2013, 50)]:
        page.append(line)
    page.merge_cells("A2:A3")


def _merged_number(page: Worksheet) -> None:
    for line in [("Country", "Fighters"), ("Norway", 40), ("Denmark", None)]:
        page.append(line)
    page.merge_cells("B2:B3")


def _cover(page: Worksheet) -> None:
    page["A1"] = "Foreign fighters: internal use"


def _estimates(page: Worksheet) -> None:
    page.append(["ISO-3\ncode", "Country\nname", "Low\nestimate", "High\nestimate", "Date of\nestimate"])
    page.append(["GBR", "United Kingdom", 700, "760", date(2015, 11, 1)])
    page.append(["BIH", "Bosnia & Herzegovina", 330, 330.0, datetime(2015, 12, 1)])
    page.append([])
    page.append(["Source: national authorities; own compilation."])


def _two_tables(page: Worksheet) -> None:
    lines = [["Table 1. Men"], ["Country", "Number"], ["Kosovo", 300], ["Table 2. Women"], ["Country", "Number"]]
    for line in [*lines, ["Kosovo", 40]]:
        page.append(line)


@dataclass(frozen=True)
class Messy:
    """A file, what holds for all of it, and what comes of it."""

    data: str | bytes
    fixed: dict[str, str]
    says: Sequence[str] = ()
    told: Sequence[str] = ()
    """Parts of what is told of how it was read."""
    refused: Sequence[str] = ()
    """Parts of each fault, where a person has to decide."""
    columns: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


FILES = {
    "German, with footnotes, no data and a total": Messy(
        "Ausgereiste nach Herkunftsland\nStand: 31.12.2015\n\nHerkunftsland;Anzahl Personen¹;Stand\n"
        "Österreich;300;31.12.2015\nBelgien¹;470²;31.12.2015\nMalta;k. A.;31.12.2015\nTschechien;–;31.12.2015\n"
        "Gesamt;3230;\n\n¹ kumuliert seit 2011\n",
        GONE,
        ["AT 300 2015-12-31", "BE 470 2015-12-31"],
        ["Herkunftsland → place, Anzahl Personen¹ → value", "1 row of Gesamt"],
        left_out=("Gesamt",),
    ),
    "the same, whose total nobody spoke of": Messy(
        "Herkunftsland;Personen\nÖsterreich;300\nGesamt;300\n",
        {**GONE, "as_of": "2015"},
        refused=["'Gesamt' is no place that is held"],
    ),
    "points in every number of three cells": Messy(
        "Land;Zahl;Datum\nFrankreich;1.700;2015\nRussland;2.400;2015\nJordanien;2.000;2015\n",
        GONE,
        ["FR 1700 2015", "RU 2400 2015", "JO 2000 2015"],
        ["points group thousands: 1.500 is 1500"],
    ),
    "a header of two lines, merged": Messy(
        book(_merged_header), GONE, ["MA 1200–1500 2015-10", "DZ 170 2015-10"], ["merged cells: each label"]
    ),
    "labels merged over rows": Messy(
        book(_merged_labels), IN_TIME, ["NO 30 2013/2013", "NO 40 2014/2014", "DK 50 2013/2013"]
    ),
    "a number merged over rows is one number": Messy(
        book(_merged_number), {**GONE, "as_of": "2015"}, ["NO 40 2015"], ["1 row without a value"]
    ),
    "a cover sheet before the table, text beside numbers": Messy(
        book(_cover, _estimates),
        GONE,
        ["GB 700–760 2015-11-01", "BA 330 2015-12-01"],
        ["sheet 'Sheet 2' is read", "Low estimate → low"],
    ),
    "Spanish, tabs": Messy(
        "País\tCombatientes\tFecha\nEspaña\tunos 100\tnov. 2014\nArgentina\tn/d\tnov. 2014\n"
        "Países Bajos\tal menos 180\tnov. 2014\nAlemania\tentre 550 y 600\tnov. 2014\n",
        GONE,
        ["ES ~100 2014-11", "NL ≥180 2014-11", "DE 550–600 2014-11"],
        ["Fecha → when, Combatientes → value"],
    ),
    "Arabic, with its own digits": Messy(
        'البلد,العدد,التاريخ\nتونس,٣٠٠٠,2014\nالأردن,"أكثر من ٢٠٠٠",٢٠١٤\n', GONE, ["TN 3000 2014", "JO >2000 2014"]
    ),
    "Russian, UTF-16, blanks in numbers": Messy(
        "Страна\tКоличество\tНа дату\nРоссия\tоколо 1\u00a0700\tсентябрь 2015\nУзбекистан\t>\u00a0500\tсентябрь 2015\n"
        "".encode("utf-16"),
        GONE,
        ["RU ~1700 2015-09", "UZ >500 2015-09"],
    ),
    "Italian, a month in words beside its year": Messy(
        "Paese;Anno;Mese;Partiti\nItalia;2015;ottobre;87\nCroazia;2015;ottobre;nessuno\n",
        GONE,
        ["IT 87 2015-10", "HR 0 2015-10"],
        ["Mese → month"],
    ),
    "Swiss apostrophes, bounds in words": Messy(
        "Staat;Zahl;Datum\nSchweiz;ca. 80;Dez. 2015\nSaudi-Arabien;2'500;Okt. 2015\nItalien;mind. 87;Okt. 2015\n"
        "Indien;weniger als 50;Okt. 2015\nPortugal;bis zu 12;Okt. 2015\n",
        GONE,
        ["CH ~80 2015-12", "SA 2500 2015-10", "IT ≥87 2015-10", "IN <50 2015-10", "PT ≤12 2015-10"],
    ),
    "quarters as columns": Messy(
        "Country,2014 Q1,2014 Q2,Q3 2014\nSweden,20,35,n/a\nFinland,5,–,10\n",
        IN_TIME,
        ["SE 20 2014-01/2014-03", "SE 35 2014-04/2014-06", "FI 5 2014-01/2014-03", "FI 10 2014-07/2014-09"],
        ["each of 3 columns is one time: 2014 Q1 to Q3 2014"],
    ),
    "quarters and halves as dates": Messy(
        'Quarter,Country of origin,No. of persons\nQ1 2014,Sweden,20\n2014-Q3,Finland,10\n4Q2014,Finland,"1,003"\n'
        "2. Halbjahr 2015,Norway,7\n1er trimestre 2014,Norway,3\n",
        IN_TIME,
        [
            "SE 20 2014-01/2014-03",
            "FI 10 2014-07/2014-09",
            "FI 1003 2014-10/2014-12",
            "NO 7 2015-07/2015-12",
            "NO 3 2014-01/2014-03",
        ],
    ),
    "a quarter is no day of a count": Messy(
        "Country,When,N\nSweden,Q1 2014,20\n", GONE, refused=["'Q1 2014' is not a date"]
    ),
    "measures as columns, by wish": Messy(
        "Land;Uitgereisd;Teruggekeerd;Omgekomen\nNederland;260;40;42\n",
        {"source": "tsg_2015", "as_of": "2015"},
        ["NL 260 2015", "NL 40 2015", "NL 42 2015"],
        ["each of 3 columns is one measure: travelled to killed"],
        columns=(("Uitgereisd", "travelled"), ("Teruggekeerd", "returned"), ("Omgekomen", "killed")),
    ),
    "measures as columns, by their names here": Messy(
        "Country,Travelled,Returned\nMalta,3,1\n", {"source": "tsg_2015", "as_of": "2015"}, ["MT 3 2015", "MT 1 2015"]
    ),
    "several numbers a row": Messy(
        "Land;Uitgereisd;Teruggekeerd\nNederland;260;40\n",
        {"source": "tsg_2015", "as_of": "2015"},
        refused=["measure: stands in no column", "value: stands in no column"],
    ),
    "two tables in one sheet": Messy(book(_two_tables), {**GONE, "as_of": "2015"}, refused=["is the header again"]),
    "Markdown": Messy(
        "| Country | Estimate | As of |\n|---|---:|---|\n| Ireland | ~30 | Oct 2015 |\n| Malta | unknown | 2015 |\n",
        GONE,
        ["IE ~30 2015-10"],
    ),
    "regions above their countries, rows numbered, shares beside": Messy(
        "#,Region / country,Foreign fighters (est.),Per million,Share\n1,Western Europe,5000,,\n"
        "2,  Belgium,470,42,9.4%\n\n3,Former Soviet Union,4700,,\n4,  Kazakhstan,300,17,6.4%\n",
        {**GONE, "as_of": "2015"},
        ["R:western_europe 5000 2015", "BE 470 2015", "R:former_soviet_union 4700 2015", "KZ 300 2015"],
        ["left out: #, Per million, Share"],
    ),
    "words where a number belongs": Messy(
        "Country,People who left,When\nAustralia,about 120 (including 20 women),2015\nCanada,100 to 130,2015\n"
        "Spain,one hundred,2014\nJapan,fewer than 10,2014\n",
        GONE,
        refused=["'120 (including 20 women)' is not", "'one hundred' is not"],
    ),
    "a table of which nothing is said": Messy(
        "Stand: 2015\n\nHerkunft;Personen\nÖsterreich;300\nMalta;3\n",
        {},
        refused=["measure: stands in no column", "source: stands in no column"],
    ),
    "two columns of countries": Messy(
        "A,B,C\nMalta,Syria,3\nBelgium,Iraq,4\n", {**GONE, "as_of": "2015"}, refused=["place: stands in no column"]
    ),
    "a web page as .xls": Messy(
        "<html><table><tr><td>Malta</td><td>3</td></tr></table></html>", GONE, refused=["is a web page or XML"]
    ),
    "French, spaces in numbers": Messy(
        "Pays ; Départs ; Au\nFrance ; 1 200 ; 31/12/2014\nTunisie ; entre 5 500 et 6 500 ; 31/12/2014\n"
        "Suisse ; n.c. ;\n",
        GONE,
        ["FR 1200 2014-12-31", "TN 5500–6500 2014-12-31"],
    ),
    "Turkish": Messy(
        "Ülke;Kişi sayısı;Tarih\nAlmanya;760;Kasım 2015\nKosova;en az 232;Kasım 2015\n",
        GONE,
        ["DE 760 2015-11", "XK ≥232 2015-11"],
    ),
    "a year in the header of its number": Messy(
        "Rank,Country,Estimate 2015\n1,Tunisia,6000\n2,Jordan,2000\n3,Malta,3\n",
        {**GONE, "as_of": "2015"},
        ["TN 6000 2015", "JO 2000 2015", "MT 3 2015"],
    ),
    "one year over two columns": Messy("Country,2014,2014\nMalta,1,2\n", GONE, refused=["value: stands in no column"]),
    "groups as columns": Messy(
        "Country,Men,Women,Date\nKosovo,300,40,2015-11\n",
        GONE,
        ["XK 300 2015-11", "XK 40 2015-11"],
        ["each of 2 columns is one group: men to women"],
    ),
    "measures named in rows, with capitals": Messy(
        "Country;Year;Variable;Value\nKosovo;2014;Travelled;300\nAlbania;2014;Killed;13\n",
        {"source": "tsg_2015"},
        ["XK 300 2014", "AL 13 2014"],
    ),
    "day and month that may be swapped": Messy(
        "Land;Aantal;Peildatum\nBelgië;420;01-11-2015\n", GONE, refused=["may be 2015-11-01 or 2015-01-11"]
    ),
    "JSON": Messy('[{"country": "Norway", "count": 81}]', GONE, refused=["is JSON, and holds no references"]),
    "a PDF": Messy(b"%PDF-1.4\n%\xe2\xe3", GONE, refused=["is a PDF"]),
}


@pytest.mark.parametrize("kind", FILES)
async def test_a_messy_file_comes_in_or_asks_what_only_a_person_knows(
    filled_database: Database, now: datetime, kind: str
) -> None:
    case = FILES[kind]
    data = case.data.encode() if isinstance(case.data, str) else case.data
    wishes = Wishes(dict(case.columns), case.fixed, dict.fromkeys(case.left_out, ""))
    names = place_names(Resolver.load())
    plan = await plan_import(filled_database, ImportFile(data, "new", wishes=wishes or Wishes()), at=now, names=names)
    faults = list(map(str, plan.refused))
    assert len(faults) == len(case.refused), faults
    assert all(any(part in fault for fault in faults) for part in case.refused), faults
    assert [_short(change) for change in plan.changes if isinstance(change, FigureChange)] == list(case.says)
    assert all(any(part in remark for remark in plan.remarks) for part in case.told), plan.remarks


def _short(change: FigureChange) -> str:
    figure = change.after
    when = figure.as_of or f"{figure.period.start}/{figure.period.end}"
    return f"{figure.place} {value_text(figure)} {when}"


async def test_a_mark_that_was_left_out_is_told(filled_database: Database, now: datetime) -> None:
    data = "Country,Number,As of\nMalta,470²,2015\n".encode()
    plan = await plan_import(
        filled_database, ImportFile(data, "new", wishes=Wishes(fixed=GONE)), at=now, names=place_names(Resolver.load())
    )
    assert [(part.written, part.meant) for part in plan.readings if part.column == "value"] == [("470²", "470")]
