"""Asking in the terminal: one question, or a conversation with follow-ups."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.answers.answer import Answer, Outcome
from bot.answers.ask import Asker
from bot.answers.ways import Step
from bot.app import open_asker
from bot.cli.failures import read_settings
from bot.cli.lines import read_line
from bot.render.outline import Role, plain_line
from bot.render.spoken import spoken_in
from bot.render.steps import next_line, steps_of
from bot.render.terminal import lines_to_text, to_text
from bot.render.why import tell_why
from bot.words.in_english import in_english
from bot.words.words import words_of

Turn = Coroutine[Any, Any, Answer]


async def ask(arguments: argparse.Namespace) -> int:
    """Answer one question; exit code 1 when there is no answer (no data, a question back, a refusal)."""
    async with open_asker(read_settings()) as asker:
        answer = await asker.ask(" ".join(arguments.question))
    locale = arguments.locale or spoken_in(answer.question)
    if arguments.json:
        from bot.render.payload import to_payload

        json.dump(to_payload(answer, locale), sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif arguments.why and (reason := tell_why(answer, locale)):
        print(lines_to_text(reason, 100, locale))
    else:
        _show(answer, locale, whole=arguments.all)
    return 0 if answer.outcome is Outcome.ANSWERED else 1


def chat(arguments: argparse.Namespace) -> int:
    """Answer line after line until end of input or "quit", as one dialogue, with line editing where there is any."""
    print('Ask a question, such as "How many Belgians left in 2016?"; an empty line or "quit" ends.')
    opened = open_asker(read_settings())
    with asyncio.Runner() as runner:
        asker = runner.run(opened.__aenter__())
        try:
            # Lines are read outside of the loop: in a thread of its own, one would outlive Ctrl+C.
            with contextlib.suppress(EOFError, KeyboardInterrupt, asyncio.CancelledError):
                _talk(partial(_answered, runner), asker, arguments.locale, whole=arguments.all)
        finally:
            # Closing, and the last reading in its thread, end whole: Ctrl+C pressed again would tear them in two.
            usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                runner.run(opened.__aexit__(None, None, None))
                runner.close()
            finally:
                signal.signal(signal.SIGINT, usual)
    return 0


def _answered(runner: asyncio.Runner, turn: Turn) -> Answer:
    """The answer of a turn; Ctrl+C, pressed once or more often, gives it up.

    Raised inside of the loop, as a second one usually is, it would leave what is open in pieces that cannot be closed.
    """

    async def given_up_at_ctrl_c() -> Answer:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        usual = signal.signal(signal.SIGINT, lambda *_: task.cancelling() or loop.call_soon_threadsafe(task.cancel))
        try:
            return await turn
        except asyncio.CancelledError:
            if under_way := asyncio.all_tasks() - {task}:  # which would be torn from their connections
                await asyncio.wait(under_way)
            raise
        finally:
            signal.signal(signal.SIGINT, usual)

    return runner.run(given_up_at_ctrl_c())


def _talk(run: Callable[[Turn], Answer], asker: Asker, locale: str | None, *, whole: bool) -> None:
    steps: tuple[Step, ...] = ()
    spoken = locale or "en"
    while (question := read_line("> ").strip()).casefold() not in ("", "quit", "exit"):
        if question.isdecimal() and 0 < int(question) <= len(steps):
            query = steps[int(question) - 1].query
            answer = run(asker.answer(query, asker="terminal", channel="terminal"))
        else:
            answer = run(asker.ask(question, asker="terminal", channel="terminal"))
            spoken = locale or spoken_in(answer.question, spoken)
        _show(answer, spoken, whole=whole, numbered=True)
        steps = steps_of(answer)


def _show(answer: Answer, locale: str, *, whole: bool, numbered: bool = False) -> None:
    """The answer, then what may be asked next: to be typed, or by its number in a conversation."""
    below = [line for line in (next_line(answer, words_of(locale), numbered=numbered), in_english(locale)) if line]
    if not sys.stdout.isatty():
        print(to_text(answer, width=100, locale=locale, whole=whole, links=True))
        print(lines_to_text([plain_line(Role.ASIDE, line) for line in below], 100, locale))
        return
    from rich.console import Console
    from rich.text import Text

    from bot.render.terminal import render

    console = Console()
    console.print(render(answer, locale, whole=whole))
    console.print(Text("\n".join(below), style="dim"))
