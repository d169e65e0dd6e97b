"""Every setting of paperbot: the ``PAPERBOT_…`` environment variables and a ``.env`` file.

Only the front doors build ``Settings``; the rooms behind them take plain values.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from paperbot.errors import UsageError


def _home(name: str) -> Path:
    """``./data`` or ``./index`` in a checkout, else a folder of the user's platform."""
    if Path("data", "lists").is_dir():
        return Path(name)
    from platformdirs import user_data_path

    return user_data_path("paperbot") / name


class Settings(BaseSettings):
    """What the person who runs paperbot may choose; the defaults need no variable at all."""

    model_config = SettingsConfigDict(
        env_prefix="PAPERBOT_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    data_dir: Path = Field(
        default_factory=lambda: _home("data"),
        description="Folder that holds `lists/` (the reading lists) and `lab/` (members' acts).",
    )
    index_dir: Path = Field(
        default_factory=lambda: _home("index"),
        description="Folder for what paperbot builds from the lists; may be deleted at any time.",
    )
    model: str | None = Field(
        default=None,
        description="A sentence-transformers model, by name or folder, in place of the default.",
    )
    encoder_dir: Path | None = Field(
        default=None,
        description="A second folder of exported encoders, such as one inside a Docker image.",
    )
    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token; needed by `paperbot bot` alone."
    )
    discord_token_file: Path | None = Field(
        default=None, description="A file that holds the token, such as a Docker secret."
    )
    discord_guild: int | None = Field(
        default=None, description="Sync commands to this server alone, at once: for development."
    )
    discord_channel: int | None = Field(
        default=None,
        description="Answer every message of this channel; needs the Message Content intent.",
    )
    bench_data: Path | None = Field(
        default=None, description="Folder of outside judged sets, for benchmarks alone."
    )

    @property
    def lists_dir(self) -> Path:
        """The folder of reading lists that people edit."""
        return self.data_dir / "lists"

    @property
    def lab_dir(self) -> Path:
        """The folder of what members did."""
        return self.data_dir / "lab"

    def token(self) -> str | None:
        """The bot's token, from its variable or its file; raises ``UsageError`` without the file."""
        if self.discord_token is not None:
            return self.discord_token.get_secret_value()
        if self.discord_token_file is None:
            return None
        try:
            return self.discord_token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"PAPERBOT_DISCORD_TOKEN_FILE: {self.discord_token_file} cannot be read "
                f"({type(error).__name__})."
            ) from None

    @classmethod
    def load(cls) -> Settings:
        """Read the environment; raises ``UsageError`` naming each variable that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            faults = "; ".join(
                f"PAPERBOT_{str(fault['loc'][0]).upper()}: {fault['msg']}"
                for fault in error.errors(include_input=False, include_url=False)
            )
            raise UsageError(f"Settings cannot be read: {faults}.") from None
