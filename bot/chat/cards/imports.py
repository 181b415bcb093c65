"""The plan of an import as a card: what would change, or every fault with its line; long lists as a file."""

from __future__ import annotations

import discord

from bot.chat.cards.change_lines import change_text
from bot.chat.files import attach
from bot.chat.refusals import NOTHING_WRITTEN
from bot.render.markdown import escaped
from bot.words.words import Words
from db.imports.faults import LINES_SHOWN, FaultGroup, grouped
from db.imports.plan import Plan
from db.model.errors import Fault

FAULTS_SHOWN = 12
CHANGES_SHOWN = 12
READINGS_SHOWN = 12
REMARKS_SHOWN = 6
LINES_IN_FILE = 20_000
BYTES_IN_FILE = 8 * 1024 * 1024


def refused_text(plan: Plan) -> str:
    """Why a file is not imported; every fault is in the file that goes along."""
    count = len(plan.refused)
    faults = "one fault" if count == 1 else f"{count} faults"
    lines = [f"### {escaped(plan.name[:80])} is not imported: {faults} in {plan.rows} rows"]
    groups = grouped(plan.refused)
    lines += [f"- {escaped(group_text(group)[:300])}" for group in groups[:FAULTS_SHOWN]]
    if len(groups) > FAULTS_SHOWN:
        lines.append(f"-# and {len(groups) - FAULTS_SHOWN} more kinds of fault, in the file below")
    lines += remark_lines(plan)
    if plan.corrected:
        lines.append("The table below has each row as it was read, with what is wrong beside it: mend it there.")
    return "\n".join(
        [*lines, "A file with a single fault changes nothing. Mend it and import it again.", NOTHING_WRITTEN]
    )


def group_text(group: FaultGroup) -> str:
    """One fault with the rows that have it."""
    if len(group.lines) == 1:
        return fault_text(group.fault)
    fault = group.fault
    shown = ", ".join(map(str, group.lines[:LINES_SHOWN])) + (" …" if len(group.lines) > LINES_SHOWN else "")
    column = f", {fault.column}" if fault.column else ""
    return f"{fault.file}, {len(group.lines)} rows (lines {shown}){column}: {fault.wrong}; {fault.advice}"


def remark_lines(plan: Plan) -> list[str]:
    """How the file was read, where that is not plain from the file."""
    return [f"-# Read: {escaped(remark[:300])}" for remark in plan.remarks[:REMARKS_SHOWN]]


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
    return "\n".join([*lines, *remark_lines(plan), *ignored_lines(plan), NOTHING_WRITTEN])


def counts_lines(plan: Plan) -> list[str]:
    """How many rows were read and what would become of them."""
    told = f"{plan.rows} rows read: {len(plan.added)} new, {len(plan.changed)} changed, {plan.unchanged} as they stand."
    return [told, *remark_lines(plan), *reading_lines(plan), *ignored_lines(plan)]


def reading_lines(plan: Plan) -> list[str]:
    """What was written in other words than the dataset's, with what it was taken for."""
    if not plan.readings:
        return []
    shown = [f"{escaped(part.written[:60])} → {part.name} ({part.meant})" for part in plan.readings[:READINGS_SHOWN]]
    more = len(plan.readings) - len(shown)
    return [f"Read as: {', '.join(shown)}" + (f" and {more} more" if more else "")]


def ignored_lines(plan: Plan) -> list[str]:
    """The files of a zip that are not imported."""
    if not plan.ignored:
        return []
    return [f"-# Not imported: {escaped(', '.join(plan.ignored[:10]))}"]


def list_file(plan: Plan, words: Words) -> discord.File | None:
    """Every fault, or every change, as a file: a table to mend where there is one; None when all are shown."""
    if plan.corrected:
        return attach("corrected.csv", plan.corrected, instead="inflow import FILE --corrected NEW")
    if len(grouped(plan.refused)) > FAULTS_SHOWN:
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
