"""What differs between an answer given earlier and the same question answered now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.answer import Answer, Claim, Outcome


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two answers to one query; empty when nothing a reader sees has changed."""

    since: int
    """The revision of the earlier answer."""
    until: int
    added: tuple[Claim, ...]
    removed: tuple[Claim, ...]
    """Claims no longer shown: withdrawn, or displaced by newer ones."""
    revised: tuple[tuple[Claim, Claim], ...]
    """(then, now) of claims whose figure has another version."""
    headline: tuple[Claim | None, Claim | None] | None
    """(then, now) when another claim opens the answer, or the same one with another value."""
    outcome: tuple[Outcome, Outcome] | None

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.revised or self.headline or self.outcome)


def changed_since(old: Answer, new: Answer) -> Changes:
    """Compare two answers to one query, claim by claim."""
    then = {claim.figure.id: claim for claim in old.claims}
    now = {claim.figure.id: claim for claim in new.claims}
    return Changes(
        since=old.revision,
        until=new.revision,
        added=tuple(claim for key, claim in now.items() if key not in then),
        removed=tuple(claim for key, claim in then.items() if key not in now),
        revised=tuple((then[key], claim) for key, claim in now.items() if _said(then.get(key, claim)) != _said(claim)),
        headline=(old.headline, new.headline) if _headline(old) != _headline(new) else None,
        outcome=(old.outcome, new.outcome) if old.outcome is not new.outcome else None,
    )


def _said(claim: Claim) -> tuple[object, ...]:
    """The figure and the documents behind it; a new revision of the rest changes neither."""
    return claim.figure, claim.source, claim.origins


def _headline(answer: Answer) -> tuple[object, ...] | None:
    return None if answer.headline is None else (answer.headline.figure.id, answer.headline.figure.value)
