"""Thousands of questions of every intent, each answer worked out anew from the data files by a plain evaluator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from random import Random

import pytest

from bot.answers.compose import compose
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from bot.render.payload import to_payload
from bot.render.payload_values import query_payload
from db.model.records import Destination, Who
from tests.audit.answers import faults
from tests.audit.files import ever_members, table
from tests.bot.answers.made import real, span

QUESTIONS = 2_400
SEED = 20
PERIODS = (
    *(("../..",) * 6),
    *("../2013-12-31", "../2015-12-31", "../2016", "2013-01-01/2013-12-31", "2015-01-01/2015-12-31"),
    *("2016-01-01/2016-12-31", "2016-09-01/2016-09-30", "2014-01-01/..", "2012-01-01/2017-12-31"),
)
WHO = (*((Who.EVERYONE,) * 8), Who.WOMEN, Who.MINORS)


@cache
def shelf() -> Shelf:
    return Shelf(real())


def questions(intent: Intent, count: int) -> Iterator[Query]:
    """Questions as they may be asked: places that are held more often than others, of one to three places."""
    rng = Random(f"{SEED} {intent}")
    held = [line["place"] for line in table("figures")]
    regions = [line["id"] for line in table("places") if line["id"].startswith("R:")]
    measures = [None, *(line["id"] for line in table("measures"))]
    for _ in range(count):
        several = intent in (Intent.COMPARE, Intent.TOTAL, Intent.SHARE, Intent.LOOKUP)
        number = rng.choice((1, 1, 2, 3)) if several else 1
        pool = regions if intent in (Intent.RANK, Intent.COVERAGE) or rng.random() < 0.25 else held
        places = [rng.choice(pool if index == 0 else [*held, *regions]) for index in range(number)]
        yield Query(
            intent,
            tuple(dict.fromkeys(places)),
            rng.choice((None, "travelled", "travelled_in_period", "returned", rng.choice(measures))),
            rng.choice(WHO),
            rng.choice((None, None, None, Destination.IQ, Destination.WIDER)),
            span(rng.choice(PERIODS)),
            per_million=intent in (Intent.RANK, Intent.COMPARE) and rng.random() < 0.3,
            top=rng.choice((None, 3, 10, 300)) if intent is Intent.RANK else None,
            peak=intent in (Intent.TREND, Intent.LOOKUP) and rng.random() < 0.1,
            known_on=date(rng.choice((2014, 2016, 2018)), rng.choice((1, 7)), 15) if rng.random() < 0.1 else None,
            without=_left_out(rng, places) if several and rng.random() < 0.2 else (),
        )


def _left_out(rng: Random, places: Sequence[str]) -> tuple[str, ...]:
    """A country of one of the regions that are asked."""
    countries = sorted({country for place in places if place.startswith("R:") for country in ever_members(place)})
    return (rng.choice(countries),) if countries else ()


@pytest.mark.parametrize("intent", Intent)
def test_every_answer_is_what_the_files_say(intent: Intent) -> None:
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    for query in questions(intent, QUESTIONS // len(Intent) + 1):
        answer = compose(Read(query), real(), question="", shelf=shelf())
        payload = to_payload(answer)
        asked = {**query_payload(query), "without": list(query.without)}
        kinds.update(block["type"] for block in payload["blocks"])  # type: ignore[union-attr,index,call-overload,misc]
        wrong += [f"{asked}: {fault}" for fault in faults(asked, payload)]
    assert wrong == []
    assert kinds
