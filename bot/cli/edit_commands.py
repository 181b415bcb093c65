"""The tree of the commands that change the dataset or tell how it changed; light, since every command builds it."""

from __future__ import annotations

import argparse

from bot.cli.tree import Commands, command, group

_CELLS_HELP = "a cell in the words of the data package (docs/data.md), such as low=470 as_of=2015-10"
_KINDS = {
    "figure": ("id", "Add, edit, retract, dispute or restore a figure."),
    "source": ("key", "Add, edit, retract or restore a source."),
}
"""What is changed: what names one, and what can be done with it."""
_CHANGES = {
    "add_figure": "Add a figure; it needs a source.",
    "edit_figure": "Change cells of a figure.",
    "retract_figure": "Withdraw a figure; the reason stays with it.",
    "dispute_figure": "Mark a figure as disputed; the reason stays with it.",
    "restore_figure": "Make a disputed or withdrawn figure current again.",
    "add_source": "Add a source.",
    "edit_source": "Change cells of a source.",
    "retract_source": "Withdraw a source that no figure cites.",
    "restore_source": "Make a source current again.",
}
_MAKE = "edit.make"
"""What shows a change and writes it; each command says which request it makes."""
_CAUSES = ("typo", "re_read", "new_source")


def add_editing(commands: Commands) -> None:
    """Every command of this room."""
    _changing(commands)
    _headline(group(commands, "headline", "Pick the figure that opens an answer, or leave it to the rule."))
    undo = command(commands, "undo", "Restore what stood before a revision.", _MAKE)
    undo.add_argument("revision", type=int, help="the number of the revision (see `inflow history`)")
    _writing(undo, "undo")
    _deciding(commands)
    _telling(commands)
    _importing(commands)


def _writing(parser: argparse.ArgumentParser, request: str) -> None:
    """A request of ``bot.cli.edit``: who, why, and whether to ask first."""
    parser.set_defaults(request=request)
    parser.add_argument("--by", required=True, help="who makes the change")
    parser.add_argument("--because", required=True, help="why, in a sentence that stays with the change")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="write without asking")
    how.add_argument("--dry-run", action="store_true", help="show old → new and write nothing")


def _changing(commands: Commands) -> None:
    """The commands that change a row: which one, unless it is new, and the cells that are given."""
    groups = {kind: group(commands, kind, summary) for kind, (_, summary) in _KINDS.items()}
    for request, summary in _CHANGES.items():
        name, kind = request.split("_")
        verb, key = command(groups[kind], name, summary, _MAKE), _KINDS[kind][0]
        if name != "add":
            verb.add_argument(key, help=f"the {key} of the {kind}")
            verb.add_argument(
                "--version", type=int, help="the version that was looked at; refused if it is not the last"
            )
        if name in ("add", "edit"):
            verb.add_argument("cells", nargs="+", metavar="COLUMN=VALUE", help=_CELLS_HELP)
        if request == "edit_figure":
            verb.add_argument("--cause", choices=_CAUSES, help="why the value changes while its source stays")
        if request == "retract_source":
            verb.add_argument("--with-figures", action="store_true", help="withdraw the figures that cite it too")
        _writing(verb, request)


def _headline(verbs: Commands) -> None:
    pick = command(verbs, "pick", "Let a figure open the answers on its place and measure.", _MAKE)
    pick.add_argument("id", help="the id of the figure")
    _writing(pick, "pick_headline")
    drop = command(verbs, "drop", "Let the rule choose again.", _MAKE)
    drop.add_argument("place", help="the id of the place, such as BE")
    drop.add_argument("measure", help="the measure, such as travelled")
    drop.add_argument("who", nargs="?", default="everyone", help="who is counted (everyone)")
    _writing(drop, "drop_headline")


def _deciding(commands: Commands) -> None:
    command(commands, "pending", "List the changes that wait for a second person.", "edit_proposals.pending")
    approve = command(commands, "approve", "Approve a change and make it.", "edit_proposals.approve")
    reject = command(commands, "reject", "Decide against a change.", "edit_proposals.reject")
    for parser in (approve, reject):
        parser.add_argument("proposal", type=int, help="the number of the proposal (see `inflow pending`)")
        parser.add_argument("--by", required=True, help="who decides")
    approve.add_argument("--because", default="", help="a word on it")
    approve.add_argument("--yes", action="store_true", help="write without asking")
    reject.add_argument("--because", required=True, help="why not")


def _telling(commands: Commands) -> None:
    history = command(commands, "history", "Tell who changed what, when and why.", "edit_history.history")
    history.add_argument("--markdown", action="store_true", help="the changelog of the dataset, as a Markdown file")
    history.add_argument("--place", help="only changes of a place, such as BE")
    history.add_argument("--figure", metavar="ID", help="only changes of a figure")
    history.add_argument("--source", metavar="KEY", help="only changes of a source and of the figures that cite it")
    history.add_argument("--by", help="only changes by somebody")
    history.add_argument("--since", metavar="DAY|REVISION", help="only from a day on, or after a revision")
    history.add_argument("--before", type=int, metavar="REVISION", help="only older ones than a revision")
    history.add_argument("--limit", type=int, default=20, help="at most so many (20)")
    changes = command(commands, "changes", "Tell what differs now from some time ago.", "edit_history.changes")
    changes.add_argument("--since", metavar="DAY|REVISION", required=True, help="the day or revision to compare with")
    changes.add_argument("--until", type=int, metavar="REVISION", help="the later revision (now)")
    changes.add_argument("--place", help="only figures of a place, such as BE")
    gaps = command(commands, "gaps", "List what members miss or report, the most asked first.", "gaps.gaps")
    gaps.add_argument("--limit", type=int, default=25, help="at most so many (25)")


def _importing(commands: Commands) -> None:
    load = command(
        commands,
        "import",
        "Check a table, a reference file or a data package against the dataset; write it with --apply.",
        "imports.load",
    )
    load.add_argument("file", help="a table (CSV, .xlsx), references (.bib, .ris, CSL-JSON), or a data package (.zip)")
    load.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADER=COLUMN",
        help="read a column of the file, by its header or its letter, as one of the dataset; HEADER= leaves it out",
    )
    load.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="one value for every row, such as source=…"
    )
    load.add_argument(
        "--place", action="append", default=[], metavar="NAME=ID", help="what a name means; NAME= leaves its rows out"
    )
    load.add_argument("--sheet", default="", help="the sheet of a workbook (the first one)")
    load.add_argument("--header", type=int, metavar="LINE", help="the line of the header; 0 when there is none")
    load.add_argument(
        "--corrected", metavar="FILE", help="write a refused table there, with what is wrong beside each row"
    )
    load.add_argument("--apply", action="store_true", help="write it, as one revision")
    load.add_argument("--by", help="who imports it (with --apply)")
    load.add_argument("--because", help="why (with --apply)")
    load.add_argument("--cause", choices=_CAUSES, help="why values change in rows without a cause of their own")
    load.add_argument("--all", action="store_true", help="list every change, not only the first ones")
