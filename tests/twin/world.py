"""What exists in the twin: one bot, servers, channels, people, and every message that was sent."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Payload = dict[str, Any]
"""A JSON object of Discord's protocol, whose shape Discord's own document defines."""

APPLICATION_ID = 1000
BOT_ID = 1001
_EPOCH = 1_420_070_400_000
"""Discord's first moment, in milliseconds."""
_ids = itertools.count()


def new_id() -> int:
    """A fresh snowflake: the moment of its making, and a number that rises with each."""
    return (time.time_ns() // 1_000_000 - _EPOCH) << 22 | next(_ids) % (1 << 22)


def now() -> str:
    """The present time as Discord writes it."""
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot."""

    id: int
    name: str
    bot: bool = False

    def payload(self) -> Payload:
        """The user object."""
        return {
            "id": str(self.id),
            "username": self.name,
            "discriminator": "0",
            "global_name": self.name.title(),
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(slots=True)
class Server:
    """A server with one text channel, its roles and its members."""

    id: int
    channel_id: int
    name: str = "Research"
    roles: dict[int, str] = field(default_factory=dict)
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Role ids by user id."""

    @property
    def bot_role(self) -> int:
        """The role that Discord made for the bot when it was invited."""
        return self.id + 1

    def member_payload(self, user: User, *, permissions: str = "2147483647") -> Payload:
        """The member object of a user, with the user inside."""
        return {
            "user": user.payload(),
            "roles": [str(role) for role in self.members.get(user.id, ())],
            "joined_at": "2020-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": permissions,
        }

    def channel_payload(self) -> Payload:
        """The channel object of the server's text channel."""
        return {
            "id": str(self.channel_id),
            "guild_id": str(self.id),
            "type": 0,
            "name": "questions",
            "position": 0,
            "permission_overwrites": [],
            "nsfw": False,
            "parent_id": None,
            "topic": None,
            "last_message_id": None,
            "rate_limit_per_user": 0,
        }

    def create_payload(self, bot: User) -> Payload:
        """What GUILD_CREATE carries."""
        everyone = {"id": self.id, "name": "@everyone"}
        own = {"id": self.bot_role, "name": bot.name, "managed": True, "tags": {"bot_id": str(bot.id)}}
        roles = [everyone, own, *({"id": key, "name": name} for key, name in self.roles.items())]
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "icon": None,
            "splash": None,
            "banner": None,
            "description": None,
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [
                {
                    "color": 0,
                    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
                    "hoist": False,
                    "position": index,
                    "permissions": "2147483647",
                    "managed": False,
                    "mentionable": False,
                    "flags": 0,
                    **role,
                    "id": str(role["id"]),
                }
                for index, role in enumerate(roles)
            ],
            "emojis": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": str(self.channel_id),
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "vanity_url_code": None,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "public_updates_channel_id": None,
            "nsfw_level": 0,
            "nsfw": False,
            "stickers": [],
            "premium_progress_bar_enabled": False,
            "joined_at": "2020-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": 1 + len(self.members),
            "voice_states": [],
            "members": [self.member_payload(bot)],
            "channels": [self.channel_payload()],
            "threads": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


@dataclass(slots=True)
class Post:
    """One message that the bot sent, with all that became of it."""

    id: int
    channel_id: int
    body: Payload
    interaction_token: str | None = None
    edits: int = 0
    deleted: bool = False
    files: tuple[str, ...] = ()
    nonce: str | None = None


@dataclass(slots=True)
class World:
    """All state of the twin."""

    bot: User = field(default_factory=lambda: User(BOT_ID, "inflow", bot=True))
    servers: list[Server] = field(default_factory=list)
    users: dict[int, User] = field(default_factory=dict)
    direct_channels: dict[int, int] = field(default_factory=dict)
    """Direct-message channel id by user id."""
    commands: list[Payload] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    answered: dict[str, Payload] = field(default_factory=dict)
    """First response by interaction token."""
    deferred: set[str] = field(default_factory=set)
    pressed: dict[str, Post] = field(default_factory=dict)
    """The message whose component was used, by interaction token."""
    uploads: dict[str, bytes] = field(default_factory=dict)
    """What people attached, by the attachment's id."""
    typing: int = 0
    said: dict[int, Payload] = field(default_factory=dict)
    """What people wrote, whole, by the message's id."""
    words: list[str] = field(default_factory=list)
    """What people wrote to the bot, which it must not log."""

    def message_payload(self, post: Post) -> Payload:
        """The message object of something that the bot sent."""
        body = post.body
        return {
            "id": str(post.id),
            "channel_id": str(post.channel_id),
            "author": self.bot.payload(),
            "content": body.get("content") or "",
            "timestamp": now(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [
                {"id": str(index), "filename": name, "size": 1, "url": f"https://cdn.invalid/{name}", "proxy_url": ""}
                for index, name in enumerate(post.files)
            ],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": body.get("flags") or 0,
            "components": _with_component_ids(body.get("components") or []),
            **({"nonce": post.nonce} if post.nonce else {}),
        }

    def of_interaction(self, token: str) -> list[Post]:
        """The messages that answer one interaction and still stand."""
        return [post for post in self.posts if post.interaction_token == token and not post.deleted]


def _with_component_ids(components: list[Payload]) -> list[Payload]:
    """Components as Discord returns them: each with its own id."""
    counter = itertools.count(1)

    def numbered(component: Payload) -> Payload:
        result = {"id": next(counter), **component}
        if "components" in result:
            result["components"] = [numbered(inner) for inner in result["components"]]
        if isinstance(result.get("accessory"), dict):
            result["accessory"] = numbered(result["accessory"])
        if isinstance(result.get("component"), dict):
            result["component"] = numbered(result["component"])
        return result

    return [numbered(component) for component in components]
