"""The REST side: the routes that the bot uses, as Discord answers them, refusals included."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakediscord import pings, referee
from tests.fakediscord import world as w
from tests.fakediscord.world import World

_NOT_SHOWN = ("default_member_permissions",)
LATE, LIFE = 3.0, 900.0
"""Seconds to acknowledge an interaction, and to use its token."""


class Refusal(Exception):
    """What Discord says no with."""

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(text)
        self.status, self.body = status, {"message": text, "code": code}


@dataclass
class Fault:
    """What the next ``times`` requests to a matching route get instead of an answer."""

    matches: Callable[[str, str], bool]
    status: int
    body: Any
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class Pending:
    """An interaction that the bot was told of."""

    id: int
    token: str
    kind: int
    at: float
    user: int
    where: int
    private: bool
    on: dict[str, Any] | None = None
    answered: int | None = None
    answered_at: float | None = None
    message: int | None = None
    choices: list[dict[str, Any]] | None = None
    modal: dict[str, Any] | None = None
    made: list[int] = field(default_factory=list)
    acknowledgements: int = 0


class Rest:
    """The handlers; all run on the fake's loop."""

    def __init__(self, world: World, token: str, changed: Callable[[], None]) -> None:
        self.world, self.token, self._changed = world, token, changed
        self.requests: list[tuple[float, str, Any, int]] = []
        self.complaints: list[str] = []
        self.faults: list[Fault] = []
        self.pending: dict[str, Pending] = {}

    def routes(self) -> list[web.RouteDef]:
        """Every route of Discord's that the bot may use."""
        api = "/api/v10"
        hook = api + "/webhooks/{webhook_id}/{webhook_token}"
        table: list[tuple[str, str, Any]] = [
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("PUT", "/applications/{application_id}/commands", self._commands),
            ("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", self._commands),
            ("POST", "/channels/{channel_id}/messages", self._post),
            ("POST", "/channels/{channel_id}/typing", self._typing),
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self._callback),
            ("POST", hook[len(api) :], self._follow),
            ("GET", hook[len(api) :] + "/messages/@original", self._original),
            ("PATCH", hook[len(api) :] + "/messages/@original", self._edit),
            ("PATCH", hook[len(api) :] + "/messages/{message_id}", self._edit),
        ]
        return [
            web.route(method, api + path, self._wrapped(f"{method} {path}", handler))
            for method, path, handler in table
        ]

    def _wrapped(self, route: str, handler: Any) -> Any:
        async def handle(request: web.Request) -> web.Response:
            raw = await request.read()
            body = json.loads(raw) if raw else None
            status, reply, headers = await self._judged(route, handler, request, body)
            self.requests.append((self.world.clock.now(), f"{request.method} {request.path}", body,
                                  status))  # fmt: skip
            self._changed()
            if status == 204:
                return web.Response(status=204)
            # exactly application/json: the client compares the header as it stands
            headers = {**headers, "Content-Type": "application/json", "Via": "1.1 loopback"}
            return web.Response(status=status, body=json.dumps(reply).encode(), headers=headers)

        return handle

    async def _judged(
        self, route: str, handler: Any, request: web.Request, body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        for fault in self.faults:
            if fault.times > 0 and fault.matches(request.method, request.path):
                fault.times -= 1
                await asyncio.sleep(fault.delay)
                if fault.status:
                    return fault.status, fault.body, fault.headers
        by_token = "/webhooks/" in request.path or "/interactions/" in request.path
        if not by_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return 401, {"message": "401: Unauthorized", "code": 0}, {}
        wrong = referee.judge_request(route, body)
        if wrong:
            self.complaints += [f"{route}: {fault}" for fault in wrong]
            return 400, {"message": "Invalid Form Body", "code": 50035, "errors": wrong[:3]}, {}
        try:
            reply = handler(request, body)
        except Refusal as refusal:
            return refusal.status, refusal.body, {}
        self.complaints += [f"reply: {fault}" for fault in referee.judge_reply(route, reply)]
        return (204 if reply is None else 200), reply, {}

    def _me(self, request: web.Request, body: Any) -> Any:
        return w.me()

    def _application(self, request: web.Request, body: Any) -> Any:
        return w.application()

    def _commands(self, request: web.Request, body: Any) -> Any:
        self.world.commands.append(body)
        return [
            {
                "id": str(w.snowflake()), "application_id": str(w.APP), "version": "1",
                "default_member_permissions": None, "description": "",
                **{k: v for k, v in one.items() if v is not None and k not in _NOT_SHOWN},
            }
            for one in body
        ]  # fmt: skip

    def _typing(self, request: web.Request, body: Any) -> Any:
        if int(request.match_info["channel_id"]) in self.world.denied:
            raise Refusal(403, 50013, "Missing Permissions")

    def _post(self, request: web.Request, body: Any) -> Any:
        where = int(request.match_info["channel_id"])
        if where in self.world.denied:
            raise Refusal(403, 50013, "Missing Permissions")
        to = body.get("message_reference")
        replied = self.world.messages.get(int(to["message_id"])) if to else None
        if to and replied is None and to.get("fail_if_not_exists", True):
            raise Refusal(400, 50035, "Invalid Form Body")
        made = w.message(w.user(w.APP, bot=True), where, **pings.shown(body))
        if replied:
            made |= {"type": 19, "message_reference": {
                "type": 0, "channel_id": str(where), "message_id": replied["id"]}}  # fmt: skip
        self._note_pings(made, body, replied["author"]["id"] if replied else None)
        return self.world.store(made)

    def _callback(self, request: web.Request, body: Any) -> Any:
        pending = self.pending.get(request.match_info["interaction_token"])
        if pending is None or self.world.clock.now() - pending.at > LATE:
            raise Refusal(404, 10062, "Unknown interaction")
        if pending.answered is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        kind, data = body["type"], body.get("data") or {}
        if kind not in {2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}[pending.kind]:
            raise Refusal(400, 50035, f"callback {kind} cannot answer interaction {pending.kind}")
        pending.answered, pending.answered_at = kind, self.world.clock.now()
        pending.acknowledgements += 1
        told: dict[str, Any] = {"id": str(pending.id), "type": pending.kind}
        reply: dict[str, Any] = {"interaction": told}
        if kind == 8:
            pending.choices = data["choices"]
        elif kind == 9:
            pending.modal = data
        elif kind in (6, 7):
            pending.message = int(pending.on["id"]) if pending.on else None
            if kind == 7 and pending.on is not None:
                pending.on |= pings.shown(data)
                reply["resource"] = {"type": 7, "message": pending.on}
        else:
            made = self._made(pending, data, loading=kind == 5)
            told |= {"response_message_id": made["id"]}
            pending.message = int(made["id"])
            if kind == 4:
                reply["resource"] = {"type": 4, "message": made}
        return reply

    def _follow(self, request: web.Request, body: Any) -> Any:
        return self._made(self._alive(request), body)

    def _original(self, request: web.Request, body: Any) -> Any:
        return self._message(request)

    def _edit(self, request: web.Request, body: Any) -> Any:
        message = self._message(request)
        message |= pings.shown({k: v for k, v in body.items() if k != "flags"})
        message["flags"] &= ~128
        self._note_pings(message, body, None)
        return message

    def _made(self, pending: Pending, data: Any, *, loading: bool = False) -> dict[str, Any]:
        made = w.message(w.user(w.APP, bot=True), pending.where, **pings.shown(data))
        made["flags"] |= 128 if loading else 0
        pending.made.append(int(made["id"]))
        self._note_pings(made, data, None)
        return self.world.store(made)

    def _alive(self, request: web.Request) -> Pending:
        pending = self.pending.get(request.match_info["webhook_token"])
        if pending is None or pending.answered is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if self.world.clock.now() - pending.at > LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return pending

    def _message(self, request: web.Request) -> dict[str, Any]:
        pending = self._alive(request)
        number = request.match_info.get("message_id") or pending.message
        message = self.world.messages.get(int(number)) if number else None
        if message is None:
            raise Refusal(404, 10008, "Unknown Message")
        return message

    def _note_pings(self, message: dict[str, Any], body: Any, replied_to: str | None) -> None:
        for whom in pings.pinged(body, replied_to):
            self.world.pings.append((int(message["id"]), whom))
