"""The command that lists what members miss, report or ask for where the data is thin."""

from __future__ import annotations

import argparse

from bot.answers.ask import utc_now
from bot.answers.weak import notice_weak_spots
from bot.app import open_dataset
from bot.cli.edit_words import clean
from bot.cli.failures import read_settings
from db.desk.gap_board import Gap, gap_board


async def gaps(arguments: argparse.Namespace) -> int:
    """List the gap board, the most asked first; who asked is not known."""
    async with open_dataset(read_settings()) as (database, dataset):
        await notice_weak_spots(database, dataset, at=utc_now())
        board = await gap_board(database, limit=max(arguments.limit, 1))
    if not board:
        print("Nothing is open.")
    for gap in board:
        print(_line(gap))
        print(f"  {clean(gap.text)}")
    return 0


def _line(gap: Gap) -> str:
    parts = [f"gap {gap.id}", gap.kind.replace("_", " "), f"asked {gap.asked} times", gap.place, gap.measure]
    parts += [f"{gap.last_at:%Y-%m-%d}", gap.state if gap.state == "taken" else ""]
    return " · ".join(filter(None, parts))
