"""Runs the bot as ``inflow run`` does, with Discord's addresses turned to the twin's."""

from __future__ import annotations

import os
import sys
from typing import Any

import discord.gateway
import discord.http
import yarl
from discord.gateway import DiscordWebSocket


def turn_to_twin() -> None:
    """Point discord.py at the loopback server named by ``TWIN_URL``."""
    base = os.environ["TWIN_URL"]
    discord.http.Route.BASE = f"{base}/api"
    if seconds := os.environ.get("TWIN_HEARTBEAT_TIMEOUT"):
        # discord.py waits a minute for a heartbeat's acknowledgement; a story cannot.
        wait_less(float(seconds))
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws") + "/gateway-socket")


def wait_less(seconds: float) -> None:
    """Give up a silent gateway connection after so many seconds."""
    start = discord.gateway.KeepAliveHandler.__init__

    def begin(self: discord.gateway.KeepAliveHandler, *args: Any, **kwargs: Any) -> None:
        start(self, *args, **kwargs)
        self.heartbeat_timeout = seconds

    setattr(discord.gateway.KeepAliveHandler, "__init__", begin)  # noqa: B010


if __name__ == "__main__":
    turn_to_twin()
    if os.environ.get("TWIN_DRAWS") == "no":
        sys.modules["vl_convert"] = None  # type: ignore[assignment]  # as where the extra charts is not installed
    from bot.cli import main

    sys.exit(main(["run"]))
