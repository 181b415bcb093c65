"""Asking in the terminal: one question, or a conversation with follow-ups."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import json
import sys

from bot.answers.answer import Answer, Outcome
from bot.app import open_asker
from bot.cli.failures import read_settings
from bot.render.spoken import spoken_in


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question; exit code 1 when there is no answer (no data, a question back, a refusal)."""
    answer = asyncio.run(_ask_once(" ".join(arguments.question)))
    _show(answer, as_json=arguments.json, locale=arguments.locale, whole=arguments.all)
    return 0 if answer.outcome is Outcome.ANSWERED else 1


def chat(arguments: argparse.Namespace) -> int:
    """Answer line after line until end of input or "quit", as one dialogue, with line editing where there is any."""
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # gives input() editing and a history; Windows has none
    asyncio.run(_chat(arguments.locale, whole=arguments.all))
    return 0


async def _ask_once(question: str) -> Answer:
    async with open_asker(read_settings()) as asker:
        return await asker.ask(question)


async def _chat(locale: str | None, *, whole: bool) -> None:
    async with open_asker(read_settings()) as asker:
        print('Ask a question, such as "How many Belgians left in 2016?"; an empty line or "quit" ends.')
        while True:
            try:
                question = (await asyncio.to_thread(input, "> ")).strip()
            except EOFError:
                return
            if question.casefold() in ("", "quit", "exit"):
                return
            answer = await asker.ask(question, asker="terminal", channel="terminal")
            _show(answer, as_json=False, locale=locale, whole=whole)


def _show(answer: Answer, *, as_json: bool, locale: str | None, whole: bool) -> None:
    locale = locale or spoken_in(answer.question)
    if as_json:
        from bot.render.payload import to_payload

        json.dump(to_payload(answer, locale), sys.stdout, ensure_ascii=False, indent=2)
        print()
        return
    if not sys.stdout.isatty():
        from bot.render.terminal import to_text

        print(to_text(answer, width=100, locale=locale, whole=whole))
        return
    from rich.console import Console

    from bot.render.terminal import render

    Console().print(render(answer, locale, whole=whole))
