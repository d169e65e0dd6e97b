"""The fake Discord as a test sees it: plain calls from any thread."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from tests.fakediscord import world as w
from tests.fakediscord.gateway import Gateway
from tests.fakediscord.rest import Fault, Pending, Rest
from tests.fakediscord.world import World

T = TypeVar("T")
TOKEN = "MTE4.fake-token.4b0a5ee3c1d29f7788"


class Handle:
    """One interaction, from the click to the answer."""

    def __init__(self, fake: FakeDiscord, pending: Pending) -> None:
        self._fake, self.pending = fake, pending

    @property
    def message(self) -> dict[str, Any]:
        """The message that answers it, complete; waits for it."""
        self._fake.until(self._complete, f"an answer to interaction {self.pending.kind}")
        return self._fake.world.messages[self.pending.message or 0]

    def _complete(self) -> bool:
        message = self._fake.world.messages.get(self.pending.message or 0)
        return message is not None and not message["flags"] & 128

    @property
    def text(self) -> str:
        """All the words of the answer."""
        return words(self.message)

    @property
    def private(self) -> bool:
        """Is the answer seen by its asker alone?"""
        return bool(self.message["flags"] & 64)

    def acknowledged(self, timeout: float = 5.0) -> float:
        """Seconds that the acknowledgement took."""
        self._fake.until(lambda: self.pending.answered is not None, "an acknowledgement", timeout)
        return (self.pending.answered_at or 0) - self.pending.at

    @property
    def choices(self) -> list[dict[str, Any]]:
        """What an autocomplete offers."""
        self._fake.until(lambda: self.pending.choices is not None, "choices")
        return self.pending.choices or []

    @property
    def modal(self) -> dict[str, Any]:
        """The form that a click opened."""
        self._fake.until(lambda: self.pending.modal is not None, "a form")
        return self.pending.modal or {}

    @property
    def followed(self) -> list[dict[str, Any]]:
        """Messages made for this interaction besides the one clicked on."""
        return [self._fake.world.messages[number] for number in self.pending.made]


class FakeDiscord:
    """Start it with ``with``; ``api`` and ``gateway_url`` say where it listens."""

    def __init__(self, *, interval: float = 0.5, ssl: Any = None) -> None:
        self.world = World()
        self.token = TOKEN
        self.gateway = Gateway(self.world, TOKEN, interval)
        self.rest = Rest(self.world, TOKEN, self._notify)
        self.tokens: list[str] = [TOKEN]
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._ssl = ssl
        self.port = 0

    def __enter__(self) -> FakeDiscord:
        self._thread = threading.Thread(target=self._loop.run_forever, name="discord", daemon=True)
        self._thread.start()
        self._call(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _listen(self) -> None:
        app = web.Application(client_max_size=1 << 20)
        app.add_routes([*self.rest.routes(), web.get("/", self.gateway.handle)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self._ssl)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = "wss://gateway.discord.gg" if self._ssl else self.gateway_url

    @property
    def api(self) -> str:
        """The base of the REST routes."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the websocket is."""
        return f"ws://127.0.0.1:{self.port}"

    # what members do

    def say(
        self, text: str, *, by: int = w.ALICE, where: int = w.CHANNEL, private: bool = False,
        mention: bool = True, reply_to: dict[str, Any] | None = None, bot: bool = False,
        again: bool = False, **more: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """Someone writes a message; with ``mention`` it names the bot."""
        where = w.dm(by) if private else where
        content = f"<@{w.APP}> {text}" if mention and not reply_to and not private else text
        message = w.message(w.user(by, bot=bot), where, content, **more)
        if mention and not private:
            message["mentions"] = [*message["mentions"], w.user(w.APP, bot=True)]
        if reply_to is not None:
            message |= {"type": 19, "referenced_message": reply_to, "message_reference": {
                "type": 0, "channel_id": str(where), "message_id": reply_to["id"]}}  # fmt: skip
        self.world.store(message)
        seen = self.gateway.hears(message, private=private)
        if seen is not None:
            place = {} if private else {"guild_id": str(w.GUILD), "member": w.member(by)}
            self._call(self.gateway.dispatch("MESSAGE_CREATE", {**seen, **place}, again=again))
        return message

    def command(self, name: str, /, *, sub: str | None = None, by: int = w.ALICE, **options: Any) -> Handle:  # fmt: skip
        """Someone uses a slash command; ``private=True`` in their private channel."""
        private, may = options.pop("private", False), options.pop("permissions", w.MEMBER_MAY)
        given = [{"name": k, "type": _kind(v), "value": v} for k, v in options.items()]
        if sub:
            given = [{"name": sub, "type": 1, "options": given}]
        data = {"id": "1", "name": name, "type": 1, "options": given}
        return self._interact(2, data, by, private=private, permissions=may)

    def complete(self, name: str, option: str, typed: str, *, by: int = w.ALICE) -> Handle:
        """Someone types into an option of a slash command."""
        given = [{"name": option, "type": 3, "value": typed, "focused": True}]
        return self._interact(4, {"id": "1", "name": name, "type": 1, "options": given}, by)

    def menu(self, message: dict[str, Any], *, by: int = w.ALICE) -> Handle:
        """Someone picks the bot's entry in a message's menu."""
        data = {
            "id": "1", "name": "Find papers like this message", "type": 3,
            "target_id": message["id"], "resolved": {"messages": {message["id"]: message}},
        }  # fmt: skip
        return self._interact(2, data, by)

    def click(self, on: dict[str, Any], label: str, *, by: int = w.ALICE) -> Handle:
        """Someone presses the button with that label."""
        part = find(on, label)
        return self.press(on, part["custom_id"], by=by)

    def press(self, on: dict[str, Any], custom_id: str, *, by: int = w.ALICE) -> Handle:
        """A button's click, by its custom id."""
        data = {"component_type": 2, "custom_id": custom_id}
        return self._interact(3, data, by, on=on)

    def choose(self, on: dict[str, Any], number: int, *, by: int = w.ALICE) -> Handle:
        """Someone picks the option at ``number`` (from 0) of the message's select."""
        part = next(p for p in parts(on) if p["type"] == 3)
        value = part["options"][number]["value"]
        data = {"component_type": 3, "custom_id": part["custom_id"], "values": [value]}
        return self._interact(3, data, by, on=on)

    def submit(self, form: Handle, text: str, *, by: int = w.ALICE) -> Handle:
        """Someone fills in a form and sends it."""
        box = form.modal["components"][0]["components"][0]
        answer = {"type": 4, "id": 2, "custom_id": box["custom_id"], "value": text}
        rows = [{"type": 1, "id": 1, "components": [answer]}]
        data = {"custom_id": form.modal["custom_id"], "components": rows}
        return self._interact(5, data, by, on=form.pending.on)

    def _interact(
        self, kind: int, data: dict[str, Any], by: int, *, on: dict[str, Any] | None = None,
        private: bool = False, permissions: int = w.MEMBER_MAY,
    ) -> Handle:  # fmt: skip
        private = private or (on is not None and int(on["channel_id"]) == w.dm(by))
        where = w.dm(by) if private else int(on["channel_id"]) if on else w.CHANNEL
        token = secrets.token_urlsafe(60)
        pending = Pending(
            w.snowflake(), token, kind, self.world.clock.now(), by, where, private, on
        )
        self.rest.pending[token] = pending
        self.tokens.append(token)
        event: dict[str, Any] = {
            "id": str(pending.id), "application_id": str(w.APP), "type": kind, "data": data,
            "token": token, "version": 1, "channel_id": str(where), "locale": "en-US",
            "entitlements": [], "authorizing_integration_owners": {"0": str(w.GUILD)},
            "context": 1 if private else 0, "app_permissions": str(w.MEMBER_MAY),
            "attachment_size_limit": 1 << 20,
            "channel": w.channel(where, private_with=by if private else None),
        }  # fmt: skip
        if private:
            event["user"] = w.user(by)
        else:
            who = w.member(by, permissions=permissions)
            event |= {"guild_id": str(w.GUILD), "guild_locale": "en-US", "member": who}
            event["guild"] = {"id": str(w.GUILD), "locale": "en-US", "features": []}
        if on is not None:
            event["message"] = on
        self._call(self.gateway.dispatch("INTERACTION_CREATE", event))
        return Handle(self, pending)

    # what a test looks at

    def answers(self, to: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The bot's messages in channels, all or those that reply to a message."""
        own = [m for m in self.world.messages.values() if int(m["author"]["id"]) == w.APP]
        if to is None:
            return own
        return [m for m in own if m.get("message_reference", {}).get("message_id") == to["id"]]

    def answer(self, to: dict[str, Any], timeout: float = 8.0) -> dict[str, Any]:
        """The reply to a message; waits for it."""
        self.until(lambda: bool(self.answers(to)), f"an answer to “{to['content'][:80]}”", timeout)
        return self.answers(to)[0]

    def until(self, true: Callable[[], Any], what: str, timeout: float = 8.0) -> None:
        """Wait until something is true; fails saying what was waited for."""
        end = time.monotonic() + timeout
        with self._changed:
            while not true():
                left = end - time.monotonic()
                if left <= 0:
                    said = "; ".join(self.rest.complaints[:5])
                    raise AssertionError(f"waited {timeout:.1f} s for {what}. {said}")
                self._changed.wait(min(left, 0.05))

    def count(self, method: str, ends: str) -> int:
        """How many requests went to routes that end so."""
        return sum(
            1 for _, route, _, _ in list(self.rest.requests)
            if route.startswith(method + " ") and route.endswith(ends)
        )  # fmt: skip

    # what Discord does to bots

    def fail(
        self, method: str, part: str, status: int, *, times: int = 1, retry_after: float = 0.0,
        everywhere: bool = False, delay: float = 0.0,
    ) -> Fault:  # fmt: skip
        """Answer the next requests whose path holds ``part`` with a failure."""
        body: Any = {"message": "refused", "code": 0}
        headers = {}
        if status == 429:
            body = {"message": "You are being rate limited.", "retry_after": retry_after,
                    "global": everywhere}  # fmt: skip
            headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "user"}
        fault = Fault(lambda m, p: m == method and part in p, status, body, times, headers, delay)
        self.rest.faults.append(fault)
        return fault

    def reconnect(self) -> None:
        """Op 7."""
        self._call(self.gateway.reconnect())

    def invalidate(self, *, resumable: bool) -> None:
        """Op 9."""
        self._call(self.gateway.invalidate(resumable=resumable))

    def close(self, code: int) -> None:
        """Close the gateway's connection with a code."""
        self._call(self.gateway.close(code))

    def ready(self, timeout: float = 10.0) -> None:
        """Wait until a bot has identified itself."""
        self.until(lambda: self.gateway.session is not None, "the bot to connect", timeout)

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        result = asyncio.run_coroutine_threadsafe(work, self._loop).result(10)
        self._notify()
        return result


def parts(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Every button and select of a message."""
    return [part for row in message["components"] for part in row["components"]]


def find(message: dict[str, Any], label: str) -> dict[str, Any]:
    """The button with that label."""
    labels = {part.get("label"): part for part in parts(message)}
    assert label in labels, f"no button “{label}” among {list(labels)}"
    return labels[label]


def words(message: dict[str, Any]) -> str:
    """All the words of a message: content, embeds, footers."""
    said = [message["content"]]
    for embed in message["embeds"]:
        said += [embed.get("title", ""), embed.get("description", "")]
        said += [f"{field['name']}\n{field['value']}" for field in embed.get("fields", [])]
        said.append(embed.get("footer", {}).get("text", ""))
    return "\n".join(part for part in said if part)


def _kind(value: object) -> int:
    return 5 if isinstance(value, bool) else 4 if isinstance(value, int) else 3
