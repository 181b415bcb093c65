"""Whether the reader's weights are what its rows, tables and code would give; needs the standard library alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

QUESTIONS = Path(__file__).parents[1] / "bot" / "questions"
WEIGHTS = QUESTIONS / "weights"
READ_BY = (
    "calendar_words clauses codes company confidence drafting features framing grammar groups hearing leaning "
    "ledger lexicon numbers occasions peoples phrases ranking reader roles senses spans spelling stretches times "
    "tokens varying"
).split()
"""The modules whose code the features come from."""


def made_of() -> str:
    """The digest of everything that the weights are made of: rows, tables of words, and the code between them."""
    digest = hashlib.sha256()
    for path in sorted([*QUESTIONS.glob("examples/*.csv"), *QUESTIONS.glob("words/*"), *QUESTIONS.glob("*.tsv"),
                        *QUESTIONS.glob("examples/*.jsonl"), *QUESTIONS.glob("dialogue/*.py"),
                        *QUESTIONS.glob("dialogue/*.tsv"),
                        *(QUESTIONS / f"{name}.py" for name in READ_BY)]):  # fmt: skip
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest() + "\n"
