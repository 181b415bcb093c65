"""What members type into options: read kindly, completed as they type, never an error while typing."""

from __future__ import annotations

import asyncio
import functools
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from datetime import date
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat.errors import KindlyIn, report_fault
from bot.chat.replies import PATIENCE
from bot.places.catalogue import places
from bot.places.outcomes import Ambiguous, Found
from bot.places.resolve import Resolver
from bot.render.markdown import escaped
from bot.words.words import words_of
from db.records import Source, Who
from db.values import Bound, Interval, PartialDate, Period

log = logging.getLogger(__name__)

CHOICES = 25
NAME_LENGTH = 100
RECENT_HELD = 2_000
MEASURES = (
    "travelled",
    "travelled_in_period",
    "monthly_rate",
    "present",
    "returned",
    "killed",
    "prevented",
    "origin_countries",
    "sample_records",
)
"""Every measure, in the order in which they are offered; a test holds it against the dataset."""

Choice = app_commands.Choice[str]
CogT = TypeVar("CogT")
Completer = Callable[[CogT, discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice]]]


class Recent:
    """The places that each member asked for last, while the bot runs; never stored."""

    def __init__(self, each: int = 5, held: int = RECENT_HELD) -> None:
        self._each = each
        self._held = held
        self._places: OrderedDict[int, tuple[str, ...]] = OrderedDict()

    def saw(self, member: int, asked: Iterable[str]) -> None:
        """Remember what a member asked for."""
        mine = (*asked, *self._places.pop(member, ()))
        self._places[member] = tuple(dict.fromkeys(mine))[: self._each]
        while len(self._places) > self._held:
            self._places.popitem(last=False)

    def of(self, member: int) -> tuple[str, ...]:
        """A member's last places, the last one first."""
        return self._places.get(member, ())

    def forget(self, member: int) -> None:
        """Forget a member."""
        self._places.pop(member, None)


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


def place_label(place: str, locale: str) -> str:
    """A place with its flag."""
    from bot.places.display import display_name, flag

    return f"{flag(place)} {display_name(place, locale)}".strip()


def measure_choices(typed: str, locale: str) -> list[Choice]:
    """Measures whose name holds what is typed; all of them before that."""
    words, wanted = words_of(locale), typed.strip().casefold()
    named = [(words.measure(measure), measure) for measure in MEASURES]
    return [choice(name, measure) for name, measure in named if wanted in name.casefold() or wanted in measure]


def source_labels(sources: Iterable[Source]) -> list[tuple[str, str, str]]:
    """Each source as what is shown, its key, and what typing is held against; the newest first."""
    newest = sorted(sources, key=lambda source: (str(source.published or ""), source.id), reverse=True)
    return [
        (
            f"{source.publisher or source.id} · {source.published or '?'} · {source.title}",
            source.id,
            f"{source.publisher} {source.title} {source.id} {source.published}".casefold(),
        )
        for source in newest
    ]


def choice(name: str, value: str) -> Choice:
    """A choice within Discord's limits; a name that is too long is cut visibly."""
    name = name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
    return Choice(name=name or "…", value=value[:NAME_LENGTH])


def read_place(resolver: Resolver, text: str, locale: str = "en") -> str:
    """The place that is meant; raise KindlyIn, with what comes close, when that is not one."""
    if text.strip() in places():  # picked from the suggestions
        return text.strip()
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
    for measure in MEASURES:
        if wanted in (measure, measure.replace("_", " "), words.measure(measure).casefold()):
            return measure
    listed = ", ".join(f"`{measure}`" for measure in MEASURES)
    raise KindlyIn("kind.measure_unknown", text=escaped(text.strip()[:60]), measures=listed)


def read_day(text: str, *, end: bool = True) -> date:
    """A day from YYYY-MM-DD, YYYY-MM or YYYY; of a month or year its last day, or its first."""
    try:
        stated = PartialDate.parse(text)
    except ValueError as error:
        raise KindlyIn("kind.day_unread") from error
    return stated.last if end else stated.first


_STRETCH = re.compile(r"^(?:from )?(\S+?) ?(?:/|–|—|\bto\b|\buntil\b|\band\b) ?(\S+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from|after)\s+(\S+)", re.IGNORECASE)
_UP_TO = re.compile(r"(?:by|until|up to|before)\s+(\S+)", re.IGNORECASE)


def read_period(text: str) -> Period | None:
    """A year, month or day, or a stretch ("2014-06 to 2015", "2014/2016", "since 2014"); None when it is neither."""
    text = " ".join(text.split())[:60]
    try:
        if since := _SINCE.fullmatch(text):
            return Period(PartialDate.parse(since[1]), None)
        if until := _UP_TO.fullmatch(text):
            return Period(None, PartialDate.parse(until[1]))
        if stretch := _STRETCH.fullmatch(text):
            ends = [None if end == ".." else PartialDate.parse(end) for end in stretch.groups()]
            return Period(ends[0], ends[1])
        stated = PartialDate.parse(text)
        return Period(stated, stated)
    except ValueError:
        return None


_COUNT = r"(\d{1,3}(?:[,.\u202f\u00a0 ]\d{3})+|\d+)"
_BOUNDS = {
    Bound.MORE_THAN: r"(?:>|more than|over|above)",
    Bound.AT_LEAST: r"(?:>=|≥|at least)",
    Bound.FEWER_THAN: r"(?:<|fewer than|less than|under|below)",
    Bound.AT_MOST: r"(?:<=|≤|at most|up to)",
    Bound.ABOUT: r"(?:~|≈|c\.|ca\.|about|around|some|nearly)",
}


def read_value(text: str) -> Interval | None:
    """A value as sources state it: "4", "420-516", "about 2,000", "more than 30,000", "none"; None when it is none."""
    said = text.strip().casefold()
    if said in ("none", "no", "zero"):
        return Interval(0, 0, Bound.EXACT)
    try:
        if alone := re.fullmatch(_COUNT, said):
            return Interval(_count(alone[1]), _count(alone[1]), Bound.EXACT)
        if ranged := re.fullmatch(rf"(?:from |between )?{_COUNT}\s*(?:-|–|—|to|and)\s*{_COUNT}", said):
            return Interval(_count(ranged[1]), _count(ranged[2]), Bound.RANGE)
        for bound, words in _BOUNDS.items():
            if stated := re.fullmatch(rf"{words}\s*{_COUNT}", said):
                return _bounded(_count(stated[1]), bound)
    except ValueError:
        return None
    return None


def _bounded(count: int, bound: Bound) -> Interval:
    if bound is Bound.ABOUT:
        return Interval(count, count, bound)
    opens = bound in (Bound.MORE_THAN, Bound.AT_LEAST)
    return Interval(count, None, bound) if opens else Interval(None, count, bound)


def _count(text: str) -> int:
    if len(text) > 20:
        raise ValueError(text)
    return int(re.sub(r"\D", "", text))


WHO_CHOICES = [Choice(name=who.value.replace("_", " "), value=who.value) for who in Who]
"""Who is counted, for options with a fixed list."""
