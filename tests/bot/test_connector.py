"""The bot talks to Discord's real names over TLS, with nothing patched, and to nobody else."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yarl
from aiohttp.abc import AbstractResolver, ResolveResult
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.bot.support import Hooked, Running, Where, config_for
from tests.fakediscord import FakeDiscord
from tests.fakediscord.server import words

NAMES = ("discord.com", "gateway.discord.gg")


class Resolver(AbstractResolver):
    """Knows Discord's two names, and where they are today."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: set[str] = set()

    async def resolve(
        self, host: str, port: int = 0, family: int = socket.AF_INET
    ) -> list[ResolveResult]:
        """The loopback address for Discord's names; nothing for others."""
        self.asked.add(host)
        if host not in NAMES:
            raise OSError(f"{host} is not Discord")
        return [ResolveResult(
            hostname=host, host="127.0.0.1", port=self.port, family=socket.AF_INET, proto=0,
            flags=socket.AI_NUMERICHOST,
        )]  # fmt: skip

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for Discord's names that nobody else believes."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    names = ",".join(f"DNS:{name}" for name in NAMES)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=loopback", "-addext", f"subjectAltName={names}",
         "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


def test_nothing_patched_over_tls(
    certificate: tuple[Path, Path], engine: Hooked, library: Where, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(Route, "BASE", "https://discord.com/api/v10")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("wss://gateway.discord.gg/"))
    key, cert = certificate
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(cert, key)
    believing = ssl.create_default_context(cafile=str(cert))
    with FakeDiscord(ssl=serving) as fake:
        resolver = Resolver(fake.port)

        def way() -> Any:
            return aiohttp.TCPConnector(resolver=resolver, ssl=believing)

        config = config_for(library, state_dir=tmp_path / "state")
        running = Running(fake, engine, config, patched=False, connector=way)
        try:
            assert "KV cache" in words(fake.answer(fake.say("KV cache")))
            assert "KV cache" in fake.command("recommend", topic="KV cache").text
        finally:
            running.stop()
        assert resolver.asked == set(NAMES)
        assert not fake.rest.complaints
