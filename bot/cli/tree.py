"""Adding a command to the tree; its module is imported only when it runs, so that asking stays quick."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine
from functools import partial
from importlib import import_module
from typing import Any, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Outcome: TypeAlias = int | Coroutine[Any, Any, int]


def command(commands: Commands, name: str, summary: str, run: str) -> argparse.ArgumentParser:
    """A command and the function of this room that it runs, such as ``ask.chat``."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=partial(_run, run))
    return parser


def group(commands: Commands, name: str, summary: str) -> Commands:
    """A word behind which commands of its own stand."""
    parser = commands.add_parser(name, help=summary, description=summary)
    return parser.add_subparsers(title="commands", required=True, metavar="COMMAND")


def _run(named: str, arguments: argparse.Namespace) -> int:
    module, _, function = named.partition(".")
    work: Callable[[argparse.Namespace], Outcome] = getattr(import_module(f"bot.cli.{module}"), function)
    outcome = work(arguments)
    if isinstance(outcome, int):
        return outcome
    import asyncio

    return asyncio.run(outcome)
