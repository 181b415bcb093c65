"""The plan of an import as a card: what would change, or every fault with its line; long lists as a file."""

from __future__ import annotations

import discord

from bot.chat.change_lines import change_text
from bot.chat.files import attach
from bot.chat.refusals import NOTHING_WRITTEN
from bot.render.markdown import escaped
from bot.words.words import Words
from db.errors import Fault
from db.imports.plan import Plan

FAULTS_SHOWN = 12
CHANGES_SHOWN = 12
READINGS_SHOWN = 12
LINES_IN_FILE = 20_000
BYTES_IN_FILE = 8 * 1024 * 1024


def refused_text(plan: Plan) -> str:
    """Why a file is not imported; every fault is in the file that goes along."""
    count = len(plan.refused)
    faults = "one fault" if count == 1 else f"{count} faults"
    lines = [f"### {escaped(plan.name[:80])} is not imported: {faults} in {plan.rows} rows"]
    lines += [f"- {escaped(fault_text(fault)[:300])}" for fault in plan.refused[:FAULTS_SHOWN]]
    if count > FAULTS_SHOWN:
        lines.append(f"-# and {count - FAULTS_SHOWN} more, in the file below")
    return "\n".join(
        [*lines, "A file with a single fault changes nothing. Mend it and import it again.", NOTHING_WRITTEN]
    )


def fault_text(fault: Fault) -> str:
    """One fault with its place in the file."""
    line = f", line {fault.line}" if fault.line else ""
    column = f", {fault.column}" if fault.column else ""
    return f"{fault.file}{line}{column}: {fault.wrong}; {fault.advice}"


def unchanged_text(plan: Plan) -> str:
    """A file that says what stands already."""
    lines = [
        f"### Nothing would change\nAll {plan.unchanged} rows of {escaped(plan.name[:80])} stand like that already."
    ]
    return "\n".join([*lines, *ignored_lines(plan), NOTHING_WRITTEN])


def counts_lines(plan: Plan) -> list[str]:
    """How many rows were read and what would become of them."""
    told = f"{plan.rows} rows read: {len(plan.added)} new, {len(plan.changed)} changed, {plan.unchanged} as they stand."
    return [told, *reading_lines(plan), *ignored_lines(plan)]


def reading_lines(plan: Plan) -> list[str]:
    """The places that were written by name, with what they were taken for."""
    if not plan.readings:
        return []
    shown = [f"{escaped(part.written[:60])} → {part.name} ({part.meant})" for part in plan.readings[:READINGS_SHOWN]]
    more = len(plan.readings) - len(shown)
    return [f"Places read: {', '.join(shown)}" + (f" and {more} more" if more else "")]


def ignored_lines(plan: Plan) -> list[str]:
    """The files of a zip that are not imported."""
    if not plan.ignored:
        return []
    return [f"-# Not imported: {escaped(', '.join(plan.ignored[:10]))}"]


def list_file(plan: Plan, words: Words) -> discord.File | None:
    """Every fault, or every change, as a text file; None when the card shows them all."""
    if len(plan.refused) > FAULTS_SHOWN:
        return _file("faults.txt", [fault_text(fault) for fault in plan.refused])
    if len(plan.changes) > CHANGES_SHOWN:
        shown = [change_text(change, words) for change in plan.changes[:LINES_IN_FILE]]
        more = len(plan.changes) - len(shown)
        return _file("plan.txt", [*shown, *([f"and {more} more"] if more else [])])
    return None


def _file(name: str, lines: list[str]) -> discord.File:
    kept: list[bytes] = []
    size = 0
    for line in lines:
        encoded = f"{line}\n".encode("utf-8", "replace")
        size += len(encoded)
        if size > BYTES_IN_FILE:
            kept.append(f"and {len(lines) - len(kept)} more; import in smaller files to see them\n".encode())
            break
        kept.append(encoded)
    return attach(name, b"".join(kept), instead="inflow import FILE")
