"""People of the twin: they ask, press and type, and see what came back."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.patience import PATIENCE
from tests.twin.world import APPLICATION_ID, Payload, Post, Server, User, new_id, now

if TYPE_CHECKING:
    from tests.twin.twin import Twin


@dataclass(slots=True)
class Seen:
    """What a person sees after doing something."""

    token: str
    first: Payload
    """The interaction's first response as it was sent."""
    posts: list[Post] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words of the messages that stand, in order."""
        return "\n".join(words(post.body) for post in self.posts)

    @property
    def buttons(self) -> dict[str, str]:
        """Custom ids of the buttons by label (or emoji)."""
        return {label: key for post in self.posts for label, key in buttons_of(post.body).items()}

    @property
    def choices(self) -> list[str]:
        """Names of autocomplete choices."""
        return [choice["name"] for choice in (self.first.get("data") or {}).get("choices", [])]


@dataclass(slots=True)
class Person:
    """One member with a name, in a server or in direct messages."""

    twin: Twin
    user: User
    server: Server | None
    locale: str = "en-US"

    async def asks(self, text: str, *, to: Post | int | None = None, seconds: float = PATIENCE) -> Post:
        """Mention the bot (or write to it directly) and wait for its message; ``to`` makes it a reply."""
        before = len(self.twin.world.posts)
        asked = await self.says(f"<@{self.twin.world.bot.id}> {text}" if self.server else text, to=to)
        return await self.answer_to(asked, before, seconds=seconds)

    async def replies(self, to: Post | int, text: str, *, seconds: float = PATIENCE) -> Post:
        """Reply to a message of the bot without writing its name, which pings it, and wait for its message."""
        before = len(self.twin.world.posts)
        return await self.answer_to(await self.says(text, to=to), before, seconds=seconds)

    async def answer_to(self, message_id: int, before: int, *, seconds: float = PATIENCE) -> Post:
        """The message with which the bot replied to one, or to nothing, after so many that it had sent."""

        def found() -> list[Post]:
            replies = ((post, post.body.get("message_reference")) for post in self.twin.world.posts[before:])
            return [post for post, to in replies if to is None or int(to["message_id"]) == message_id]

        await self.twin.rest.wait_until(lambda: bool(found()), seconds=seconds)
        return found()[0]

    async def says(self, text: str, *, to: Post | int | None = None, forwards: Payload | None = None) -> int:
        """Write a message, or forward one; the bot may or may not care."""
        self.twin.world.words.append(text.split("> ", 1)[-1])
        world, message_id = self.twin.world, new_id()
        data: Payload = {
            "id": str(message_id),
            "channel_id": str(self._channel()),
            "author": self.user.payload(),
            "content": text,
            "timestamp": now(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": self._mentioned(text, to),
            "mention_roles": re.findall(r"<@&(\d+)>", text),
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0 if to is None else 19,
            "flags": 0,
            "components": [],
        }
        where = {"channel_id": data["channel_id"], **({"guild_id": str(self.server.id)} if self.server else {})}
        if to is not None:
            data["message_reference"] = {"type": 0, "message_id": str(to.id if isinstance(to, Post) else to), **where}
            data["referenced_message"] = world.message_payload(to) if isinstance(to, Post) else world.said[to]
        if forwards is not None:
            data["message_reference"] = {"type": 1, "message_id": str(new_id()), **where}
            data["message_snapshots"] = [{"message": forwards}]
        if self.server:
            data["guild_id"] = str(self.server.id)
            data["member"] = {
                key: value for key, value in self.server.member_payload(self.user).items() if key != "user"
            }
        world.said[message_id] = data
        await self._dispatch("MESSAGE_CREATE", self._shown(data))
        return message_id

    async def edits(self, message_id: int, text: str, *, at: str | None = None) -> None:
        """Write a message anew; one that Discord itself changes, as by a preview of a link, has no new time."""
        self.twin.world.words.append(text.split("> ", 1)[-1])
        data = self.twin.world.said[message_id]
        pinged = data["mentions"] if data["type"] == 19 else []
        data |= {"content": text, "edited_timestamp": at or now(), "mentions": self._mentioned(text, None) or pinged}
        await self._dispatch("MESSAGE_UPDATE", self._shown(data))

    def _mentioned(self, text: str, to: Post | int | None) -> list[Payload]:
        bot = self.twin.world.bot
        return [bot.payload()] if f"<@{bot.id}>" in text or isinstance(to, Post) else []

    def _shown(self, data: Payload) -> Payload:
        """A message as a bot without the right to read all is shown it: what it replies to is judged by itself."""
        shown = dict(data)
        if isinstance(data.get("referenced_message"), dict):
            shown["referenced_message"] = self._shown(data["referenced_message"])
        mine = str(self.twin.world.bot.id)
        if self.server is None or data["author"]["id"] == mine or any(each["id"] == mine for each in data["mentions"]):
            return shown
        hidden = [{"message": {**each["message"], "content": ""}} for each in data.get("message_snapshots", ())]
        return shown | {"content": "", "embeds": []} | ({"message_snapshots": hidden} if hidden else {})

    async def uses(self, command: str, /, *, wait: bool = True, seconds: float = PATIENCE, **options: Any) -> Seen:
        """Use a slash command and wait until it is answered in full."""
        data = self.command(command, **options)
        return await self._interacts(2, data, wait=wait, seconds=seconds)

    async def attaches(
        self, command: str, option: str, file: tuple[str, bytes], *, seconds: float = PATIENCE, **options: Any
    ) -> Seen:
        """Use a slash command with a file, by its name and content, as one of its options."""
        return await self._interacts(2, self.with_file(command, option, file, **options), wait=True, seconds=seconds)

    def with_file(self, command: str, option: str, file: tuple[str, bytes], /, **options: Any) -> Payload:
        """The data of a slash command one of whose options is a file."""
        name, content = file
        key = str(new_id())
        self.twin.world.uploads[key] = content
        data = self.command(command, **options)
        data["options"].append({"name": option, "type": 11, "value": key})
        url = f"http://127.0.0.1:{self.twin.port}/attachments/{key}/{name}"
        told = {"id": key, "filename": name, "size": len(content), "url": url, "proxy_url": url}
        data["resolved"] = {"attachments": {key: told}}
        return data

    async def types(self, command: str, option: str, text: str) -> Seen:
        """Type into an option and wait for the choices."""
        data = self.command(command, option, **{option: text})
        return await self._interacts(4, data, wait=True, seconds=PATIENCE)

    async def presses(self, post: Post, label: str, *, seconds: float = PATIENCE) -> Seen:
        """Press the button with this label on a message."""
        return await self.presses_id(post, buttons_of(post.body)[label], seconds=seconds)

    async def presses_id(self, post: Post, custom_id: str, *, seconds: float = PATIENCE) -> Seen:
        """Press a button by its custom id, genuine or forged."""
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        return await self._interacts(3, data, wait=True, seconds=seconds, message=post)

    async def chooses(self, post: Post, custom_id: str, *values: str, seconds: float = PATIENCE) -> Seen:
        """Choose values in a select."""
        data = {"custom_id": custom_id, "component_type": 3, "values": list(values), "id": 1}
        return await self._interacts(3, data, wait=True, seconds=seconds, message=post)

    async def submits(self, opened: Seen, *, seconds: float = PATIENCE, **texts: str) -> Seen:
        """Submit the form that was opened, with what stands in it unless told."""
        form = opened.first["data"]
        filled = []
        for row in form["components"]:
            part = row["component"]
            value = texts.get(part["custom_id"], part.get("value", ""))
            self.twin.world.words.append(value)
            leaf = {"type": part["type"], "id": 1, "custom_id": part["custom_id"], "value": value}
            filled.append({"type": 18, "id": 1, "component": leaf})
        data = {"custom_id": form["custom_id"], "components": filled}
        return await self._interacts(5, data, wait=True, seconds=seconds)

    async def _interacts(
        self, kind: int, data: Payload, *, wait: bool, seconds: float, message: Post | None = None
    ) -> Seen:
        token, payload = self.interaction(kind, data, message=message)
        await self._dispatch("INTERACTION_CREATE", payload)
        seen = Seen(token, {})
        if wait:
            await self.twin.rest.wait_until(lambda: self._answered(token, kind), seconds=seconds)
            seen.first = self.twin.world.answered[token]
            seen.posts = self.twin.world.of_interaction(token)
        return seen

    async def times(self, kind: int, data: Payload, *, seconds: float = PATIENCE, message: Post | None = None) -> float:
        """Seconds from handing an interaction to the gateway until its first response arrives."""
        token, payload = self.interaction(kind, data, message=message)
        arrival: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.twin.rest.arrivals[token] = arrival
        started = time.perf_counter()
        await self._dispatch("INTERACTION_CREATE", payload)
        return await asyncio.wait_for(arrival, seconds) - started

    async def picks(self, menu: str, message_id: int, *, seconds: float = PATIENCE) -> Seen:
        """Choose a command from the menu of somebody's message."""
        held, message = self._command(menu), self.twin.world.said[message_id]
        data: Payload = {key: held[key] for key in ("id", "name", "type", "guild_id") if key in held}
        data |= {"target_id": str(message_id), "resolved": {"messages": {str(message_id): message}}}
        return await self._interacts(2, data, wait=True, seconds=seconds)

    def command(self, name: str, /, focused: str | None = None, **options: Any) -> Payload:
        """The data of a slash command, or of typing into its focused option."""
        held = self._command(name)
        self.twin.world.words += [value for value in options.values() if isinstance(value, str)]
        scope = {"guild_id": held["guild_id"]} if "guild_id" in held else {}
        return scope | {
            "id": str(held["id"]),
            "name": name,
            "type": 1,
            "options": [
                {"name": key, "type": _type_of(value), "value": value, **({"focused": True} if key == focused else {})}
                for key, value in options.items()
            ],
        }

    def interaction(self, kind: int, data: Payload, *, message: Post | None = None) -> tuple[str, Payload]:
        """An interaction of this person, with its token."""
        token = f"twin-{new_id()}"
        channel = self._channel()
        payload: Payload = {
            "id": str(new_id()),
            "application_id": str(APPLICATION_ID),
            "type": kind,
            "data": data,
            "token": token,
            "version": 1,
            "locale": self.locale,
            "channel_id": str(channel),
            "channel": {"id": str(channel), "type": 0 if self.server else 1, "permissions": "2147483647", "name": "q"},
            "app_permissions": "2147483647",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(self.server.id)} if self.server else {"1": str(self.user.id)},
            "context": 0 if self.server else 1,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if self.server:
            payload["guild_id"] = str(self.server.id)
            payload["guild_locale"] = "en-US"
            payload["guild"] = {"id": str(self.server.id), "locale": "en-US", "features": []}
            payload["member"] = self.server.member_payload(self.user)
        else:
            payload["user"] = self.user.payload()
        if message is not None:
            payload["message"] = self.twin.world.message_payload(message)
            self.twin.world.pressed[token] = message
        return token, payload

    def _answered(self, token: str, kind: int) -> bool:
        """Whether a response stands that is more than "thinking"."""
        if token not in self.twin.world.answered:
            return False
        first = self.twin.world.answered[token]["type"]
        return first not in (5,) or bool(self.twin.world.of_interaction(token))

    async def _dispatch(self, event: str, data: Payload) -> None:
        gateway = self.twin.gateway
        await gateway.dispatch(event, data, gateway.session_of(self.server.id if self.server else None))

    def _channel(self) -> int:
        """Where this person writes: the server's channel, or the direct one."""
        return (
            self.server.channel_id
            if self.server
            else self.twin.world.direct_channels.setdefault(self.user.id, new_id())
        )

    def _command(self, name: str) -> Payload:
        for command in self.twin.world.commands:
            if command["name"] == name:
                return command
        raise LookupError(f"the bot has registered no command {name!r}")


def _type_of(value: Any) -> int:
    if isinstance(value, bool):
        return 5
    return 4 if isinstance(value, int) else 3


def words(body: Any) -> str:
    """Every word that a message shows: content, embeds and text components, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key in ("content", "title", "description", "label", "placeholder"):
                if isinstance(node.get(key), str):
                    found.append(node[key])
            for key in ("embeds", "components", "accessory", "items", "options", "fields"):
                walk(node.get(key))
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(body)
    return "\n".join(found)


def buttons_of(body: Any) -> dict[str, str]:
    """Custom ids of a message's buttons by label, or by emoji where there is no label."""
    found: dict[str, str] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == 2 and "custom_id" in node:
                found[node.get("label") or (node.get("emoji") or {}).get("name") or ""] = node["custom_id"]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(body)
    return found
