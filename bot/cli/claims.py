"""Checking the numbers of a text in the terminal."""

from __future__ import annotations

import argparse
import json
import sys

from bot.answers.ask import utc_now
from bot.answers.claim_check import Verdict, check_text
from bot.app import open_asker
from bot.cli.failures import read_settings
from bot.places.resolve import Resolver
from bot.render.spoken import spoken_in
from bot.words.words import words_of


async def check_claim(arguments: argparse.Namespace) -> int:
    """Compare the numbers of a text with what is held; exit code 1 when one differs, or the text has none."""
    text = " ".join(arguments.text) or sys.stdin.read()
    locale = arguments.locale or spoken_in(text)
    async with open_asker(read_settings()) as asker:
        found = await check_text(text, asker, Resolver.load(), today=utc_now().date())
    if arguments.json:
        from bot.render.checked import to_check_payload

        json.dump(to_check_payload(found), sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif found:
        from bot.render.checked import check_lines
        from bot.render.terminal import lines_to_text

        lines = check_lines(found, words_of(locale))
        print(lines_to_text(lines, width=100, locale=locale))
    else:
        print(words_of(locale).say("kind.no_number"))
    return int(not found or any(one.verdict is Verdict.DIFFERS for one in found))
