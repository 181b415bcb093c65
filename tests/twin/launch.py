"""Runs the bot as ``inflow run`` does, with Discord's addresses turned to the twin's."""

from __future__ import annotations

import os
import sys

import discord.http
import yarl
from discord.gateway import DiscordWebSocket


def turn_to_twin() -> None:
    """Point discord.py at the loopback server named by ``TWIN_URL``."""
    base = os.environ["TWIN_URL"]
    discord.http.Route.BASE = f"{base}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws") + "/gateway-socket")


if __name__ == "__main__":
    turn_to_twin()
    from bot.cli import main

    sys.exit(main(["run"]))
