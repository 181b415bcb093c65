"""The twin's REST side: each modelled route, and 501 for everything else."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.patience import PATIENCE
from tests.twin.faults import Fault, Faults
from tests.twin.openapi import Contract
from tests.twin.world import APPLICATION_ID, Payload, Post, Server, World, new_id

Handler = Callable[[web.Request, Any, tuple[str, ...]], Awaitable[web.Response]]


def reply(body: Any, status: int = 200) -> web.Response:
    """A JSON response with exactly the content type that discord.py looks for."""
    text = json.dumps(body)
    return web.Response(body=text.encode(), status=status, headers={"Content-Type": "application/json"})


class Rest:
    """Answers the bot's requests from the world, refuses what Discord's document refuses, and fails as planned."""

    def __init__(self, world: World, faults: Faults, gateway_url: Callable[[], str], *, strict: bool = True) -> None:
        self.knows_nonces = True
        """Whether a nonce is known again; Discord forgets one after some minutes."""
        self.world = world
        self.faults = faults
        self.refused: list[str] = []
        """Every request that broke Discord's document or hit a route that is not modelled."""
        self.requests: list[str] = []
        self.arrivals: dict[str, asyncio.Future[float]] = {}
        """Futures by interaction token, set to the clock when the first response arrives (for measuring)."""
        self.echoed = 0
        """How many answers to interactions were asked to be sent back."""
        self._gateway_url = gateway_url
        self._contract = Contract.load() if strict else None
        self._changed = asyncio.Condition()
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = [
            (method, re.compile(pattern), handler)
            for method, pattern, handler in (
                ("GET", r"/users/@me", self._me),
                ("GET", r"/(?:oauth2/)?applications/@me", self._application),
                ("GET", r"/gateway/bot", self._gateway),
                ("GET", r"/gateway", self._gateway),
                ("PUT", r"/applications/(\d+)(?:/guilds/\d+)?/commands", self._put_commands),
                ("GET", r"/applications/(\d+)(?:/guilds/\d+)?/commands", self._get_commands),
                ("POST", r"/interactions/(\d+)/([^/]+)/callback", self._callback),
                ("POST", r"/webhooks/\d+/([^/]+)", self._followup),
                ("GET", r"/webhooks/\d+/([^/]+)/messages/@original", self._get_original),
                ("PATCH", r"/webhooks/\d+/([^/]+)/messages/(@original|\d+)", self._edit_followup),
                ("DELETE", r"/webhooks/\d+/([^/]+)/messages/(@original|\d+)", self._delete_followup),
                ("POST", r"/channels/(\d+)/messages", self._post_message),
                ("GET", r"/channels/(\d+)/messages", self._list_messages),
                ("PATCH", r"/channels/(\d+)/messages/(\d+)", self._edit_message),
                ("DELETE", r"/channels/(\d+)/messages/(\d+)", self._delete_message),
                ("POST", r"/channels/(\d+)/typing", self._typing),
                ("GET", r"/channels/(\d+)", self._get_channel),
                ("POST", r"/users/@me/channels", self._open_direct),
            )
        ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request of the bot: fault, contract, route."""
        path = request.path.removeprefix("/api")
        name = f"{request.method} {path}"
        self.requests.append(name)
        body, files = await _read_body(request)
        fault = self.faults.take(name)
        if fault is not None and fault.kind != "commit_then_fail":
            failed = await self._fail(fault, request)
            if failed is not None:
                return failed
        faults = self._contract.faults(request.method, path, body, multipart=bool(files)) if self._contract else []
        if faults:
            self.refused.extend(faults)
            return reply({"code": 50035, "message": "Invalid Form Body", "errors": {"_errors": faults}}, 400)
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(path)
            if match and method == request.method:
                if isinstance(body, dict):
                    body["_files"] = files
                response = await handler(request, body, match.groups())
                await self._announce()
                if fault is not None:
                    await asyncio.sleep(fault.seconds)
                    return reply({"code": 0, "message": "the reply was lost"}, fault.status)
                return response
        self.refused.append(f"not modelled: {name}")
        return reply({"code": 0, "message": f"the twin does not model {name}"}, 501)

    async def wait_until(self, condition: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
        """Wait until the world is as told, or raise TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def _announce(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _fail(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        if fault.kind in ("hang", "reset"):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        if fault.status == 429:
            response = reply(
                {"message": "You are being rate limited.", "retry_after": fault.seconds, "global": fault.everywhere},
                429,
            )
            if fault.via:
                response.headers["Via"] = "1.1 twin"
            return response
        return reply({"code": fault.code, "message": "planned fault"}, fault.status)

    async def _me(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        return reply({**self.world.bot.payload(), "verified": True, "mfa_enabled": False, "flags": 0, "email": None})

    async def _application(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        return reply(
            {
                "id": str(APPLICATION_ID),
                "name": "Inflow",
                "icon": None,
                "description": "",
                "summary": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": 0,
                "owner": self.world.bot.payload(),
                "team": None,
            }
        )

    async def _gateway(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16}
        return reply({"url": self._gateway_url(), "shards": 1, "session_start_limit": limits})

    async def _put_commands(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        server = re.search(r"/guilds/(\d+)/", request.path)
        scope = {"guild_id": server[1]} if server else {}
        put = [
            {"id": str(new_id()), "application_id": groups[0], "version": "1", "type": 1, "description": "", **command}
            | scope
            for command in body
        ]
        others = [held for held in self.world.commands if held.get("guild_id") != scope.get("guild_id")]
        self.world.commands = [*others, *put]
        return reply(put)

    async def _get_commands(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        return reply(self.world.commands)

    async def _callback(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        token = groups[1]
        if token in self.world.answered:
            return reply({"code": 40060, "message": "Interaction has already been acknowledged."}, 400)
        self.world.answered[token] = body
        arrival = self.arrivals.pop(token, None)
        if arrival is not None and not arrival.done():
            arrival.set_result(time.perf_counter())
        kind = body["type"]
        post: Post | None = None
        if kind == 4:
            post = self._keep({**(body.get("data") or {}), "_files": body.get("_files", ())}, token=token)
        elif kind == 5:
            self.world.deferred.add(token)
        elif kind == 7:
            post = self._keep({**(body.get("data") or {}), "_files": body.get("_files", ())}, token=token)
        if request.query.get("with_response", "").lower() not in ("true", "1"):
            return web.Response(status=204)
        resource: Payload = {"type": kind}
        if post is not None:
            resource["message"] = self.world.message_payload(post)
        self.echoed += 1
        interaction = {"id": groups[0], "type": 2, "response_message_id": str(post.id) if post else None}
        return reply({"interaction": interaction, "resource": resource})

    async def _followup(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        post = self._keep(body, token=groups[0])
        self.world.deferred.discard(groups[0])  # the first takes the place of "thinking"
        return reply(self.world.message_payload(post))

    async def _get_original(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        posts = self.world.of_interaction(groups[0])
        return reply(self.world.message_payload(posts[0])) if posts else _unknown_message()

    async def _edit_followup(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        token, which = groups
        posts = self.world.of_interaction(token)
        if which == "@original" and token in self.world.deferred and not posts:
            self.world.deferred.discard(token)
            return reply(self.world.message_payload(self._keep(body, token=token)))
        if which == "@original" and self._updates(token):
            posts = [self.world.pressed[token]]
        chosen = [post for post in posts if which in ("@original", str(post.id))]
        return reply(self.world.message_payload(_edited(chosen[0], body))) if chosen else _unknown_message()

    def _updates(self, token: str) -> bool:
        """Whether an interaction was answered by "the message will change" (type 6)."""
        return token in self.world.pressed and self.world.answered.get(token, {}).get("type") == 6

    async def _delete_followup(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        token, which = groups
        if which == "@original" and token in self.world.deferred:
            self.world.deferred.discard(token)
            return web.Response(status=204)
        for post in self.world.of_interaction(token):
            if which in ("@original", str(post.id)):
                post.deleted = True
                return web.Response(status=204)
        return _unknown_message()

    async def _post_message(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce") and self.knows_nonces:
            for post in self.world.posts:
                if post.nonce == str(nonce):
                    return reply(self.world.message_payload(post))
        return reply(self.world.message_payload(self._keep(body, channel_id=int(groups[0]))))

    async def _list_messages(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        limit, after = int(request.query.get("limit", 50)), request.query.get("after")
        found = [post for post in self.world.posts if post.channel_id == int(groups[0]) and not post.deleted]
        page = [post for post in found if post.id > int(after)][:limit] if after else found[-limit:]
        payloads = [self.world.message_payload(post) for post in reversed(page)]
        return reply([{name: value for name, value in each.items() if name != "nonce"} for each in payloads])

    async def _edit_message(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        chosen = [post for post in self.world.posts if post.id == int(groups[1]) and not post.deleted]
        return reply(self.world.message_payload(_edited(chosen[0], body))) if chosen else _unknown_message()

    async def _delete_message(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        for post in self.world.posts:
            if post.id == int(groups[1]) and not post.deleted:
                post.deleted = True
                return web.Response(status=204)
        return _unknown_message()

    async def _typing(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        self.world.typing += 1
        return web.Response(status=204)

    async def _get_channel(self, request: web.Request, body: Any, groups: tuple[str, ...]) -> web.Response:
        channel = int(groups[0])
        for server in self.world.servers:
            if server.channel_id == channel:
                return reply(server.channel_payload())
        for user, direct in self.world.direct_channels.items():
            if direct == channel:
                return reply(self._direct_payload(user))
        return reply({"code": 10003, "message": "Unknown Channel"}, 404)

    async def _open_direct(self, request: web.Request, body: Payload, groups: tuple[str, ...]) -> web.Response:
        user = int(body["recipient_id"])
        self.world.direct_channels.setdefault(user, new_id())
        return reply(self._direct_payload(user))

    def _direct_payload(self, user: int) -> Payload:
        return {
            "id": str(self.world.direct_channels[user]),
            "type": 1,
            "last_message_id": None,
            "recipients": [self.world.users[user].payload()],
        }

    def _keep(self, body: Payload, *, token: str | None = None, channel_id: int | None = None) -> Post:
        if channel_id is None:
            channel_id = self.world.servers[0].channel_id
        nonce = body.get("nonce")
        post = Post(
            new_id(),
            channel_id,
            {key: value for key, value in body.items() if key != "_files"},
            token,
            files=tuple(body.get("_files", ())),
            nonce=str(nonce) if nonce is not None else None,
        )
        self.world.posts.append(post)
        return post


def _edited(post: Post, body: Payload) -> Post:
    post.body = {**post.body, **{key: value for key, value in body.items() if key != "_files"}}
    if body.get("_files"):
        post.files = tuple(body["_files"])
    post.edits += 1
    return post


def _unknown_message() -> web.Response:
    return reply({"code": 10008, "message": "Unknown Message"}, 404)


async def _read_body(request: web.Request) -> tuple[Any, tuple[str, ...]]:
    """The JSON body and the names of uploaded files."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        payload = form.get("payload_json")
        names = tuple(part.filename for part in form.values() if isinstance(part, web.FileField))
        return (json.loads(payload) if isinstance(payload, str) else {}), names
    raw = await request.read()
    return (json.loads(raw) if raw else None), ()


def home(world: World) -> Server:
    """The first server of the world, where people talk."""
    return world.servers[0]
