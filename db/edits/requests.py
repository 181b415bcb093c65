"""What a moderator asks for, as data: it can be previewed, made at once, or kept until a second person approves.

``expected`` is the version that the moderator looked at; None skips the check. Cells are those of the data package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import get_args

from db.edits.change import Cause

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddFigure:
    """A new figure; its id is made when the cells bring none."""

    cells: Cells


@dataclass(frozen=True, slots=True)
class EditFigure:
    """Some cells of a figure, changed; a changed value with an unchanged source needs its cause."""

    id: str
    cells: Cells
    cause: Cause | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RetractFigure:
    """A figure, withdrawn; the reason of the change becomes its status reason."""

    id: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class DisputeFigure:
    """A figure, marked as disputed; the reason of the change becomes its status reason."""

    id: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RestoreFigure:
    """A disputed or withdrawn figure, current again."""

    id: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class AddSource:
    """A new source; its key is made of publisher and date when the cells bring none."""

    cells: Cells


@dataclass(frozen=True, slots=True)
class EditSource:
    """Some cells of a source, changed."""

    key: str
    cells: Cells
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RetractSource:
    """A source, withdrawn; refused while figures cite it, unless they are withdrawn together."""

    key: str
    with_figures: bool = False
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RestoreSource:
    """A disputed or withdrawn source, current again."""

    key: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class PickHeadline:
    """The figure that opens the answers on its place, measure and who.

    ``expected`` is the revision of the pick that the moderator saw, 0 when there was none.
    """

    figure: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class DropHeadline:
    """The end of a pick: the rule chooses again."""

    place: str
    measure: str
    who: str = "everyone"
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """What stood before a revision, restored by a new one."""

    revision: int


Edit = (
    AddFigure
    | EditFigure
    | RetractFigure
    | DisputeFigure
    | RestoreFigure
    | AddSource
    | EditSource
    | RetractSource
    | RestoreSource
    | PickHeadline
    | DropHeadline
)
Request = Edit | Undo
_KINDS: dict[str, type[Request]] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(Request)
}
"""Each kind of request by its name, such as ``edit_figure``."""
_NAMES = {kind: name for name, kind in _KINDS.items()}


def request_name(request: Request) -> str:
    """The request in one word, such as ``edit_figure``."""
    return _NAMES[type(request)]


def request_to_json(request: Request) -> str:
    """The request as text to store; ``request_from_json`` reads it again."""
    return json.dumps({"kind": request_name(request), **asdict(request)}, ensure_ascii=False, sort_keys=True)


def request_from_json(text: str) -> Request:
    """A stored request; raise ValueError when it is none."""
    try:
        stored = json.loads(text)
        kind = _KINDS[stored.pop("kind")]
        known = {part.name for part in fields(kind)}
        if stored.get("cause"):
            stored["cause"] = Cause(stored["cause"])
        return kind(**{name: value for name, value in stored.items() if name in known})
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("this is no stored request") from problem
