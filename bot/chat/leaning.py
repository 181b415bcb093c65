"""What a reply to a message of ours leans on: the answer that its buttons carry, or the question that it asks back.

The ids of the buttons are the whole memory of it, so a reply leans on a card of last year, whoever had asked for it. A
page of an answer that has none of them tells which answer it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import discord

from bot.chat.pressed import ForgedId, Pressed, read_id
from bot.chat.quoted import parts_of, shown_in
from bot.chat.reference import Reference, Unreadable, read_unread
from bot.questions.canonical import from_canonical
from bot.questions.dialogue.state import Open, State
from bot.questions.query import Doubt, Query
from db.desk.answer_log import given_before
from db.store.engine import Database

_ID = re.compile(r"\b[a-z2-7]{8}\b")
_OF_THE_ANSWER = ("page", "src", "cht", "dat", "chg", "rep", "thr", "mis")
"""Verbs whose payload is the answer's own question."""


def answer_in(message: discord.Message) -> Reference | None:
    """The answer that a message of ours shows; None where it shows none."""
    for pressed in _controls(message):
        payload = pressed.payload
        if pressed.verb == "more":
            payload = payload.split("~", 2)[-1]
        elif pressed.verb not in _OF_THE_ANSWER:
            continue
        with suppress(Unreadable):
            return Reference.read(payload)
    return None


async def leaned(state: State, message: discord.Message, database: Database) -> State:
    """An asker's dialogue, gone on with from a message of ours that they reply to."""
    answer = answer_in(message)
    query = answer.query if answer is not None else await _named_in(message, database)
    if query is not None:
        return state if state.open is None and state.last == query else state.answered(query)
    question = _asked_in(message)
    # The asker's own dialogue knows more of its open question than the buttons do.
    return state if question is None or state.open is not None else state.asked(question)


async def _named_in(message: discord.Message, database: Database) -> Query | None:
    """The question of the kept answer whose id a message of ours ends with."""
    lines = "\n".join(shown_in(message)).splitlines() or message.content.splitlines()
    for id in _ID.findall(lines[-1]) if lines else ():
        given = await given_before(database, id)
        if given is not None:
            return from_canonical(given.canonical)
    return None


def _asked_in(message: discord.Message) -> Open | None:
    """The question between places that a message of ours asks back."""
    controls = list(_controls(message))
    if not any(pressed.verb == "rep" and read_unread(pressed.payload) == Doubt.PLACE for pressed in controls):
        return None
    ways: list[Query] = []
    for pressed in controls:
        if pressed.verb == "pick":
            with suppress(Unreadable):
                ways.append(Reference.read(pressed.payload).query)
    if len(ways) < 2:
        return None
    sure = tuple(place for place in ways[0].places if all(place in way.places for way in ways))
    doubtful = tuple(dict.fromkeys(place for way in ways for place in way.places if place not in sure))
    return Open(Doubt.PLACE, replace(ways[0], places=sure), doubtful)


def _controls(message: discord.Message) -> Iterator[Pressed]:
    """What pressing each control of a message would send."""
    for part in parts_of(message):
        values = [option.value for option in getattr(part, "options", ())]
        with suppress(ForgedId):
            pressed = read_id(getattr(part, "custom_id", None) or "")
            if pressed is not None:
                yield pressed
                yield from (replace(pressed, payload=value) for value in values)
