"""The questions that are one tap away from an answer, by name: a button's label, a line to type."""

from __future__ import annotations

from bot.answers.answer import Answer
from bot.answers.ways import Step, Way
from bot.questions.query import Query
from bot.render.asking import question_text
from bot.render.fragments import SEPARATOR
from bot.render.reading import query_parts
from bot.words.words import Words, capital


def steps_of(answer: Answer) -> tuple[Step, ...]:
    """The other reading, then what may be asked next."""
    return (*answer.otherwise, *answer.further)


def step_label(step: Step, answer: Answer, words: Words) -> str:
    """What a step is called on its button: "By year", "vs France", "In total?"."""
    query = step.query
    match step.way:
        case Way.IN_TIME:
            return words.say("further.in_time", when=words.within(query.period))
        case Way.ALONE:
            before = _difference(answer.reading.query, query, words) if answer.reading.query else ""
            return words.say("further.alone", before=before)
        case Way.READ:
            return words.say("further.read", reading=_difference(query, answer.reading.query, words))
        case Way.AGAINST:
            return words.say("further.against", place=words.place(query.places[-1]))
        case _:
            return words.say(f"further.{step.way}")


def _difference(query: Query, read: Query | None, words: Words) -> str:
    """What one reading has that another one has not."""
    before = set(query_parts(read, words)) if read is not None else set()
    parts = query_parts(query, words)
    return SEPARATOR.join([part for part in parts if part not in before] or parts)


TYPED = 2
"""Questions that are written out below an answer; a conversation numbers all of them."""


def next_line(answer: Answer, words: Words, *, numbered: bool = False) -> str:
    """What may be asked next, in one line for the terminal: questions to type, or labels with their numbers."""
    steps = steps_of(answer)
    if not steps:
        return ""
    if numbered:
        told = [f"{number} {step_label(step, answer, words)}" for number, step in enumerate(steps, start=1)]
    else:
        told = [f'"{question_text(step.query, words)}"' for step in steps[:TYPED]]
    return words.say("further.next", list=SEPARATOR.join(map(capital, told)))
