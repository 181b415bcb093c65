"""The short, permanent id of an answer: made of the question and the revision, and found again by trying these."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b

from bot.questions.canonical import canonical
from bot.questions.query import Query

ID_BYTES = 5
"""Forty bits, eight characters: two of ten thousand kept answers share an id in one store of 20,000. The store keeps
the canonical query beside the id, so that even then the right one is found."""


def answer_id(subject: str, revision: int) -> str:
    """The id of the answer to a canonical query, or to a text that was not read as one, on a revision.

    >>> answer_id("i=lookup&p=BE", 1) == answer_id("i=lookup&p=BE", 1), len(answer_id("i=lookup&p=BE", 1))
    (True, 8)
    """
    digest = blake2b(f"{revision}\n{subject}".encode(errors="surrogatepass"), digest_size=ID_BYTES).digest()
    return b32encode(digest).decode().lower()


def revision_of_answer(id: str, query: Query, latest: int) -> int | None:
    """The data revision on which a question has an answer of this id; None when there is none up to the latest."""
    wanted, subject = id.strip().lower(), canonical(query)
    return next((number for number in range(latest, -1, -1) if answer_id(subject, number) == wanted), None)
