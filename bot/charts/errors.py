"""What can go wrong with a picture.

ChartError
├── ChartsNotInstalled   the optional extra is missing
├── ChartFailed          this picture was not drawn; carries the plain-text form to show instead
└── UnknownFormat        a file name that ends in neither .png, .svg nor .html
"""

from __future__ import annotations

from enum import StrEnum


class ChartError(Exception):
    """A picture could not be had."""


class ChartsNotInstalled(ChartError):
    """The renderer is not installed; ``advice`` is the command that installs it."""

    advice = 'pip install "inflow[charts]"'

    def __init__(self) -> None:
        super().__init__(f"charts need an optional part: {self.advice}")


class Failure(StrEnum):
    """Why a picture was not drawn."""

    TIMED_OUT = "timed_out"
    BUSY = "busy"
    DIED = "died"
    REFUSED = "refused"  # the renderer rejected the spec
    CLOSED = "closed"


class ChartFailed(ChartError):
    """This picture was not drawn; ``text`` is the same chart in plain text."""

    def __init__(self, failure: Failure, text: str, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else str(failure))
        self.failure = failure
        self.text = text
        self.detail = detail


class UnknownFormat(ChartError):
    """A file name whose ending names no picture format that we write."""

    def __init__(self, suffix: str, known: tuple[str, ...]) -> None:
        super().__init__(f"cannot write {suffix or 'a file without an ending'}; known endings: {', '.join(known)}")
        self.suffix = suffix
        self.known = known
