"""Buttons and forms that nobody offered: forged, stale, another member's; each is answered, and changes nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simcord import MemberActor

from bot.chat.demo import Stage
from bot.chat.errors import say_in
from bot.chat.options import Parts
from bot.chat.pressed import ID_LENGTH, base36
from bot.chat.reference import Reference
from bot.questions.query import Intent, Query
from db.model.values import PartialDate, Period
from tests.fuzz.pressing import Presser
from tests.fuzz.shapes import CELLS, TEXTS
from tests.often import often
from tests.stories.reading import text_of

ONE_STAGE = settings(max_examples=often(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Nothing is changed, so that one stage serves all examples."""

GENUINE = (
    Reference(Query(Intent.LOOKUP, ("BE",)), 1),
    Reference(Query(Intent.RANK, ("R:world",), "travelled", top=5), 1, 2),
    Reference(Query(Intent.COMPARE, ("FR", "DE"), period=Period(PartialDate.parse("2014"), None)), 1),
    Reference(Query(Intent.TREND, ("TN",)), 10**9, 10**6),
    Reference(Query(Intent.TOTAL, ("R:western_europe",), per_million=True), 0),
)
PAYLOADS = st.one_of(
    st.sampled_from([reference.payload("src", owner=2**63) for reference in GENUINE]),
    st.sampled_from(
        ["", "0", "1", "2", "-1", "99999999999999999999", "1.2", "..", "1.0.", "zz.zz.!l!pBE", "a:b:c", "-person"]
    ),
    CELLS,
    TEXTS,
)
FIELDS = st.sampled_from(("value", "as_of", "period", "locator", "because", "words", "text", "note", "what", "x"))


def identity(verb: str, owner: int | None, payload: str) -> str:
    """A custom id as long as Discord lets one be."""
    return f"i1:{verb}:{base36(owner) if owner else ''}:{payload}"[:ID_LENGTH]


@ONE_STAGE
@given(verb=st.integers(0, 99), payload=PAYLOADS, values=st.lists(PAYLOADS, max_size=2), owned=st.booleans())
async def test_a_forged_press_of_a_member_is_answered_and_changes_nothing(
    stage: Stage, parts: Parts, verb: int, payload: str, values: list[str], owned: bool
) -> None:
    await tried(stage, parts, stage.member, verb, payload, values, owned)


@ONE_STAGE
@given(verb=st.integers(0, 99), payload=PAYLOADS, values=st.lists(PAYLOADS, max_size=2), owned=st.booleans())
async def test_a_forged_press_of_a_moderator_writes_nothing_either(
    stage: Stage, parts: Parts, verb: int, payload: str, values: list[str], owned: bool
) -> None:
    await tried(stage, parts, stage.moderator, verb, payload, values, owned)


async def tried(
    stage: Stage, parts: Parts, who: MemberActor, verb: int, payload: str, values: list[str], owned: bool
) -> None:
    presser = await Presser.at(stage)
    custom_id = identity(presser.verbs[verb % len(presser.verbs)], who.id if owned else None, payload)
    await presser.press(who, custom_id, values)
    assert await parts.dataset.revision() == 1


@ONE_STAGE
@given(verb=st.integers(0, 99), payload=PAYLOADS)
async def test_a_control_of_somebody_else_is_refused_whatever_it_carries(
    stage: Stage, parts: Parts, verb: int, payload: str
) -> None:
    presser = await Presser.at(stage)
    custom_id = identity(presser.verbs[verb % len(presser.verbs)], stage.moderator.id, payload)
    seen = await presser.press(stage.member, custom_id)
    assert seen.ephemeral
    assert text_of(seen) == say_in("en", "kind.not_your_control")


@ONE_STAGE
@given(custom_id=st.one_of(TEXTS, st.from_regex(r"i[0-9]:[a-z]{1,12}:[0-9a-z]{0,13}:.{0,20}", fullmatch=True)))
async def test_an_id_of_another_version_or_of_none_is_told_so(stage: Stage, custom_id: str) -> None:
    presser = await Presser.at(stage)
    verb = custom_id.split(":")[1] if custom_id.startswith("i1:") else ""
    seen = await presser.press(stage.member, custom_id[:ID_LENGTH])
    if verb not in presser.verbs:
        assert text_of(seen) in (say_in("en", "kind.control_old"), say_in("en", "kind.not_your_control"))


@ONE_STAGE
@given(
    verb=st.sampled_from(("deskform", "undoform", "rejform", "annform", "gapform", "rf", "chgs", "src", "write")),
    payload=PAYLOADS,
    fields=st.dictionaries(st.one_of(FIELDS, st.text(max_size=8)), st.one_of(CELLS, TEXTS), max_size=5),
    moderator=st.booleans(),
)
async def test_a_form_that_was_never_opened_is_answered_and_changes_nothing(
    stage: Stage, parts: Parts, verb: str, payload: str, fields: dict[str, str], moderator: bool
) -> None:
    who = stage.moderator if moderator else stage.member
    presser = await Presser.at(stage)
    await presser.submit(who, identity(verb, who.id, payload), fields)
    assert await parts.dataset.revision() == 1
