"""What is said around figures: offers, questions back, refusals, definitions, coverage and help."""

from __future__ import annotations

from bot.answers import answer as blocks
from bot.answers.answer import CoverageRow, Outcome
from bot.questions.query import Choice, Refusal
from bot.render.comparisons import missing_text
from bot.render.fragments import SEPARATOR, Telling, citation_spans, period_of, value_text, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.reading import query_parts
from bot.words.names import cut
from bot.words.words import Words, capital
from db.model.values import Period

SITUATIONS = ("ask", "check", "more")
_LONGEST_ECHO = 60
_TERMS = {"minors": "minor", "minor": "minor", "women": "women", "foreign_fighter": "foreign_fighter", "men": "men"}


def offer_lines(block: blocks.OfferBlock, telling: Telling) -> list[Line]:
    """A figure held near to what was asked, and how it differs."""
    words, figure = telling.words, block.claim.figure
    query = telling.answer.reading.query
    label = words.measure(figure.measure)
    if query is None or query.places != (figure.place,):
        label = telling.place(figure.place) + SEPARATOR + label
    if figure.who != "everyone":
        label += SEPARATOR + words.who(figure.who)
    spans = [
        Span(value_text(figure, telling), strong=True),
        Span(f"{SEPARATOR}{label}{SEPARATOR}{when(figure, words, short=True)}{SEPARATOR}"),
        *citation_spans(block.claim, telling, short=True),
    ]
    parts = [words.say(f"part.{part}") for part in block.differs if f"part.{part}" in words]
    answered = telling.answer.outcome is Outcome.ANSWERED
    if parts and not (answered and set(block.differs) == {"measure"}):  # the measure is named in the line
        spans.append(Span(SEPARATOR + words.say("offer.differs", parts=words.listed(parts))))
    return [Line(Role.OFFER, tuple(spans))]


def ask_lines(block: blocks.AskBlock, telling: Telling) -> list[Line]:
    """The question back, and its choices, one a line."""
    words = telling.words
    key = f"ask.{block.doubt}"
    text = cut(block.text.strip(), _LONGEST_ECHO)
    if text:
        question = words.say(key, text=words.embed(text))
    else:
        question = words.say(f"{key}_bare") if f"{key}_bare" in words else words.say(key, text="…")
    lines = [plain_line(Role.HEADLINE, question)]
    lines += (plain_line(Role.CHOICE, choice_label(choice, words)) for choice in block.choices)
    return lines


def choice_label(choice: Choice, words: Words) -> str:
    """What a choice is called on its button: a place, a measure, a period, or the whole reading."""
    label = choice.label
    if label.startswith("R:") or (len(label) == 2 and label.isalpha() and label.isupper()):
        return words.place(label)
    for key in (f"measure.{label}", f"who.{label}", f"dest.{label}", f"intent.{label}"):
        if key in words:
            return words.say(key)
    period = period_of(label)
    if period is not None:
        return words.period(period)
    return words.embed(label) if label else SEPARATOR.join(query_parts(choice.query, words))


def refusal_lines(block: blocks.RefusalBlock, telling: Telling) -> list[Line]:
    """Why there is no answer, kindly, and what can be asked."""
    words = telling.words
    key = f"refusal.{block.refusal}"
    text = cut(block.text.strip(), _LONGEST_ECHO)
    if block.refusal is Refusal.NOT_A_COUNTRY and not text:
        key += "_bare"
    lines = [plain_line(Role.TEXT, words.say(key, text=words.embed(text)))]
    if block.nearest:
        places = words.listed(words.place(place) for place in block.nearest)
        lines.append(plain_line(Role.TEXT, words.say("refusal.nearest", places=places)))
    if block.refusal in (Refusal.EMPTY, Refusal.TOO_LONG):
        examples = (plain_line(Role.ITEM, words.say(f"help.example.{number}")) for number in (1, 2, 3))
        return [*lines, plain_line(Role.HEADING, words.say("heading.examples")), *examples]
    if block.refusal is not Refusal.SOCIAL:  # who says hello is answered in one sentence
        lines.append(plain_line(Role.DETAIL, words.say("refusal.can_ask")))
    return lines


def help_lines(block: blocks.HelpBlock, telling: Telling) -> list[Line]:
    """What this is, and what to do in each of three situations; the rest is told by the commands' own help."""
    told = (plain_line(Role.ITEM, telling.words.say(f"help.{situation}")) for situation in SITUATIONS)
    return [plain_line(Role.TEXT, telling.words.say("help.intro")), *told]


def definition_lines(block: blocks.DefinitionBlock, telling: Telling) -> list[Line]:
    """What a measure, a region or a word of the subject means here."""
    words, measure = telling.words, block.measure
    lines: list[Line] = []
    if measure is not None:
        adds = words.say("define.summable" if measure.summable else "define.not_summable")
        lines.append(plain_line(Role.ASIDE, adds))
    if block.term:
        key = f"term.{_TERMS.get(block.term, block.term)}"
        term = words.embed(cut(block.term, _LONGEST_ECHO))
        lines.append(plain_line(Role.TEXT, words.say(key) if key in words else words.say("term.unknown", term=term)))
    if block.region:
        places = words.listed(words.place(place) for place in block.members)
        text = words.say("define.region", region=words.place(block.region), places=places)
        lines.append(plain_line(Role.TEXT, text))
    return lines


def coverage_lines(block: blocks.CoverageBlock, telling: Telling) -> list[Line]:
    """How much is held of each measure, and of what nothing is held."""
    words = telling.words
    lines = [_coverage_line(row, telling, everywhere=not block.place) for row in block.rows]
    if block.missing and not block.places:  # else the sentence says so
        lines.append(plain_line(Role.SUMMARY, missing_text(block.missing, words)))
    return lines


def _coverage_line(row: CoverageRow, telling: Telling, *, everywhere: bool) -> Line:
    words = telling.words
    parts = [words.count("figures", row.figures), words.count("sources", row.sources)]
    if everywhere:
        parts.append(words.count("places", row.places))
    first, last = period_of(row.first), period_of(row.last)
    if first and last:
        ends = first.start, last.start
        parts.append(words.period(Period(*ends), short=True) if ends[0] and ends[1] else "")
    return Line(
        Role.ITEM,
        (
            Span(capital(words.measure(row.measure)), strong=True),
            Span(SEPARATOR + words.say("list.comma").join(filter(None, parts))),
        ),
    )
