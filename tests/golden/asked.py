"""What the golden files show: questions in a member's words, each answered on the data that comes with the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.answers.answer import Answer
from bot.answers.compose import compose
from bot.questions.reader import Reader
from db.model.records import Holdings
from tests.built_in import built_in

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the name of its golden files."""

    name: str
    question: str
    locale: str = "en"


QUESTIONS = (
    # the acceptance questions
    Asked("belgians_2016", "How many Belgians left for Syria in 2016?"),
    Asked("americans_since_2016", "americans since january 2016"),
    Asked("world_by_2015", "how many people had gone by end of 2015"),
    Asked("peak_rate", "monthly flow at the peak"),
    Asked("inflow_2016", "inflow 2016"),
    Asked("typo_tunisia", "Tunisa 2015"),
    Asked("congo", "congo"),
    Asked("paris", "paris"),
    Asked("person", "who is the most wanted fighter"),
    # bad input
    Asked("empty", ""),
    Asked("too_long", "how many " * 500),
    Asked("markdown", "**bold** @everyone [x](https://example.org)"),
    Asked("sql", "'; DROP TABLE figures; --"),
    # every block
    Asked("compare", "compare France and Germany"),
    Asked("compare_per_million", "Belgium vs France per capita"),
    Asked("rank", "top 5 in western europe"),
    Asked("rank_per_million", "top 3 per million"),
    Asked("total_region", "all of the balkans put together"),
    Asked("total_named", "Sweden, Norway and Denmark in total"),
    Asked("share", "what share of Belgians came back"),
    Asked("share_women", "percentage of women among the french"),
    Asked("trend", "Belgium by year, departures over time"),
    Asked("trend_of_one", "did the number of brits go down after 2015"),
    Asked("position", "where does belgium rank in western europe per capita"),
    Asked("sources", "sources for Belgium 2016 departures"),
    Asked("disputes", "high and low for Jordan"),
    Asked("coverage", "what do you have on Kazakhstan"),
    Asked("coverage_all", "what data do you have"),
    Asked("define", "what does returned mean"),
    Asked("define_region", "which countries are in the western balkans"),
    Asked("help", "help"),
    Asked("no_data", "monthly rate for Cyprus in 2018"),
    Asked("sample", "tunisians in the entry-form leak"),
    Asked("known_on", "germany as known on 1 January 2015"),
    Asked("prediction", "how many will go in 2030"),
    # other languages
    Asked("belgians_2016_fr", "Combien de Belges sont partis en Syrie en 2016 ?", "fr"),
    Asked("belgians_2016_de", "Wie viele Belgier reisten 2016 nach Syrien?", "de"),
    Asked("belgians_2016_es", "¿Cuántos belgas fueron a Siria en 2016?", "es"),
    Asked("belgians_2016_ar", "How many Belgians left for Syria in 2016?", "ar"),
    Asked("rank_ar", "top 5 in western europe", "ar"),
)


@cache
def holdings() -> Holdings:
    """The dataset that comes with the program."""
    return built_in().holdings(revision=1)


@cache
def _reader() -> Reader:
    return Reader.load()


@cache
def answer_to(question: str) -> Answer:
    """The answer on the golden day."""
    return compose(_reader().read(question, today=TODAY), holdings(), question=question)
