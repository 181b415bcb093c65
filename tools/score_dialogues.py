"""Tells how labelled dialogues are read: ``python -m tools.score_dialogues [--held-back] [--from-labels] [-v] FILE …``.

Every turn is read on what the program itself made of the turns before, as a member would meet it; with
``--from-labels`` on what the labels made of them, so that no fault is counted twice.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.jsonl import as_fields
from bot.questions.query import Read
from bot.questions.reader import Reader
from tools.dialogue_rows import LabelledDialogue, read_dialogues, wrong_parts
from tools.train_dialogue import built_in, labelled, steps_of, train_act

FOLDS = 5
_SHOWN = ("outcome", "intent", "places", "without", "measure", "period_start", "period_end", "flags")


def score(
    dialogues: Iterable[LabelledDialogue], talk: Dialogue, *, show: bool = False, from_labels: bool = False
) -> Counter[str]:
    """Counts of turns and dialogues, of those that are right, and of turns that are wrong and not flagged."""
    found: Counter[str] = Counter()
    for one in dialogues:
        state = State()
        faults = 0
        for turn in one.turns:
            read = talk.turn(turn.text, today=one.today, state=state)
            fields = as_fields(read.reading)
            wrong = wrong_parts(turn, fields)
            plain = isinstance(read.reading, Read) and not read.reading.flagged
            kind = turn.act.partition(";")[0]
            found.update({"turns": 1, f"act {kind}": 1, "right": not wrong, f"right {kind}": not wrong})
            found["silent"] += bool(wrong) and plain
            faults += bool(wrong)
            if show and wrong:
                label = {name: value for name, value in turn.label.items() if value}
                got = {name: fields[name] for name in _SHOWN if fields.get(name)}
                print(one.id, turn.act, "->", read.act, wrong, repr(turn.text), label, "GOT", got, "" if plain else "?")
            state = labelled(state, turn) if wrong and from_labels else read.state
        found.update({"dialogues": 1, "whole": not faults})
    return found


def report(name: str, found: Mapping[str, int]) -> str:
    """The counts as text."""
    turns, dialogues = found["turns"], found["dialogues"]
    kinds = sorted(key.removeprefix("act ") for key in found if key.startswith("act "))
    return (
        f"{name}: turns {turns}, right {found['right'] / turns:.1%}, wrong and not flagged "
        f"{found['silent'] / turns:.1%}, dialogues {dialogues}, wholly right {found['whole'] / dialogues:.1%}\n  "
        + " · ".join(f"{kind} {found[f'right {kind}']}/{found[f'act {kind}']}" for kind in kinds)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of files, or of the built-in dialogues read by models that had not seen them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--held-back", action="store_true", help="the built-in dialogues, a fifth held back at a time")
    parser.add_argument("-v", action="store_true", dest="show", help="print every turn that is read wrong")
    parser.add_argument("--from-labels", action="store_true", help="read every turn on the labelled state before it")
    given = parser.parse_args(arguments)
    reader = Reader.load()
    if given.held_back:
        from tools.train_reader import fit

        dialogues = built_in()
        steps = steps_of(dialogues, reader)
        found: Counter[str] = Counter()
        for fold in range(FOLDS):
            act = train_act(fit, [step for step in steps if step.fold != fold])
            held = [one for one in dialogues if one.fold == fold]
            found += score(held, Dialogue(reader, act=act), show=given.show, from_labels=given.from_labels)
        print(report("held back", found))
    for path in given.files:
        found = score(read_dialogues(path), Dialogue(reader), show=given.show, from_labels=given.from_labels)
        print(report(path.name, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
