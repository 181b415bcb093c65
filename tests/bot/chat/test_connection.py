"""A stop is a clean end, whatever the connection is at."""

import asyncio

import discord

from bot.chat.connection import stay_connected


class LoggingIn(discord.Client):
    """A client whose session is closed between two requests of its login: aiohttp raises no error of its own then."""

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        while not self.is_closed():  # noqa: ASYNC110 - discord.py has no event for it
            await asyncio.sleep(0)
        raise RuntimeError("Session is closed")


async def test_a_stop_amid_a_login_is_a_clean_one() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)
    await stay_connected(lambda: LoggingIn(intents=discord.Intents.none()), "token", stop)
