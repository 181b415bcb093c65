"""Makes the weights of the act of a turn, from labelled dialogues and the table of acts."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.places.display import display_name
from bot.questions.dialogue import choosing
from bot.questions.dialogue.acts import ACTS
from bot.questions.dialogue.said import Said, act_table, said_of
from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue, Turn
from bot.questions.jsonl import as_fields
from bot.questions.query import Reading
from bot.questions.reader import Reader
from bot.questions.scorer import Model
from tools.dialogue_rows import EXAMPLES, LabelledDialogue, LabelledTurn, open_of, query_of, read_dialogues, wrong_parts
from tools.reader_rows import Row, read_rows

PLACES = ("BE", "NO", "KZ", "TN", "DE", "JO", "MY", "SE", "FR", "EG", "R:balkans", "ES")
TODAY = date(2017, 6, 1)
PART = 60
"""One of so many single questions is learned from."""
LONG = 6
"""Words from which on a single question stands by itself whatever went before."""
_REFUSED = {
    "unanswerable": "out_of_scope", "off_topic": "out_of_scope", "social": "thanks", "define": "new", "help": "new",
}  # fmt: skip
KINDS = (*ACTS, "answer_back", "ask", "out_of_scope", "thanks", "confirm", "reset")


@dataclass(frozen=True)
class Step:
    """One turn with the right state before it: its features and the act that gives what the label says."""

    fold: int
    features: frozenset[str]
    act: str


def steps_of(dialogues: Iterable[LabelledDialogue], reader: Reader) -> list[Step]:
    """Every turn but the first of each dialogue, and single questions behind them."""
    talk = Dialogue(reader)
    found = []
    states: list[tuple[State, int]] = []
    for one in dialogues:
        state = State()
        for turn in one.turns:
            alone, judged = reader.considered(turn.text, today=one.today)
            said = said_of(judged) if state.moments and judged is not None else None
            act, taken = _right_act(talk, turn, state, said, alone)
            if said is not None and act:
                found.append(Step(one.fold, frozenset(choosing.features(state, said)), act))
            state = taken.state if taken is not None else labelled(state, turn)
            if state.last is not None or state.open is not None:
                states.append((state, one.fold))
    rows = [row for path in sorted(EXAMPLES.glob("*.csv")) for row in read_rows(path)]
    return found + borrowed(rows, states, reader) + told(states, reader)


def borrowed(rows: Iterable[Row], steps: Sequence[tuple[State, int]], reader: Reader) -> list[Step]:
    """Rows of single questions behind the states of dialogues: what is refused, and what stands by itself."""
    found = []
    for row in rows:
        act = _REFUSED.get(row.label["intent"]) or ("new" if _stands(row) else "")
        state, fold = steps[zlib.crc32(f"{row.file}{row.id}".encode()) % len(steps)]
        if act and zlib.crc32(row.text.encode()) % PART == 0:
            said = said_of(reader.judge(row.text, row.today))
            found.append(Step(fold, frozenset(choosing.features(state, said)), act))
    return found


BARE = {
    "undo": "undo", "back": "back", "other": "other", "chart": "chart", "sources": "sources", "cite": "cite",
    "disputes": "disputes", "why_differ": "why_differ", "unknown_on": "unknown_on", "before": "before",
    "after": "after", "earlier": "shift", "later": "shift", "sum": "sum", "split": "split", "sort": "sort",
    "thanks": "thanks", "confirm": "confirm", "reset": "reset", "rate": "rate", "absolute": "rate",
    "everyone": "who", "first": "answer_back", "second": "answer_back", "last": "answer_back",
    "both": "answer_back", "neither": "answer_back", "coverage": "coverage", "anytime": "undo",
}  # fmt: skip
"""What the words of an act mean when nothing stands beside them."""
BESIDE = {
    "follow": "place", "add": "add", "drop": "drop", "only": "only", "same_for": "same_for",
    "compare_with": "compare_with", "correct": "correct", "swap": "place", "back": "back", "known_on": "known_on",
    "coverage": "coverage",
}  # fmt: skip
"""What the words of an act mean beside the name of a place, or of a day."""


def told(states: Sequence[tuple[State, int]], reader: Reader) -> list[Step]:
    """The table of acts as turns: each of its phrases alone, or beside a name in its language."""
    asked = [pair for pair in states if pair[0].open is not None]
    talk = Dialogue(reader)
    found = []
    for (act, language), phrases in sorted(act_table().items()):
        for phrase in phrases:
            words = " ".join(phrase)
            number = zlib.crc32(f"{act}{language}{words}".encode())
            name = display_name(PLACES[number % len(PLACES)], language)
            beside = f"{words} {2014 + number % 3}" if act == "known_on" else f"{words} {name}"
            for kind, text in ((BARE.get(act), words), (BESIDE.get(act), beside)):
                if kind is None:
                    continue
                pool = asked if kind == "answer_back" else states
                state, fold = pool[number % len(pool)]
                alone, judged = reader.considered(text, today=TODAY)
                said = said_of(judged) if judged is not None else None
                if said is not None and talk.carry_out(kind, state, said, alone) is not None:
                    found.append(Step(fold, frozenset(choosing.features(state, said)), kind))
    return found


def _stands(row: Row) -> bool:
    long = len(row.text.split()) >= LONG
    return long and row.label["intent"] not in ("ambiguous",)


def _right_act(
    talk: Dialogue, turn: LabelledTurn, state: State, said: Said | None, alone: Reading
) -> tuple[str, Turn | None]:
    """The labelled act where it gives what the label says, else another that does, else the labelled one."""
    if said is None:
        taken = talk.alone(alone, state)
        return "", taken if not wrong_parts(turn, as_fields(taken.reading)) else None
    named = [act for act in turn.act.split(";") if act in KINDS]
    for act in (*named, "new", *KINDS):
        done = talk.carry_out(act, state, said, alone)
        if done is not None and not wrong_parts(turn, as_fields(done.reading)):
            return act, done
    return (named[-1] if named else ""), None


def labelled(state: State, turn: LabelledTurn) -> State:
    """The state after a turn as its label has it."""
    if turn.label["outcome"] == "ask":
        return state.asked(open_of(turn))
    return state.answered(query_of(turn.label)) if turn.label["outcome"] == "read" else state


Fit = Callable[[Sequence[tuple[Iterable[str], str]], str], Model]


def act_model(fit: Fit) -> Model:
    """The model of the act, from all that is labelled and from the table of acts."""
    return train_act(fit, steps_of(built_in(), Reader.load()))


def train_act(fit: Fit, steps: Sequence[Step]) -> Model:
    """The model of the act from some steps."""
    return fit([(step.features, step.act) for step in steps], "act")


def built_in() -> list[LabelledDialogue]:
    """The labelled dialogues that are learned from."""
    return [one for path in sorted(EXAMPLES.glob("dialogues*.jsonl")) for one in read_dialogues(path)]
