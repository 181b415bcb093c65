"""The short, permanent id of an answer: made from what was asked and the dataset revision, nothing else."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b

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
