"""What can be asked."""

from __future__ import annotations

from bot.answers.answer import HelpBlock, Outcome
from bot.answers.draft import Draft


def help(draft: Draft) -> None:
    """Show what can be asked."""
    draft.outcome = Outcome.ANSWERED
    draft.blocks.append(HelpBlock())
