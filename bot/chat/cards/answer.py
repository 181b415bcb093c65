"""An answer as a card: what the renderer draws, and below it what can be done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import discord
from discord import ui

from bot.answers.answer import Answer, AskBlock, OfferBlock, Outcome, SourcesBlock
from bot.answers.ways import Step
from bot.charts.reading import can_be_drawn
from bot.chat.cards.kept import Components, KeptView, owned, stand_in
from bot.chat.pressed import base36
from bot.chat.reference import Reference, TooLong, unread_payload, why_unread
from bot.chat.replies import Reply
from bot.chat.views import ROW_WIDTH, Button, button, button_width, chooser, layout, remove_button, rows_of, turns
from bot.questions.query import Choice, Intent, Refusal
from bot.render.glossary import asked_term
from bot.render.steps import step_label, steps_of
from bot.render.talk import choice_label
from bot.render.trace import Trace
from bot.render.why import has_why
from bot.words.in_english import in_english, language_to_tell
from bot.words.words import Words, words_of

if TYPE_CHECKING:
    from bot.render.cards import Card

MOST_CHOICES = 10
"""Choices that are buttons; more are a select."""
MOST_OFFERS = 4
MOST_STEPS = 3
"""Ways on below an answer, so that they are one row."""
OWNER = 15
"""Characters that stand before the question in the payload of "⋯"."""
EXAMPLES = ("help.example.1", "help.example.2", "help.example.3")


def reply_with(
    answer: Answer, *, owner: int, locale: str, page: int = 0, charts: bool = True, further: bool = False
) -> Reply:
    """An answer as a reply: a card with its controls; ``further`` shows those that stand behind "⋯"."""
    same = _Same(answer)
    drawn = _drawn(same, locale)
    page = max(0, min(page, drawn.page_count - 1)) if page else 0
    model = stand_in(owner)
    shown = _Shown(locale, page, charts, further)
    made = owned(_made(same, shown, model), model, owner)
    return Reply(view=KeptView(made, lambda: _view(answer, drawn, owner, shown)))


async def draw_aside(answer: Answer, locale: str) -> None:
    """Draw a card beside the event loop where it takes long: the first citation in a style takes half a second."""
    if any(isinstance(block, SourcesBlock) and block.style is not None for block in answer.blocks):
        await asyncio.to_thread(_drawn, _Same(answer), locale)


class _Shown(NamedTuple):
    """How a card is looked at."""

    locale: str
    page: int
    charts: bool
    further: bool


def _view(answer: Answer, drawn: Card, owner: int, shown: _Shown) -> ui.LayoutView:
    line = in_english(shown.locale)
    told = [ui.TextDisplay[ui.LayoutView](f"-# {line}")] if line else []
    return layout(drawn.container(shown.page), *told, *_controls(answer, owner, words_of(shown.locale), shown, drawn))


def pages_reply(answer: Answer, *, locale: str, most: int) -> list[Reply]:
    """The pages of an answer's long form, one a message, without controls: those below the first page stay there."""
    drawn = _drawn(_Same(answer), locale)
    pages = range(1 if drawn.opens_short else 0, drawn.page_count)[:most]
    return [Reply(view=layout(drawn.container(page))) for page in pages]


class _Same:
    """An answer known by its identity: comparing two answers takes longer than drawing one."""

    __slots__ = ("answer",)

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __hash__(self) -> int:
        return id(self.answer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.answer is self.answer


@lru_cache(maxsize=128)
def _drawn(same: _Same, locale: str) -> Card:
    """An answer as a card; what is asked again is not drawn again."""
    from bot.render.cards import card

    return card(same.answer, locale)


@lru_cache(maxsize=128)
def _made(same: _Same, shown: _Shown, owner: int) -> Components:
    """What is sent of an answer's card to the owner of a length; what is asked again is not made again."""
    view = _view(same.answer, _drawn(same, shown.locale), owner, shown)
    made: Components = view.to_components()  # type: ignore[no-untyped-call]
    return made


def trace_reply(trace: Trace, reference: Reference, *, locale: str) -> Reply:
    """Where an answer's claims come from, for whoever asked to see it."""
    from bot.render.cards import trace_card

    return _leafed(trace_card(trace, locale), reference, "srcp", locale)


def why_reply(answer: Answer, reference: Reference, *, locale: str) -> Reply:
    """Why a number opens its answer, for whoever asked."""
    from bot.render.cards import why_card

    return _leafed(why_card(answer, locale), reference, "whyp", locale)


def _leafed(drawn: Card, reference: Reference, verb: str, locale: str) -> Reply:
    """One page of a list, with buttons to the page before and the page after, shown to the asker alone."""
    words = words_of(locale)
    page = max(0, min(reference.page, drawn.page_count - 1))
    buttons = turns(words, verb, page, drawn.page_count, lambda to: reference.on_page(to).payload(verb))
    return Reply(view=layout(drawn.container(page), *rows_of(buttons)), private=True)


def _controls(
    answer: Answer, owner: int, words: Words, shown: _Shown, drawn: Card
) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    asked = next((block for block in answer.blocks if isinstance(block, AskBlock)), None)
    if asked is not None and asked.choices:
        yield from _choices(asked.choices, answer, owner, words, shown.locale)
        yield from rows_of([*_report_unread(answer, words), remove_button(owner)])
        return
    query = answer.reading.query
    if query is None or query.intent is Intent.HELP or answer.outcome in (Outcome.REFUSED, Outcome.ASK):
        yield from rows_of([*examples(owner, words), *_report_unread(answer, words), remove_button(owner)])
        return
    told = language_to_tell(shown.locale)
    # A button would carry the question of a definition, and not of which word.
    if query.intent is Intent.DEFINE and asked_term(answer):
        yield from rows_of([*_onward(answer, owner, words, told), remove_button(owner)])
        return
    reference = Reference(query, answer.revision, shown.page, answer.reading.helped, told)
    yield from _choices(
        tuple(Choice("", block.query) for block in _offered(answer)), answer, owner, words, shown.locale
    )
    more = () if shown.further else (*_more(reference, owner, words),)
    wrong = _about(reference.on_page(0), words, "misread", "mis") if answer.reading.helped else ()
    first = [*wrong, *_turns(reference, owner, words, drawn), *_evidence(answer, reference, words, shown.charts), *more]
    yield from rows_of(first)
    if not (shown.page or shown.further):
        yield from rows_of(_onward(answer, owner, words, told))
    if shown.further or not more:
        # Rows that a phone does not break once more.
        yield from rows_of(_further(answer, reference, owner, words))
        thread = _about(reference.on_page(0), words, "thread", "thr", owner=owner) if drawn.has_more else ()
        yield from rows_of([*thread, *_about(reference, words, "report", "rep"), remove_button(owner)])


def _more(reference: Reference, owner: int, words: Words) -> Iterator[Button]:
    """The button that shows what else can be done. Everybody may press it: the card stays its asker's."""
    with suppress(TooLong):
        payload = f"{base36(owner)}~~{reference.payload('more', room=OWNER)}"
        yield button(words.say("button.further"), "more", payload)


def _onward(answer: Answer, owner: int, words: Words, told: str) -> Iterator[Button]:
    """The other reading, which takes the card's place, and questions that anybody may ask next: a message each."""
    for step, label in _in_one_row(answer, words):
        reference, is_other = Reference(step.query, answer.revision, locale=told), step in answer.otherwise
        verb, whose = ("pick", owner) if is_other else ("next", None)
        style = discord.ButtonStyle.primary if is_other else discord.ButtonStyle.secondary
        with suppress(TooLong):
            yield button(label, verb, reference.payload(verb, owner=whose), owner=whose, style=style)


def _in_one_row(answer: Answer, words: Words) -> Iterator[tuple[Step, str]]:
    """Ways on with their labels, as many as a phone shows side by side; the first in any case, none that is offered."""
    offered = {block.query for block in _offered(answer)}
    room = float(ROW_WIDTH)
    for step in [step for step in steps_of(answer) if step.query not in offered][:MOST_STEPS]:
        label = words.line(step_label(step, answer, words))
        if room == ROW_WIDTH or button_width(label) <= room:
            room -= button_width(label)
            yield step, label


def _evidence(answer: Answer, reference: Reference, words: Words, charts: bool) -> Iterator[Button]:
    if answer.claims:
        yield from _about(reference, words, "sources", "src")
        if charts and can_be_drawn(answer):
            yield from _about(reference, words, "chart", "cht")


def _further(answer: Answer, reference: Reference, owner: int, words: Words) -> Iterator[Button]:
    if has_why(answer):
        yield from _about(reference.on_page(0), words, "why", "why")
    if answer.claims:
        yield from _about(reference, words, "data", "dat")
    yield from _about(reference, words, "change", "chg", owner=owner)


def _turns(reference: Reference, owner: int, words: Words, drawn: Card) -> Iterator[Button]:
    """To the page before and the page after; from the short form to the whole and back."""
    page = reference.page
    if page:
        name = "short" if drawn.opens_short and page == 1 else "previous"
        yield from _about(reference.on_page(page - 1), words, name, "page", owner=owner)
    if drawn.has_more if page == 0 else page + 1 < drawn.page_count:
        first = drawn.opens_short and page == 0
        style = discord.ButtonStyle.primary if first else discord.ButtonStyle.secondary
        name = "all" if first else "next"
        yield from _about(reference.on_page(page + 1), words, name, "page", owner=owner, style=style)


def _about(
    reference: Reference,
    words: Words,
    name: str,
    verb: str,
    *,
    owner: int | None = None,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Iterator[Button]:
    """A button about an answer; none where its question is too long for one, as with dozens of places."""
    with suppress(TooLong):
        yield button(words.say(f"button.{name}"), verb, reference.payload(verb, owner=owner), owner=owner, style=style)


def _report_unread(answer: Answer, words: Words) -> Iterator[Button]:
    """A refusal may be wrong too."""
    kind = why_unread(answer)
    if kind is not None and kind is not Refusal.SOCIAL:
        yield button(words.say("button.report"), "rep", unread_payload(kind))


def examples(owner: int | None, words: Words) -> Iterator[Button]:
    """Three questions that can be asked with one tap."""
    for number, key in enumerate(EXAMPLES, 1):
        yield button(words.say(key), "ex", f"{number}.{words.locale}", owner=owner)


def _offered(answer: Answer) -> list[OfferBlock]:
    """What is held instead, each with a button of its own."""
    if answer.outcome is not Outcome.NO_DATA:
        return []
    return [block for block in answer.blocks if isinstance(block, OfferBlock)][:MOST_OFFERS]


def _choices(
    choices: tuple[Choice, ...], answer: Answer, owner: int, words: Words, locale: str
) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    """One button for each way out of a doubt; a select where they are many. Equal ways are shown once."""
    ways: dict[str, str] = {}
    for choice in choices:
        try:
            reference = Reference(choice.query, answer.revision, locale=language_to_tell(locale))
            payload = reference.payload("pick", owner=owner)
        except TooLong:
            continue
        label = choice_label(choice, words)
        if payload not in ways and label not in ways.values():
            ways[payload] = label
    if len(ways) <= MOST_CHOICES:
        yield from rows_of(
            button(label, "pick", payload, owner=owner, style=discord.ButtonStyle.primary)
            for payload, label in ways.items()
        )
        return
    options = [discord.SelectOption(label=label[:100], value=payload) for payload, label in ways.items()]
    yield chooser("pick", options, owner=owner)
