"""How commands and presses are declared: each says what it replies, and how that is sent stands here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

import discord
from discord import app_commands

from bot.chat.client import Cog, InflowBot
from bot.chat.guide import MODERATED, Group, told
from bot.chat.pressed import MENU, PRESSES, Pressed
from bot.chat.replies import Reply, respond, rewrite

P = ParamSpec("P")
CogT = TypeVar("CogT", bound=Cog)
PRIVATE = MODERATED | {Group.FOLLOW, Group.ABOUT}
"""Commands that are answered to the asker alone."""
Asking = discord.Interaction[InflowBot]
Answers = Callable[Concatenate[CogT, Asking, P], Coroutine[Any, Any, Reply]]
Does = Callable[Concatenate[CogT, Asking, P], Coroutine[Any, Any, None]]
Press = Callable[[CogT, discord.Interaction, Pressed], Coroutine[Any, Any, Reply]]
Menu = Callable[[CogT, Asking, discord.Message], Coroutine[Any, Any, None]]
Handler = Callable[[CogT, discord.Interaction, Pressed], Awaitable[None]]


def command(
    group: Group, example: str, *, private: bool | str = False, free: bool = False, **options: str
) -> Callable[[Answers[CogT, P]], app_commands.Command[CogT, P, None]]:
    """A command that sends what its callback returns: to the asker alone, or as an option ``private`` says.

    It is called what its example begins with; what it is for, its docstring says, and ``options`` what each option is.
    """

    def made(callback: Answers[CogT, P]) -> app_commands.Command[CogT, P, None]:
        @wraps(callback)
        async def sent(cog: CogT, interaction: Asking, /, *args: P.args, **chosen: P.kwargs) -> None:
            alone = private is True or group in PRIVATE or chosen.get("private") is True
            await respond(interaction, callback(cog, interaction, *args, **chosen), private=alone)

        # discord.py would look for the names of types in this module.
        sent.__signature__ = signature(callback, eval_str=True)  # type: ignore[attr-defined]
        described = options | ({"private": private} if isinstance(private, str) else {})
        return acting(group, example, free=free, **described)(sent)

    return made


def acting(
    group: Group, example: str, *, free: bool = False, **options: str
) -> Callable[[Does[CogT, P]], app_commands.Command[CogT, P, None]]:
    """A command that answers in its own way, such as by a form."""

    def made(callback: Does[CogT, P]) -> app_commands.Command[CogT, P, None]:
        if options:
            app_commands.describe(**options)(callback)
        name, about = example.split()[0].removeprefix("/"), callback.__doc__ or ""
        extras = told(group, example, free=free or group is Group.ABOUT)
        return app_commands.command(name=name, description=about, extras=extras)(callback)

    return made


def in_menu(name: str, group: Group) -> Callable[[Menu[CogT]], Menu[CogT]]:
    """An entry of the menu of a message; what it is for, its docstring says."""

    def made(callback: Menu[CogT]) -> Menu[CogT]:
        callback.__dict__[MENU] = name, told(group, "", description=callback.__doc__ or "")
        return callback

    return made


def press(
    *verbs: str, here: bool = False, private: bool = False, moderators: bool = False, free: bool = False
) -> Callable[[Press[CogT]], Handler[CogT]]:
    """What pressing a control replies: in the place of its message (``here``), to whoever pressed alone, or to all."""

    def made(callback: Press[CogT]) -> Handler[CogT]:
        @wraps(callback)
        async def sent(cog: CogT, interaction: discord.Interaction, pressed: Pressed) -> None:
            work = callback(cog, interaction, pressed)
            await (rewrite(interaction, work) if here else respond(interaction, work, private=private or moderators))

        return pressing(*verbs, moderators=moderators, free=free)(sent)

    return made


def pressing(*verbs: str, moderators: bool = False, free: bool = False) -> Callable[[Handler[CogT]], Handler[CogT]]:
    """What pressing a control does, where it sends nothing itself, as opening a form."""

    def made(handler: Handler[CogT]) -> Handler[CogT]:
        handler.__dict__[PRESSES] = [(verb, moderators, free) for verb in verbs]
        return handler

    return made
