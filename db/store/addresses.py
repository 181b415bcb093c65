"""Database URLs as hosted databases hand them out: what the driver is told of them, and what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from db.model.errors import DatabaseUnreachable

Values = str | tuple[str, ...]

_OF_THE_PROTOCOL = frozenset(
    "sslmode sslcert sslkey sslrootcert sslcrl sslpassword sslnegotiation ssl_min_protocol_version "
    "ssl_max_protocol_version target_session_attrs passfile krbsrvname gsslib application_name options".split()
)
"""Parameters of libpq's URLs that asyncpg understands in a URL of its own, though not as arguments."""
_NUMBERS: dict[str, type[int] | type[float]] = {
    "timeout": float,
    "command_timeout": float,
    "statement_cache_size": int,
    "max_cached_statement_lifetime": int,
    "max_cacheable_statement_size": int,
}
"""The driver's own arguments that are numbers, which a URL gives as text."""
_IN_THE_URL = frozenset(("ssl", "prepared_statement_cache_size", "host", "port"))
"""What SQLAlchemy reads out of the URL by itself."""
_LEFT_OUT = frozenset(
    "channel_binding gssencmode sslcompression sslsni pgbouncer connection_limit pool_timeout keepalives "
    "keepalives_idle keepalives_interval keepalives_count tcp_user_timeout client_encoding "
    "fallback_application_name".split()
)
"""What hosted databases write for other drivers, and this one cannot do; what guards the connection is ``sslmode``."""


def readable(url: str) -> str:
    """The URL with every ``@`` of its password written as URLs want it, so that the last one begins the host."""
    start, slashes, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    person, at, host = authority.rpartition("@")
    return f"{start}{slashes}{person.replace('@', quote('@'))}{at}{host}{slash}{path}"


def masked(url: str) -> str:
    """The URL as it may be shown: without whatever stands before its last ``@``, and without its parameters."""
    if url.startswith("sqlite"):
        return url
    start, slashes, rest = url.partition("://")
    _, at, place = rest.rpartition("@")
    return f"{start}{slashes}{'***@' if at else ''}{place.partition('?')[0]}"


def file_of(url: str) -> Path | None:
    """The file behind a SQLite URL; None where there is none, or where a plain path does not say all."""
    dialect, slashes, path = url.partition(":///")
    if not slashes or dialect not in ("sqlite", "sqlite+aiosqlite") or not path:
        return None
    return None if path.startswith(("file:", ":")) or "?" in path else Path(path)


def for_driver(query: Mapping[str, Values]) -> tuple[dict[str, Values], dict[str, Any]]:
    """The parameters that stay in the URL, and the arguments that the others become, for asyncpg.

    Raises DatabaseUnreachable for a parameter that nobody knows: left out, it might be a lock that is not closed.
    """
    unknown = sorted(query.keys() - _OF_THE_PROTOCOL - _NUMBERS.keys() - _IN_THE_URL - _LEFT_OUT - {"connect_timeout"})
    if unknown:
        raise DatabaseUnreachable("", f"the database URL has parameters that are not known: {', '.join(unknown)}")
    given = {name: value if isinstance(value, str) else value[-1] for name, value in query.items()}
    if "connect_timeout" in given:
        given.setdefault("timeout", given["connect_timeout"])
    arguments: dict[str, Any] = {name: _number(name, given[name]) for name in _NUMBERS.keys() & given.keys()}
    told = {name: value for name, value in given.items() if name in _OF_THE_PROTOCOL}
    if told:
        arguments["dsn"] = f"postgresql://?{urlencode(told)}"
    return {name: value for name, value in query.items() if name in _IN_THE_URL}, arguments


def _number(name: str, text: str) -> float:
    try:
        return _NUMBERS[name](text)
    except ValueError:
        raise DatabaseUnreachable("", f"{name} in the database URL is no number") from None
