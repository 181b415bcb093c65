"""Presses and submissions as a changed client could send them, and what has to hold after each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcord import InteractionResult, MemberActor
from simcord.backend import serializers
from simcord.interactions import base_payload

from bot.chat.client import InflowBot
from bot.chat.demo import Stage

BUTTON, SELECT = 2, 3


class Presser:
    """Sends whatever custom id, values and fields on a message of the bot."""

    def __init__(self, stage: Stage, message: int) -> None:
        self.stage = stage
        self.message = message

    @classmethod
    async def at(cls, stage: Stage) -> Presser:
        """One who presses on an answer that was just given."""
        shown = await stage.member.slash(stage.questions, "figure", place="BE")
        assert shown.response is not None
        return cls(stage, shown.response.id)

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb that the bot knows."""
        bot = self.stage.env.bot
        assert isinstance(bot, InflowBot)
        return bot.routes.verbs

    async def press(self, who: MemberActor, custom_id: str, values: Sequence[str] = ()) -> InteractionResult:
        """Press a button, or choose values."""
        stored = self.stage.env.backend.get_message(self.stage.questions.id, self.message)
        kind = {"component_type": SELECT, "values": list(values)} if values else {"component_type": BUTTON}
        message = dict(serializers.message_payload(self.stage.env.backend, stored))
        return await self._sent(who, 3, {"custom_id": custom_id, "id": 1, **kind}, {"message": message})

    async def submit(self, who: MemberActor, custom_id: str, fields: Mapping[str, str]) -> InteractionResult:
        """Submit a form, opened or not."""
        rows = [
            {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": name, "value": text}}
            for name, text in fields.items()
        ]
        return await self._sent(who, 5, {"custom_id": custom_id, "components": rows}, {})

    async def _sent(self, who: MemberActor, kind: int, data: dict[str, Any], more: dict[str, Any]) -> InteractionResult:
        env, stage = self.stage.env, self.stage
        record, payload = base_payload(
            env.backend, type=kind, channel_id=stage.questions.id, guild_id=stage.server.id, user_id=who.id, data=data
        )
        record.source_message_id = self.message if kind == 3 else None
        env.backend.emit("INTERACTION_CREATE", {**payload, **more})
        await env.settle()
        seen = InteractionResult(env, record)
        assert seen.response is not None or seen.modal is not None or seen.followups or seen.deferred, data
        return seen
