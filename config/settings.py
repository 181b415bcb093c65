"""Every value that the operator may set, typed, with its default and its reason."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, IPvAnyAddress, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "INFLOW_"
ENV_FILE = ".env"


def default_database_url() -> str:
    """SQLite in the user's data directory, so that a first run needs no decision."""
    return f"sqlite+aiosqlite:///{user_data_path('inflow') / 'inflow.db'}"


class Settings(BaseSettings):
    """The operator's choices, read from ``INFLOW_…`` environment variables and an optional ``.env`` file.

    Built once, at the edge (``config.reading``), and passed down; frozen. An empty variable is an unset one.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",  # what else stands in the file is somebody else's; ``config.reading`` finds mistyped names
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(None, description="The Discord bot token. Better in a file: see token_file.")
    token_file: Path | None = Field(None, description="A file that holds the token, such as a container secret.")
    database_url: str = Field(
        default_factory=default_database_url,
        repr=False,  # it may hold a password
        description="Any async SQLAlchemy URL; SQLite in the user's data directory when unset.",
    )
    home_server: int | None = Field(
        None, description="The one server whose moderators may edit the dataset; unset means nobody may."
    )
    moderator_roles: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Role ids of moderators, comma-separated; empty means nobody may edit."
    )
    announcement_channel: int | None = Field(
        None, description="The channel for updates of the dataset; unset means none are posted."
    )
    second_person: bool = Field(False, description="Whether a change waits for the approval of a second moderator.")
    log_format: Literal["console", "json"] = Field("console", description="Lines for people, or JSON for machines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least that is logged.")
    health_port: int | None = Field(
        None, ge=0, le=65535, description="Port for /healthz, /readyz and /metrics; unset: off."
    )
    health_address: IPvAnyAddress = Field(
        IPv4Address("127.0.0.1"),
        description="The address that they are served on; 0.0.0.0 in a container whose metrics others collect.",
    )
    shards: str | None = Field(
        None,
        description="Which shards this process runs, as FIRST-LAST/COUNT (0-3/16); unset: Discord's advice.",
    )
    questions_per_minute: int = Field(
        20, ge=1, description="How many questions one member may ask per minute before a kind pause."
    )
    server_questions_per_minute: int = Field(
        240, ge=1, description="How many questions one server may ask per minute before a kind pause."
    )
    plain_text: bool = Field(
        False, description="Whether answers go as ordinary messages, for clients that do not show cards."
    )
    reader_url: str | None = Field(
        None,
        description="A language model that reads what the built-in reader cannot (docs/second_reader.md), such as "
        "http://127.0.0.1:8080/v1; unset: off, and nothing leaves the house.",
    )
    reader_model: str | None = Field(
        None, validate_default=True, description="The name of that model, as its server calls it."
    )
    reader_key_file: Path | None = Field(None, description="A file that holds the key of that server, if it needs one.")
    reader_per_minute: int = Field(30, ge=1, description="How often that model is asked per minute at most.")
    reader_direct_messages: bool = Field(
        False, description="Whether direct messages may be passed on to that model too."
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("moderator_roles", mode="before")
    @classmethod
    def _split_roles(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part for part in value.replace(" ", "").split(",") if part]
        return value

    @field_validator("shards")
    @classmethod
    def _check_shards(cls, value: str | None) -> str | None:
        if value is not None:
            shard_range(value)
        return value

    @field_validator("token_file")
    @classmethod
    def _one_token(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is not None and info.data.get("token") is not None:
            raise ValueError("set INFLOW_TOKEN or INFLOW_TOKEN_FILE, not both")
        return value

    @field_validator("reader_url")
    @classmethod
    def _check_reader_url(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("is written http://HOST:PORT/v1 or https://HOST/v1")
        return value

    @field_validator("reader_model")
    @classmethod
    def _model_of_a_server(cls, value: str | None, info: ValidationInfo) -> str | None:
        if (value is None) != (info.data.get("reader_url") is None):
            raise ValueError("set INFLOW_READER_URL and INFLOW_READER_MODEL, or neither")
        return value

    def read_reader_key(self) -> str | None:
        """The key of the second reader's server; None where there is none. Raises OSError when it cannot be read."""
        path = self.reader_key_file
        return path.read_text(encoding="utf-8").strip() or None if path is not None else None

    def read_token(self) -> str | None:
        """The token from the environment or its file; None when neither is set or the file is empty.

        Raises OSError when the file cannot be read.
        """
        if self.token_file is not None:
            return self.token_file.read_text(encoding="utf-8").strip() or None
        return self.token.get_secret_value().strip() or None if self.token else None


def shard_range(text: str) -> tuple[tuple[int, ...], int]:
    """Read ``FIRST-LAST/COUNT`` (or ``ONE/COUNT``) into shard ids and the count of all shards.

    Raises ValueError when the form or the order is wrong.
    """
    span, slash, count_text = text.partition("/")
    first_text, _, last_text = span.partition("-")
    try:
        first, last, count = int(first_text), int(last_text or first_text), int(count_text)
    except ValueError:
        slash = ""
        first = last = count = 0
    if not slash or not 0 <= first <= last < count:
        raise ValueError("shards are written FIRST-LAST/COUNT, such as 0-3/16, with LAST below COUNT")
    return tuple(range(first, last + 1)), count
