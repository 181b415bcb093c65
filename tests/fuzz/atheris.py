"""Coverage-guided fuzzing: ``python -m tests.fuzz.atheris TARGET [-max_total_time=300 …]``.

Needs ``pip install atheris``. The targets are those of the tests (``questions``, ``places``, ``files``, ``forms``,
``components``); the options are libFuzzer's. Nothing is written besides a database in a temporary folder. It is no part
of the suite, which draws for the same targets with hypothesis.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

Try = Callable[[bytes], None]
HOUSE = ["bot", "db"]
HEADER = b"place,measure,low,as_of,source,locator\nBE,travelled,5,2015,tsg_2015,p. 3\n"


def target(name: str, attacks: ModuleType, stack: ExitStack) -> Try:
    """The target of a name; raises KeyError for another."""

    def conversation(data: bytes) -> None:
        state = attacks.START
        for line in attacks.text_of(data).split("\n")[:4]:
            state = attacks.read_question(line, state)

    simple: dict[str, Try] = {
        "questions": conversation,
        "places": lambda data: attacks.resolve_place(attacks.text_of(data)),
        "components": lambda data: attacks.read_component(attacks.text_of(data)),
    }
    return simple[name] if name in simple else _stored(name, attacks, stack)


def _stored(name: str, attacks: ModuleType, stack: ExitStack) -> Try:
    """A target that needs a database, which stays open."""
    from db.package.preparing import prepare
    from db.store.engine import open_database

    runner = stack.enter_context(asyncio.Runner())
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    opened = open_database(f"sqlite:///{folder}/fuzz.db")
    database = runner.run(opened.__aenter__())
    stack.callback(lambda: runner.run(opened.__aexit__(None, None, None)))
    runner.run(prepare(database, at=attacks.NOW))
    tries: dict[str, Try] = {
        "files": lambda data: runner.run(attacks.import_file(database, data)),
        "forms": lambda data: runner.run(attacks.fill_form(database, attacks.text_of(data).split("\n")[:5])),
    }
    return tries[name]


def sow(folder: Path) -> None:
    """Write what the fuzzer starts with."""
    from tests.fuzz.shapes import FRAGMENTS, PUMPS

    for number, text in enumerate((*FRAGMENTS, *PUMPS)):
        (folder / f"text{number}").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "table").write_bytes(HEADER)


def main() -> None:
    """Fuzz until libFuzzer's options say stop; an exception ends it with the input that raised it."""
    atheris = importlib.import_module("atheris")  # not among what the tests install
    with ExitStack() as stack:
        with atheris.instrument_imports(include=HOUSE):
            attacks = importlib.import_module("tests.fuzz.targets")
        attack = target(sys.argv[1], attacks, stack)
        corpus = stack.enter_context(tempfile.TemporaryDirectory())
        sow(Path(corpus))
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], attack)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
