"""Whether the bot of this machine can answer, for the health checks of whatever runs it."""

from __future__ import annotations

import argparse
from http.client import HTTPConnection
from ipaddress import IPv4Address, IPv6Address

from bot.cli.failures import CommandFailed, read_settings

WITHIN = 3.0
"""Seconds that the bot has for its answer."""


def ready(arguments: argparse.Namespace) -> int:
    """Ask the running bot whether it is ready; exit code 1 when it is not, or does not answer."""
    settings = read_settings()
    if not settings.health_port:
        raise CommandFailed("Set INFLOW_HEALTH_PORT, for this command as for the bot that it asks.")
    connection = HTTPConnection(_reached(settings.health_address), settings.health_port, timeout=WITHIN)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        print(answer.read().decode(errors="replace"))
    except OSError as problem:
        print(f"no answer: {problem}")
        return 1
    finally:
        connection.close()
    return 0 if answer.status == 200 else 1


def _reached(address: IPv4Address | IPv6Address) -> str:
    """Where somebody on this machine reaches what is served on an address: "everywhere" is no place to ask."""
    if address.is_unspecified:
        return "::1" if address.version == 6 else "127.0.0.1"
    return str(address)
