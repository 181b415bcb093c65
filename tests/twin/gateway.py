"""The twin's gateway: hello, identify, resume, heartbeats and dispatches over a compressed websocket."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.patience import PATIENCE
from tests.twin.world import Payload, World, new_id


class Session:
    """One gateway session; it outlives its connection, so that it can be resumed."""

    def __init__(self, shard: tuple[int, int]) -> None:
        self.id = str(new_id())
        self.shard = shard
        self.sequence = 0
        self.sent: deque[Payload] = deque(maxlen=1000)
        self.connection: Connection | None = None
        self.resumable = True


class Connection:
    """One websocket, with its own compression stream."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._stream = zlib.compressobj() if compressed else None

    async def send(self, payload: Payload) -> None:
        """Send one payload; a connection that is gone swallows it, as the net does."""
        data = json.dumps(payload).encode()
        try:
            if self._stream is None:
                await self.socket.send_str(data.decode())
            else:
                packed = self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)
        except (ConnectionError, RuntimeError):
            return


class Gateway:
    """All sessions, and the ways in which a gateway disappoints."""

    def __init__(self, world: World, url: Any) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.heartbeat_ms = 41_250
        self.acknowledge_heartbeats = True
        self.refuse_connections = 0
        """How many of the next connections are refused before the handshake."""
        self.identified = 0
        self.resumed = 0
        self.attempts = 0
        self._url = url
        self._ready = asyncio.Event()
        self._changed = asyncio.Condition()

    def expect(self) -> None:
        """Another bot is about to start: those before it do not count as ready."""
        self._ready.clear()

    async def wait_ready(self, *, seconds: float = PATIENCE) -> None:
        """Wait until the bot that was expected last has identified and got its servers."""
        async with asyncio.timeout(seconds):
            await self._ready.wait()

    async def wait_until(self, condition: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
        """Wait until the gateway is as told, or raise TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One gateway connection from its hello to its end."""
        self.attempts += 1
        if self.refuse_connections > 0:
            self.refuse_connections -= 1
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        await connection.send({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}, "s": None, "t": None})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._receive(connection, json.loads(message.data))
        return socket

    async def _receive(self, connection: Connection, payload: Payload) -> None:
        if payload["op"] == 1 and self.acknowledge_heartbeats:
            await connection.send({"op": 11, "d": None, "s": None, "t": None})
        elif payload["op"] == 2:
            await self._identify(connection, payload["d"])
        elif payload["op"] == 6:
            await self._resume(connection, payload["d"])

    async def _identify(self, connection: Connection, data: Payload) -> None:
        shard = tuple(data.get("shard") or (0, 1))
        session = Session((shard[0], shard[1]))
        session.connection = connection
        self.sessions[session.id] = session
        self.identified += 1
        mine = [server for server in self.world.servers if (server.id >> 22) % shard[1] == shard[0]]
        await self.dispatch(
            "READY",
            {
                "v": 10,
                "user": {**self.world.bot.payload(), "verified": True, "mfa_enabled": False, "flags": 0, "email": None},
                "guilds": [{"id": str(server.id), "unavailable": True} for server in mine],
                "session_id": session.id,
                "resume_gateway_url": self._url(),
                "shard": list(shard),
                "application": {"id": "1000", "flags": 0},
                "private_channels": [],
                "presences": [],
                "relationships": [],
                "_trace": [],
            },
            session,
        )
        for server in mine:
            await self.dispatch("GUILD_CREATE", server.create_payload(self.world.bot), session)
        self._ready.set()
        await self._announce()

    async def _announce(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _resume(self, connection: Connection, data: Payload) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or not session.resumable:
            await connection.send({"op": 9, "d": False, "s": None, "t": None})
            return
        session.connection = connection
        missed = [payload for payload in session.sent if payload["s"] > (data.get("seq") or 0)]
        for payload in missed:
            await connection.send(payload)
        self.resumed += 1
        await self.dispatch("RESUMED", {"_trace": []}, session)
        await self._announce()

    def session_of(self, server_id: int | None) -> Session:
        """The newest session whose shard serves a server; direct messages go to shard 0."""
        for session in reversed(self.sessions.values()):
            index, count = session.shard
            if ((server_id or 0) >> 22) % count == index:
                return session
        raise LookupError("no bot is connected for that server")

    async def dispatch(self, event: str, data: Payload, session: Session) -> None:
        """Send one event to a session; one without a connection keeps it for a resume."""
        session.sequence += 1
        payload = {"op": 0, "t": event, "s": session.sequence, "d": data}
        session.sent.append(payload)
        if session.connection is not None:
            await session.connection.send(payload)

    async def drop(self, *, code: int = 1006, abort: bool = False) -> None:
        """Cut every connection: by a close code, or as a network would."""
        for session in self.sessions.values():
            connection, session.connection = session.connection, None
            if connection is None:
                continue
            if abort:
                transport = connection.socket._req.transport if connection.socket._req else None
                if transport is not None:
                    transport.abort()
            else:
                await connection.socket.close(code=4000 if code == 1006 else code)

    async def ask_to_reconnect(self) -> None:
        """Op 7: come back and resume."""
        for session in self.sessions.values():
            if session.connection is not None:
                await session.connection.send({"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9: the session is over, or may be resumed."""
        for session in self.sessions.values():
            session.resumable = session.resumable and resumable
            if session.connection is not None:
                await session.connection.send({"op": 9, "d": resumable, "s": None, "t": None})
