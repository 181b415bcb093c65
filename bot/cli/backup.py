"""Taking a backup and putting one back."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.answers.ask import utc_now
from bot.cli.failures import read_settings
from db.store.backup import Verified, back_up, restore


def backup(arguments: argparse.Namespace) -> int:
    """Copy the database into a file while the bot goes on, and verify the copy."""
    found = back_up(read_settings().database_url, Path(arguments.file), replace=arguments.replace)
    print(f"Backed up to {found.path}: {_in_words(found)}. Read back and verified.")
    return 0


def put_back(arguments: argparse.Namespace) -> int:
    """Put a backup in the place of the database; the old file is kept."""
    url = read_settings().database_url
    found, kept = restore(Path(arguments.file), url, at=utc_now(), replace=arguments.replace)
    print(f"Restored {found.path}: {_in_words(found)}.")
    if kept is not None:
        print(f"The file that was there is now {kept}.")
    return 0


def _in_words(found: Verified) -> str:
    figures = found.rows.get("figure_version", 0)
    return f"revision {found.revision}, {figures:,} versions of figures, migration {found.version}"
