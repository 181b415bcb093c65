"""What is attacked, each as one function that raises when something is wrong; the tests and the fuzzer share them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.chat import inputs
from bot.chat.desk.file_forms import FileDraft
from bot.chat.desk.forms import DeskForm
from bot.chat.errors import Kindly
from bot.chat.pressed import ForgedId, read_id
from bot.chat.reference import Reference
from bot.chat.refusals import words_for_refusal
from bot.citations.references import BrokenReferences, table_of_references
from bot.places.entering import place_names
from bot.places.outcomes import Ambiguous, Found, Unknown
from bot.places.resolve import Resolver
from bot.questions.canonical import canonical, from_canonical
from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.query import Read, Refusal, Refused, Unclear
from bot.questions.reader import LONGEST, Reader
from db.edits import editing
from db.edits.change import Cause
from db.imports import importing
from db.imports.layout import Wishes
from db.imports.opening import sketch_file
from db.store.engine import Database

TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
START = State()
BELGIUM = "be-travelled-hln_belga_2019_11_30"
READ_AS = ("columns", "fixed", "names", "sheet", "header")
FIELDS = ("value", "as_of", "period", "locator", "because")

Attack = Callable[[bytes], Awaitable[None]]


def text_of(data: bytes) -> str:
    """Bytes as a text, lone surrogates included: JSON can carry them."""
    return (
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
        if valid(data)
        else data.decode("latin-1")
    )


def valid(data: bytes) -> bool:
    """Whether bytes are UTF-8, apart from surrogates."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def read_question(text: str, before: State = START) -> State:
    """One turn of a dialogue: its reading is always one of three, and a query survives being written down."""
    turn = Dialogue(Reader.load()).turn(text, today=TODAY, state=before)
    reading = turn.reading
    assert isinstance(reading, Read | Unclear | Refused)
    if len(text) > 20 * LONGEST:
        assert isinstance(reading, Refused)
        assert reading.refusal in (Refusal.TOO_LONG, Refusal.EMPTY)
    if isinstance(reading, Read):
        assert from_canonical(canonical(reading.query)) == reading.query
    return turn.state


def resolve_place(text: str) -> None:
    """Resolve, find and complete: the offsets lie in the text, and the lists are bounded."""
    resolver = Resolver.load()
    assert isinstance(resolver.resolve(text), Found | Ambiguous | Unknown)
    for mention in resolver.find(text):
        assert 0 <= mention.start < mention.end <= len(text)
    assert len(resolver.suggest(text, 25)) <= 25


async def import_file(database: Database, data: bytes, texts: Sequence[str] = ()) -> None:
    """Plan a file, as it is or as a form says: it is planned or refused with faults, and the form opens again."""
    with suppress(BrokenReferences):
        data = table_of_references(data) or data
    names = place_names(Resolver.load())
    draft = FileDraft(importing.ImportFile(data, "file.csv", Cause.TYPO), "why").filled(
        dict(zip(READ_AS, texts, strict=False))
    )
    sketched = sketch_file(draft.file, names)
    again = replace(draft, columns=sketched.columns).modal("key", 1).to_dict()
    stands = {part["component"]["custom_id"]: part["component"].get("value", "") for part in again["components"]}
    assert all(len(text) <= 4_000 for text in stands.values())
    assert Wishes.from_json(draft.file.wishes.to_json()) == draft.file.wishes
    plan = await importing.plan_import(database, draft.file, at=NOW, names=names)
    assert not (plan.refused and plan.changes)
    assert len(plan.refused) <= 2_000
    assert all(fault.wrong for fault in plan.refused)


async def fill_form(database: Database, texts: list[str]) -> None:
    """Submit a form of the desk: it is previewed, or refused with words."""
    fields = dict(zip(FIELDS, [*texts, *FIELDS][: len(FIELDS)], strict=True))
    for form in (
        DeskForm("figure", chosen={"place": "BE", "measure": "travelled", "source": "tsg_2015"}),
        DeskForm("figure", id=BELGIUM, cause=Cause.TYPO),
        DeskForm("source"),
    ):
        filled = form.filled(fields)
        try:
            request = filled.request()
            await editing.preview(database, request, by="1", because=filled.because, at=NOW)
        except Exception as error:
            if words_for_refusal(error) is None and not isinstance(error, Kindly):
                raise
    with suppress(Kindly):
        inputs.read_day(fields["as_of"])


def read_component(text: str) -> None:
    """Read a component's id and the reference in it: what is read can be written, and anything else is refused."""
    with suppress(ForgedId, Kindly):
        pressed = read_id(text)
        if pressed is not None:
            assert pressed.owner is None or 0 < pressed.owner < 2**64
            Reference.read(pressed.payload)
    with suppress(Kindly):
        Reference.read(text)
