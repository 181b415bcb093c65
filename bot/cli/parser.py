"""The tree of commands."""

from __future__ import annotations

import argparse

from bot.citations.registry import styles
from bot.cli.edit_commands import add_editing
from bot.cli.tree import Commands, command, group
from bot.words.catalogue import languages

_ALL = "every figure, source and remark below the sentence and its first lines"


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options and help."""
    parser = argparse.ArgumentParser(
        prog="inflow",
        description="Answers from a cited dataset: how many foreign fighters travelled from each country to Syria "
        "and Iraq, when, and who says so.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _asking(commands)
    _serving(commands)
    _measuring(commands)
    _evidence(commands)
    _past(commands)
    _taking(commands)
    _keeping(commands)
    add_editing(commands)
    return parser


def _asking(commands: Commands) -> None:
    ask = command(commands, "ask", "Answer one question in the terminal.", "ask.ask")
    ask.add_argument("question", nargs="+", help='the question, such as "How many Belgians left in 2016?"')
    ask.add_argument("--json", action="store_true", help="print the answer as JSON (see docs/json.md)")
    _locale_option(ask)
    ask.add_argument("--all", action="store_true", help=_ALL)
    ask.add_argument("--why", action="store_true", help="why this number opens the answer, and what it was put before")
    claim = command(
        commands, "check-claim", "Compare the numbers of a text with the figures held.", "claims.check_claim"
    )
    claim.add_argument("text", nargs="*", help='the text, such as "6,000 Tunisians had gone by 2015." (standard input)')
    claim.add_argument("--json", action="store_true", help="print what was found as JSON (see docs/json.md)")
    _locale_option(claim)
    chat = command(commands, "chat", "Ask in turns, with follow-ups, until end of input.", "ask.chat")
    _locale_option(chat)
    chat.add_argument("--all", action="store_true", help=_ALL)


def _locale_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--locale", choices=languages(), help="language of the answer (the question's, else en)")


def _serving(commands: Commands) -> None:
    command(commands, "run", "Connect to Discord and answer there.", "serve.run")
    command(commands, "ready", "Say whether the bot of this machine can answer.", "ready.ready")
    demo = command(commands, "demo", "Try the same bot in a local browser page, without an account.", "serve.demo")
    demo.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    demo.add_argument("--port", type=int, default=8765, help="port to listen on (8765)")
    check = command(commands, "check", "Check the settings, the data package and the database.", "check.check")
    check.add_argument(
        "--apply", action="store_true", help="prepare the database as a start does; without it nothing is written"
    )


def _measuring(commands: Commands) -> None:
    read = command(commands, "read", "Read questions from standard input and print how they were read.", "measure.read")
    how = read.add_mutually_exclusive_group(required=True)
    how.add_argument("--jsonl", action="store_true", help="one JSON line for each line of input")
    how.add_argument("--explain", metavar="QUESTION", help="why one question is read as it is, for people")
    read.add_argument("--today", help="the day that 'last year' counts from, as YYYY-MM-DD (today)")
    verbs = group(commands, "places", "Resolve place names.")
    for name, summary in (
        ("resolve", "Resolve one name a line from standard input."),
        ("find", "Find the places in one sentence a line from standard input."),
    ):
        verb = command(verbs, name, summary, f"measure.places_{name}")
        verb.add_argument("--jsonl", action="store_true", required=True, help="one JSON line for each line of input")


def _evidence(commands: Commands) -> None:
    cite = command(commands, "cite", "Cite a source or the whole dataset.", "evidence.cite")
    cite.add_argument("source", help='a source key such as intelnews_2016_09, the id of a kept answer, or "dataset"')
    cite.add_argument("--style", default="apa", choices=styles(), help="the citation style (apa)")
    chart = command(commands, "chart", "Draw the answer to a question into a file.", "evidence.chart")
    chart.add_argument("question", nargs="+", help='the question, such as "Belgium over time"')
    chart.add_argument("-o", "--output", required=True, help="the file: .png, .svg or .html")
    chart.add_argument("--theme", default="light", choices=("light", "dark"), help="background of the picture (light)")
    chart.add_argument("--map", action="store_true", help="draw a map instead of bars or lines")
    _locale_option(chart)


def _past(commands: Commands) -> None:
    answer = command(commands, "answer", "Give an earlier answer again and say what differs today.", "evidence.answer")
    answer.add_argument("id", help="the id at the end of the answer, such as pi5gareh")
    answer.add_argument("question", nargs="*", help="the question, for an answer that was not kept")
    answer.add_argument("--html", metavar="FILE", help="write it as a page to mail, print or keep instead")
    _locale_option(answer)


def _taking(commands: Commands) -> None:
    export = command(commands, "export", "Write figures into a file.", "export.export")
    export.add_argument("what", nargs="?", default="all", help='a place, the id of an answer, or "all" (all)')
    export.add_argument(
        "--format",
        choices=("csv", "json", "package", "sdmx", "bibtex"),
        help="the form of the file (by the ending of FILE, else csv)",
    )
    export.add_argument("-o", "--output", metavar="FILE", help="the file, or - for standard output")
    browse = command(commands, "browse", "Look through the dataset in a local web page.", "browse.browse")
    browse.add_argument("question", nargs="*", help="a question, or the id of a kept answer: begin at its figures")
    browse.add_argument("--port", type=int, default=8001, help="port to listen on (8001)")
    browse.add_argument("-o", "--output", metavar="FOLDER", help="keep the SQLite file and its metadata here")
    browse.add_argument("--write-only", action="store_true", help="write the files and serve nothing")


def _keeping(commands: Commands) -> None:
    backup = command(commands, "backup", "Copy the database into a file, while the bot goes on.", "backup.backup")
    backup.add_argument("file", help="the file to write")
    backup.add_argument("--replace", action="store_true", help="write over a file that is there")
    restore = command(commands, "restore", "Put a backup in the place of the database.", "backup.put_back")
    restore.add_argument("file", help="a file that `inflow backup` wrote")
    restore.add_argument("--replace", action="store_true", help="set the present database aside (it is kept)")
