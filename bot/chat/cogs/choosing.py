"""The options that commands share: what each is, what may be picked, and how it is completed while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat import inputs
from bot.chat.client import InflowBot
from bot.chat.inputs import Choice, choice, unfailing
from bot.render.glossary import terms

Asking = discord.Interaction[InflowBot]
CallbackT = TypeVar("CallbackT", bound=Callable[..., Any])


class Completed(app_commands.Transformer):
    """A text that is completed while it is typed; what it means is read where it is used."""

    def __init__(self, offered: Callable[[Asking, str], Coroutine[Any, Any, list[Choice]]]) -> None:
        self._offered = offered

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        """The text as it was typed."""
        return str(value)

    @unfailing
    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> list[Choice]:  # type: ignore[override]  # of texts only
        """What may be meant."""
        return await self._offered(interaction, value)


async def _places(interaction: Asking, typed: str) -> list[Choice]:
    return interaction.client.answering.place_choices(interaction, typed)


async def _measures(interaction: Asking, typed: str) -> list[Choice]:
    return inputs.measure_choices(typed, interaction.locale.value)


async def _terms(interaction: Asking, typed: str) -> list[Choice]:
    """What a card may print that has a meaning: measures and other words."""
    named = [choice(name, name) for name in terms(interaction.locale.value) if typed.strip().casefold() in name]
    return [*inputs.measure_choices(typed, interaction.locale.value), *named][: inputs.CHOICES]


async def _figures(interaction: Asking, typed: str) -> list[Choice]:
    return await interaction.client.finder.figure_choices(typed)


async def _sources(interaction: Asking, typed: str) -> list[Choice]:
    return await interaction.client.finder.source_choices(typed)


async def _several_sources(interaction: Asking, typed: str) -> list[Choice]:
    """The last of several keys with ; between them."""
    done, semicolon, rest = typed.rpartition(";")
    before = f"{done}{semicolon} " if semicolon else ""
    return [
        Choice(name=f"{before}{item.name}"[: inputs.NAME_LENGTH], value=f"{before}{item.value}")
        for item in await _sources(interaction, rest)
        if len(before) + len(item.value) <= inputs.NAME_LENGTH
    ]


PlaceText = app_commands.Transform[str, Completed(_places)]
MeasureText = app_commands.Transform[str, Completed(_measures)]
TermText = app_commands.Transform[str, Completed(_terms)]
FigureText = app_commands.Transform[str, Completed(_figures)]
SourceText = app_commands.Transform[str, Completed(_sources)]
SourcesText = app_commands.Transform[str, Completed(_several_sources)]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command: what it says of itself, its type for Discord, and what may be picked."""

    about: str
    type: Any = str
    choices: Sequence[Choice] = ()
    default: bool | None = None
    """What a callback gets where the option is left out."""


PLACE = "A country, a region or the world."
MEASURE = Option("What is counted; people who ever travelled when left out.", MeasureText)
PERIOD = Option("A year, a month or a stretch, such as 2016 or 2014-06 to 2015-12.")
WHO = Option("Who is counted; everyone when left out.", choices=inputs.WHO_CHOICES)
PER_MILLION = Option("Per million inhabitants instead of people.", bool, default=False)
KNOWN_ON = Option("Answer as the dataset stood on this day (YYYY-MM-DD).")


def options(named: Mapping[str, Option], *, needed: Collection[str] = ()) -> Callable[[CallbackT], CallbackT]:
    """Give a command more options than its callback names: it takes them as keywords, behind its own."""

    def give(callback: CallbackT) -> CallbackT:
        own = [
            one
            for one in signature(callback, eval_str=True).parameters.values()
            if one.kind is not Parameter.VAR_KEYWORD
        ]
        more = [
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=option.type)
            if name in needed
            else Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                default=option.default,
                annotation=option.type if option.default is not None else option.type | None,
            )
            for name, option in named.items()
        ]
        callback.__signature__ = Signature([*own, *more])  # type: ignore[attr-defined]  # what discord.py reads
        app_commands.describe(**{name: option.about for name, option in named.items()})(callback)
        picked = {name: list(option.choices) for name, option in named.items() if option.choices}
        return app_commands.choices(**picked)(callback) if picked else callback

    return give
