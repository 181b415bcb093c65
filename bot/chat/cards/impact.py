"""What a change would do to answers, in a few plain lines for the moderator who is about to make it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.answer import Claim
from bot.answers.impact import Impact, Opening, Standing, Sum
from bot.answers.notes import HeadlineRule
from bot.render.fragments import citation, when
from bot.render.markdown import escaped
from bot.words.words import Words
from db.model.records import Who
from db.model.values import Interval

MOST_LINES = 12
NONE = "no figure"


def impact_lines(impact: Impact, words: Words, *, watches: int = 0) -> list[str]:
    """The heading and a line for each answer, total and rank that would be another, and who is told of it."""
    told = list(_lines(impact, words))
    lines = ["**What this changes**", *told[:MOST_LINES]]
    if not told:
        lines.append("- No opening, total or rank of an answer.")
    if len(told) > MOST_LINES:
        lines.append(f"-# and {len(told) - MOST_LINES} more")
    if impact.topics > impact.looked_at:
        lines.append(f"-# {impact.looked_at} of {impact.topics} places and measures were compared.")
    if impact.answers_again:
        lines.append(f"- Answers given before: {impact.answers} of {impact.answers_again} would be others today.")
    if watches:
        lines.append(f"- {watches} {'watch is' if watches == 1 else 'watches are'} told of it.")
    return lines


def _lines(impact: Impact, words: Words) -> Iterator[str]:
    for opening in impact.openings:
        yield _opening(opening, words)
    for total in impact.sums:
        yield _sum(total, words)
    for standing in impact.standings:
        yield _standing(standing, words)


def _opening(opening: Opening, words: Words) -> str:
    subject = _subject(opening.place, opening.measure, opening.who, words)
    asked = "" if opening.period.is_open else f", asked for {words.period(opening.period, short=True)}"
    before, after = _claim(opening.before, words), _claim(opening.after, words)
    picked = ", as picked" if opening.rule is HeadlineRule.MODERATOR else ""
    return f"- Answer on {subject}{escaped(asked)}: {before} → {after}{picked}"


def _claim(claim: Claim | None, words: Words) -> str:
    if claim is None:
        return NONE
    figure = claim.figure
    behind = f"{when(figure, words, short=True)}; {citation(claim.source, words, short=True)}"
    return f"**{escaped(words.value(figure.value))}** ({escaped(behind)})"


def _sum(total: Sum, words: Words) -> str:
    subject = _subject(total.region, total.measure, total.who, words)
    return f"- Total of {subject}: {_value(total.before, words)} → {_value(total.after, words)}"


def _standing(standing: Standing, words: Words) -> str:
    subject = _subject(standing.place, standing.measure, standing.who, words)
    before, after = (escaped(words.rank(*ranks)) if ranks else "no rank" for ranks in (standing.before, standing.after))
    return f"- Rank in the world of {subject}: {before} → {after}"


def _subject(place: str, measure: str, who: Who, words: Words) -> str:
    counted = "" if who is Who.EVERYONE else f", {words.who(who)}"
    return escaped(f"{words.place(place)} · {words.measure(measure)}{counted}")


def _value(value: Interval | None, words: Words) -> str:
    return escaped(words.value(value)) if value else "none"
