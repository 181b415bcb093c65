"""Answering interactions without having the answer sent back: it is as large as the card, and nobody reads it."""

from __future__ import annotations

from typing import Any

from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context


class UnechoedAdapter(AsyncWebhookAdapter):
    """What discord.py answers interactions with, but for the request to send the message back."""

    # discord.py's typing of this method names types that exist for type checkers only.
    async def create_interaction_response(  # type: ignore[override]
        self,
        interaction_id: int,
        token: str,
        *,
        session: Any,
        proxy: str | None = None,
        proxy_auth: Any = None,
        params: Any,
    ) -> dict[str, Any]:
        """Answer an interaction; what comes back says which it was, and nothing more."""
        route: Any = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction_id,
            webhook_token=token,
        )
        sent = {"files": params.files, "multipart": params.multipart} if params.files else {"payload": params.payload}
        await self.request(route, session=session, proxy=proxy, proxy_auth=proxy_auth, **sent)
        return {"interaction": {"id": str(interaction_id)}}


def answer_unechoed() -> None:
    """Have every interaction that is heard from here on (in this task and those that it starts) answered so."""
    async_context.set(UnechoedAdapter())  # type: ignore[no-untyped-call]
