"""What a moderator does at the desk, in a few words: forms, confirmations, and what members are answered then."""

from __future__ import annotations

from typing import Any

from simcord import InteractionResult, MemberActor

from bot.chat.demo import Stage
from tests.stories.reading import message_of, text_of


async def fills(who: MemberActor, opened: InteractionResult, **texts: Any) -> InteractionResult:
    """Write into an opened form and submit it; fields that are not named keep what stands in them."""
    return await who.submit_modal(opened, {**standing(opened), **texts})


def standing(opened: InteractionResult) -> dict[str, Any]:
    """What stands in the fields of an opened form."""
    assert opened.modal is not None, text_of(opened)
    fields = [part["component"] for part in opened.modal["components"]]
    return {field["custom_id"]: field["value"] for field in fields if field.get("value")}


async def confirms(who: MemberActor, shown: InteractionResult, label: str = "Write it") -> str:
    """Press the button below a preview, and read what the preview became."""
    await who.click(message_of(shown), label=label)
    return text_of(shown)


async def answered(stage: Stage, place: str = "BE", **options: Any) -> str:
    """What a member is answered about a place."""
    return text_of(await stage.member.slash(stage.questions, "figure", place=place, **options))
