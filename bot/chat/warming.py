"""After the start, what a first question, a first misspelling or a first change would otherwise wait for."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from importlib import import_module

from bot.chat.options import Parts
from bot.places.resolve import Resolver
from bot.questions.dialogue.talking import Dialogue
from bot.questions.reader import Reader
from bot.render.glossary import heard_term
from bot.render.spoken import spoken_in

log = logging.getLogger(__name__)

ROOMS = tuple(
    "bot.chat.plain_form bot.charts.specs bot.render.cards bot.render.evidence bot.answers.impact structlog".split()
)
"""Modules that are imported when something first needs them; each takes a part of the event loop's time then."""
TRIALS = (
    "How many people left Belgum for Syria in 2016?",
    "top 5 in western europe per capita since the caliphate",
    "combien de Français sont partis, et en Allemagne ?",
    "Xyzzy 2015",
)
"""A dialogue that reaches every table of the reader: a misspelling, a group, an event, another language, no name."""


async def warm(parts: Parts) -> None:
    """Load what is loaded late, in a thread: whoever asks meanwhile is answered meanwhile."""
    try:
        await asyncio.to_thread(load, parts.resolver, parts.clock().date())
    except Exception:  # it would only have been quicker
        log.exception("not everything could be made ready")


def load(resolver: Resolver, today: date) -> None:
    """Import the rooms and read the trials as one dialogue, telling the language and the explained words of each."""
    for room in ROOMS:
        import_module(room)
    dialogue, state = Dialogue(Reader(resolver)), None
    for text in TRIALS:
        spoken_in(text)
        heard_term(text)
        state = dialogue.turn(text, today=today, state=state).state
