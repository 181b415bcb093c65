"""What may be shown as known on a day: nothing that may not have been published by then."""

from __future__ import annotations

from datetime import date

from db.model.records import Figure, Source


def was_published(figure: Figure, source: Source, day: date) -> bool:
    """Whether a figure was out by the end of a day, however late an imprecise date of publication is taken.

    A document without such a date was out on the day when it was read, and no figure speaks of a day to come.
    """
    out = source.published or source.accessed
    spoken_of = [stated.first for stated in (figure.as_of, figure.period.end) if stated is not None]
    return out is not None and max(out.last, *spoken_of, date.min) <= day
