"""What the Discord side is given: the operator's plain choices, and the opened parts of the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.answers.ask import Asker, utc_now
from bot.ops.counts import Counts

if TYPE_CHECKING:
    import discord

    from bot.charts.worker import ChartWorker
    from bot.places.resolve import Resolver
    from db.store.engine import Database
    from db.store.figures import FigureStore

NO_MODEL = "no-language-model"
"""A role of this name, given to the bot, keeps a server's questions in the house; who manages roles there gives it."""


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """The operator's choices that Discord needs; the composition root fills them from the settings."""

    home_server: int | None = None
    moderator_roles: frozenset[int] = frozenset()
    announcement_channel: int | None = None
    second_person: bool = False
    questions_per_minute: int = 20
    server_questions_per_minute: int = 240
    shard_ids: tuple[int, ...] | None = None
    shard_count: int | None = None
    """None: as many as Discord advises."""
    announcer_seconds: float = 5.0
    """How often the outbox is looked at; 0 leaves it to another process."""
    plain_text: bool = False
    """Whether answers go as ordinary messages, for a community whose clients do not show cards."""
    reader_direct_messages: bool = False
    """Whether a second reader may be shown what is asked outside of the servers that the bot is in."""

    @property
    def leads(self) -> bool:
        """Whether this process holds the first shard and so does what only one process should do."""
        return self.shard_ids is None or 0 in self.shard_ids

    def may_leave(self, server: discord.Guild | None) -> bool:
        """Whether a second reader may be shown what is asked in a server, or in none that the bot is in."""
        if server is None or server.me is None:  # a direct message, or a server in which only its asker installed it
            return self.reader_direct_messages
        return all(role.name.casefold() != NO_MODEL for role in server.me.roles)


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened resources; whoever opened them closes them after the bot has closed."""

    asker: Asker
    dataset: FigureStore
    database: Database
    resolver: Resolver
    charts: ChartWorker | None = None
    clock: Callable[[], datetime] = utc_now
    metrics: Counts = field(default_factory=Counts)
