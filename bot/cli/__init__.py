"""The ``inflow`` command: the thinnest of edges over the same rooms that Discord uses."""

from bot.cli.main import main

__all__ = ["main"]
