"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME with what was missed, and its refusals."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakediscord import world as w
from tests.fakediscord.world import World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT


@dataclass
class Session:
    """One bot's session, which outlives its connections."""

    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: list[tuple[int, str, Any]] = field(default_factory=list)


class Gateway:
    """Talks to the bot's websocket; all methods run on the fake's loop."""

    def __init__(self, world: World, token: str, interval: float) -> None:
        self.world = world
        self.token = token
        self.interval = interval
        self.session: Session | None = None
        self.socket: web.WebSocketResponse | None = None
        self.url = ""
        self.down = False
        self.refuse_with: int | None = None
        self.identifies: list[dict[str, Any]] = []
        self.resumes = 0
        self.beats: list[float] = []
        self.connections = 0
        self._zlib: Any = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection."""
        if self.down:
            return web.Response(status=503)
        assert request.query["v"] == "10"
        assert request.query["encoding"] == "json"
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        self.connections += 1
        packed = request.query.get("compress") == "zlib-stream"
        self._zlib = zlib.compressobj() if packed else None
        self.socket = socket
        await self._send(socket, {"op": 10, "d": {"heartbeat_interval": self.interval * 1000}})
        async for packet in socket:
            if packet.type is not WSMsgType.TEXT:
                break
            await self._heard(socket, json.loads(packet.data))
        if self.socket is socket:
            self.socket = None
        return socket

    async def _heard(self, socket: web.WebSocketResponse, packet: dict[str, Any]) -> None:
        if packet["op"] == 1:
            self.beats.append(time.monotonic())
            await self._send(socket, {"op": 11})
        elif packet["op"] == 2:
            await self._identify(socket, packet["d"])
        elif packet["op"] == 6:
            await self._resume(socket, packet["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        self.identifies.append(data)
        if data["token"] != self.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        if data["intents"] & PRIVILEGED and not self.world.privileged:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return
        if self.refuse_with:
            await socket.close(code=self.refuse_with)
            return
        self.session = Session(data["intents"])
        ready = {
            "v": 10, "user": w.me(), "guilds": [{"id": str(w.GUILD), "unavailable": True}],
            "session_id": self.session.id, "resume_gateway_url": self.url,
            "application": {"id": str(w.APP), "flags": 0},
        }  # fmt: skip
        await self.dispatch("READY", ready)
        await self.dispatch("GUILD_CREATE", w.guild())

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        session = self.session
        if session is None or data["session_id"] != session.id or data["token"] != self.token:
            await self._send(socket, {"op": 9, "d": False})
            return
        self.resumes += 1
        for number, event, body in [one for one in session.sent if one[0] > data["seq"]]:
            await self._send(socket, {"op": 0, "t": event, "s": number, "d": body})
        await self.dispatch("RESUMED", {})

    async def dispatch(self, event: str, body: Any, *, again: bool = False) -> None:
        """Tell the bot of an event, now or when it resumes; ``again`` delivers it twice."""
        session = self.session
        if session is None:
            return
        for _ in range(1 + again):
            session.sent.append((len(session.sent) + 1, event, body))
            if self.socket is not None and not self.socket.closed:
                packet = {"op": 0, "t": event, "s": len(session.sent), "d": body}
                await self._send(self.socket, packet)

    def hears(self, message: dict[str, Any], *, private: bool) -> dict[str, Any] | None:
        """A message as the bot's intents let it see it; None where it does not see it."""
        intents = self.session.intents if self.session else 0
        if not intents & (DIRECT_MESSAGES if private else GUILD_MESSAGES):
            return None
        mine = any(int(one["id"]) == w.APP for one in message["mentions"])
        own = int(message["author"]["id"]) == w.APP
        if private or mine or own or intents & MESSAGE_CONTENT:
            return message
        return {**message, "content": "", "embeds": [], "attachments": [], "components": []}

    async def reconnect(self) -> None:
        """Op 7: go away and come back."""
        if self.socket:
            await self._send(self.socket, {"op": 7, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9."""
        if self.socket:
            socket = self.socket
            if not resumable:
                self.session = None
            await self._send(socket, {"op": 9, "d": resumable})

    async def close(self, code: int) -> None:
        """Close the connection."""
        if self.socket:
            await self.socket.close(code=code)

    async def _send(self, socket: web.WebSocketResponse, packet: dict[str, Any]) -> None:
        text = json.dumps(packet).encode()
        try:
            if self._zlib is None:
                await socket.send_str(text.decode())
            else:
                packed = self._zlib.compress(text) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await socket.send_bytes(packed)
        except (ConnectionError, RuntimeError):
            await asyncio.sleep(0)
