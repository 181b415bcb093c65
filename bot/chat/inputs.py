"""What members type into options: read kindly, completed as they type, never an error while typing."""

from __future__ import annotations

import asyncio
import functools
import logging
import re
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import discord
from discord import app_commands
from rapidfuzz import fuzz, utils

from bot.chat.errors import KindlyIn, report_fault
from bot.chat.replies import PATIENCE
from bot.places.catalogue import measures, places
from bot.places.display import display_name, flag
from bot.places.outcomes import Ambiguous, Found
from bot.places.resolve import Resolver
from bot.questions.query import Query
from bot.render.asking import is_askable, question_text
from bot.render.markdown import escaped
from bot.words.words import plain, words_of
from db.edits.entry import dates as entry_dates
from db.model.records import Who
from db.model.values import PartialDate, Period
from db.store.lru import WeightedLRU

log = logging.getLogger(__name__)

CHOICES = 25
NAME_LENGTH = 100
RECENT_HELD = 2_000
PLACES_TYPED = 4
"""Places whose questions are offered at once."""
LEAST_BEGUN = 2
"""Letters of a word from which on it may become a place; one more where a place is named already."""
NEAR = 45
"""How near a question must come to what is typed, of 100."""

Choice = app_commands.Choice[str]
CogT = TypeVar("CogT")
Completer = Callable[[CogT, discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice]]]


class Recent:
    """What each member asked for last, places or whole questions, while the bot runs; never stored."""

    def __init__(self, each: int = 5, held: int = RECENT_HELD) -> None:
        self._each = each
        self._asked = WeightedLRU[int, tuple[str, ...]](held)

    def saw(self, member: int, asked: Iterable[str]) -> None:
        """Remember what a member asked for."""
        self._asked.put(member, tuple(dict.fromkeys((*asked, *self.of(member))))[: self._each])

    def of(self, member: int) -> tuple[str, ...]:
        """What a member asked for last, the last one first."""
        return self._asked.get(member) or ()

    def forget(self, member: int) -> None:
        """Forget a member."""
        self._asked.pop(member)


def unfailing(complete: Completer[CogT]) -> Completer[CogT]:
    """A completer whose faults are logged, and that then offers nothing: typing must go on."""

    @functools.wraps(complete)
    async def completer(cog: CogT, interaction: discord.Interaction[Any], typed: str) -> list[Choice]:
        try:
            async with asyncio.timeout(PATIENCE):
                return (await complete(cog, interaction, typed[:NAME_LENGTH]))[:CHOICES]
        except TimeoutError:
            log.warning("completing took too long, nothing was offered")
            return []
        except Exception as error:  # noqa: BLE001 - typing must go on, and the fault is logged
            report_fault(error, f"completing /{interaction.command.qualified_name if interaction.command else '?'}")
            return []

    return completer


def place_choices(resolver: Resolver, recent: tuple[str, ...], typed: str, locale: str) -> list[Choice]:
    """Places that fit what is typed so far, those asked for before first."""
    found = resolver.suggest(typed, CHOICES)
    fitting = recent if not typed.strip() else tuple(place for place in recent if place in found)
    return [choice(place_label(place, locale), place) for place in dict.fromkeys((*fitting, *found))][:CHOICES]


def places_typed(resolver: Resolver, typed: str) -> tuple[str, ...]:
    """The places that a question names so far; of a name that is still being typed, those that it may become."""
    named = [mention.outcome.place for mention in resolver.find(typed) if isinstance(mention.outcome, Found)]
    last = typed.split()[-1] if typed.split() else ""
    further = resolver.suggest(last, PLACES_TYPED) if len(last) >= LEAST_BEGUN + bool(named) else ()
    return tuple(dict.fromkeys((*named, *further)))[:PLACES_TYPED]


def question_choices(typed: str, mine: Sequence[str], known: Iterable[Query], locale: str) -> list[Choice]:
    """Questions that come near to what is typed, a member's own before the others; all of them before that.

    Where any has a word that is begun there, those without one are left out: likeness is for slips.
    """
    words = words_of(locale)
    offered = dict.fromkeys(
        (*mine, *(plain(question_text(query, words)) for query in known if is_askable(query, words)))
    )
    fitting = [text for text in offered if len(text) <= NAME_LENGTH]
    begun = utils.default_process(typed).split()
    if begun:
        nearness = {text: _nearness(begun, text) for text in fitting}
        begins = any(letters for letters, _ in nearness.values())
        fitting = [text for text, (letters, like) in nearness.items() if letters or (like >= NEAR and not begins)]
        fitting.sort(key=nearness.__getitem__, reverse=True)
    return [choice(text, text) for text in fitting[:CHOICES]]


def _nearness(begun: Sequence[str], text: str) -> tuple[int, float]:
    """How many letters of what was typed begin a word of a text, then how like the two are; of one word only those."""
    words = utils.default_process(text).split()
    letters = sum(len(part) for part in begun if any(word.startswith(part) for word in words))
    return letters, 0 if letters and len(begun) == 1 else fuzz.WRatio(" ".join(begun), text)


def place_label(place: str, locale: str) -> str:
    """A place with its flag."""
    return f"{flag(place)} {display_name(place, locale)}".strip()


@functools.lru_cache(maxsize=64)
def _shown_places(locale: str) -> dict[str, str]:
    """Each place by the name that it is offered under."""
    return {place_label(place, locale): place for place in places()}


def measure_choices(typed: str, locale: str) -> list[Choice]:
    """Measures whose name holds what is typed; all of them before that."""
    words, wanted = words_of(locale), typed.strip().casefold()
    named = [(words.measure(measure), measure) for measure in measures()]
    return [choice(name, measure) for name, measure in named if wanted in name.casefold() or wanted in measure]


def choice(name: str, value: str) -> Choice:
    """A choice within Discord's limits; a name that is too long is cut visibly."""
    name = name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
    return Choice(name=name or "…", value=value[:NAME_LENGTH])


def read_place(resolver: Resolver, text: str, locale: str = "en") -> str:
    """The place that is meant; raise KindlyIn, with what comes close, when that is not one."""
    said = text.strip()
    if said in places():  # picked from the suggestions
        return said
    offered = _shown_places(locale).get(said)  # what Discord sends where another option was changed since
    if offered is not None:
        return offered
    outcome = resolver.resolve(text)
    if isinstance(outcome, Found):
        return outcome.place
    near = outcome.candidates if isinstance(outcome, Ambiguous) else outcome.nearest
    shown = " · ".join(place_label(place, locale) for place in near[:5])
    safe = escaped(text.strip()[:60])
    if isinstance(outcome, Ambiguous):
        raise KindlyIn("kind.place_which", text=safe, places=shown)
    if shown:
        raise KindlyIn("kind.place_unknown_near", text=safe, places=shown)
    raise KindlyIn("kind.place_unknown", text=safe)


def read_measure(text: str, locale: str = "en") -> str:
    """The measure that is meant; raise KindlyIn with the list when it is none."""
    wanted = text.strip().casefold()
    words = words_of(locale)
    for measure in measures():
        if wanted in (measure, measure.replace("_", " "), words.measure(measure).casefold()):
            return measure
    listed = ", ".join(f"`{measure}`" for measure in measures())
    raise KindlyIn("kind.measure_unknown", text=escaped(text.strip()[:60]), measures=listed)


def read_day(text: str, *, end: bool = True) -> date:
    """A day from YYYY-MM-DD, YYYY-MM or YYYY; of a month or year its last day, or its first."""
    try:
        stated = PartialDate.parse(text)
    except ValueError as error:
        raise KindlyIn("kind.day_unread") from error
    return stated.last if end else stated.first


def read_start(text: str) -> date | int:
    """A day, month or year from its first day on, or a data revision; raise KindlyIn for anything else."""
    said = text.strip()
    revision = re.fullmatch(r"(?:r|revision\s*)(\d{1,9})|(\d{1,3})", said, re.IGNORECASE)
    if revision:
        return int(revision[1] or revision[2])
    try:
        return read_day(said, end=False)
    except KindlyIn as error:
        raise KindlyIn("kind.start_unread") from error


def read_period(text: str) -> Period | None:
    """A year, month or day, or a stretch ("2014-06 to 2015", "2014/2016", "since 2014"); None when it is neither."""
    period = entry_dates.read_period(text)
    return period if isinstance(period, Period) else None


WHO_CHOICES = [Choice(name=who.value.replace("_", " "), value=who.value) for who in Who]
"""Who is counted, for options with a fixed list."""
