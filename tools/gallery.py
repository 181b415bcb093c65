"""Draw the pictures of the gallery from the dataset: ``python -m tools.gallery``, at the root of the repository."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.answers.compose import compose
from bot.charts.chart import Chart, Theme
from bot.charts.files import write_chart
from bot.charts.specs import chart_for, map_for, map_query
from bot.charts.worker import ChartWorker
from bot.questions.query import Intent, Query, Read
from bot.render.caption import caption
from db.model.records import Holdings
from db.model.values import PartialDate, Period
from db.package.datapackage import read_package

HERE = Path(__file__).resolve().parent.parent / "docs" / "gallery"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the gallery: what is asked and how it is shown."""

    name: str
    query: Query
    locale: str = "en"
    theme: Theme = "dark"
    as_map: bool = False


WESTERN = ("FR", "DE", "GB", "BE")
GALLERY = (
    Picture("trend-belgium", Query(Intent.TREND, ("BE",), "travelled_in_period")),
    Picture("trend-tunisia", Query(Intent.TREND, ("TN",), "travelled"), theme="light"),
    Picture("trend-world-rate", Query(Intent.TREND, ("R:world",), "monthly_rate")),
    Picture("dispute-turkey-2015", Query(Intent.DISPUTES, ("TR",), "travelled", period=Period.year(2015))),
    Picture(
        "dispute-russia-2015", Query(Intent.DISPUTES, ("RU",), "travelled", period=Period.year(2015)), theme="light"
    ),
    Picture("compare-western", Query(Intent.COMPARE, WESTERN, "travelled")),
    Picture("compare-missing", Query(Intent.COMPARE, ("BE", "IS", "VA"), "returned"), theme="light"),
    Picture("rank-western-europe", Query(Intent.RANK, ("R:western_europe",), "travelled", per_million=True, top=12)),
    Picture("total-nordic", Query(Intent.TOTAL, ("R:nordic",), "travelled"), theme="light"),
    Picture("map-world", map_query("R:world", "travelled"), as_map=True),
    Picture("map-europe", map_query("R:europe", "travelled", per_million=True), theme="light", as_map=True),
    Picture("map-middle-east", map_query("R:middle_east_and_north_africa", "travelled"), as_map=True),
    Picture("arabic-compare", Query(Intent.COMPARE, ("TN", "JO", "MA", "LB"), "travelled"), "ar"),
    Picture(
        "arabic-dispute",
        Query(Intent.DISPUTES, ("TR",), "travelled", period=Period(PartialDate(2015), PartialDate(2015))),
        "ar",
        "light",
    ),
    Picture("arabic-trend", Query(Intent.TREND, ("BE",), "travelled_in_period"), "ar"),
    Picture("arabic-map", map_query("R:maghreb", "travelled"), "ar", "light", as_map=True),
    Picture("german-rank", Query(Intent.RANK, ("R:western_balkans",), "travelled", top=10), "de", "light"),
)


def chart_of(picture: Picture, holdings: Holdings) -> Chart:
    """The chart of one picture; ValueError when the dataset has nothing to draw for it."""
    answer = compose(Read(picture.query), holdings, question=picture.name)
    draw = map_for if picture.as_map else chart_for
    chart = draw(answer, locale=picture.locale, theme=picture.theme, title=caption(answer, picture.locale))
    if chart is None:
        raise ValueError(f"nothing to draw for {picture.name}")
    return chart


async def main() -> None:
    """Write every picture, or those named on the command line, and the list of their alt texts."""
    holdings = read_package().holdings()
    named = sys.argv[1:]
    lines = [
        "# Gallery",
        "",
        "Made by `python -m tools.gallery` from the dataset in `db/data`. Each picture with its alt text.",
    ]
    async with ChartWorker() as charts:
        for picture in GALLERY:
            chart = chart_of(picture, holdings)
            lines += ["", f"## {chart.title}", "", f"![{picture.name}]({picture.name}.png)", "", chart.alt]
            if not named or picture.name in named:
                await write_chart(chart, HERE / f"{picture.name}.png", charts)
    await asyncio.to_thread((HERE / "README.md").write_text, "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
