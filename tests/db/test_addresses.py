"""Database URLs as they are handed out: understood, and never shown with what is secret in them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from db.model.errors import DatabaseUnreachable
from db.store.addresses import for_driver, masked, readable
from db.store.engine import open_database, with_driver

URLS = {
    "?sslmode=require": {"sslmode": "require"},
    "?sslmode=verify-full&sslrootcert=/etc/ca.crt": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.crt"},
    "?sslmode=require&channel_binding=require": {"sslmode": "require"},
    "?application_name=inflow&target_session_attrs=read-write": {
        "application_name": "inflow",
        "target_session_attrs": "read-write",
    },
    "?options=--cluster%3Dours": {"options": "--cluster=ours"},
}
PASSWORDS = st.text(st.characters(codec="ascii", exclude_characters="/:", exclude_categories=["Cc", "Zs"]), min_size=9)


@pytest.mark.parametrize("parameters", URLS)
def test_what_the_protocol_calls_its_parameters_reaches_the_driver(parameters: str) -> None:
    kept, arguments = for_driver(make_url(f"postgresql://host/db{parameters}").query)
    assert kept == {}
    told = {name: value for name, (value,) in parse_qs(urlsplit(arguments["dsn"]).query).items()}
    assert told == URLS[parameters]


def test_numbers_reach_the_driver_as_numbers() -> None:
    assert for_driver({"connect_timeout": "10", "statement_cache_size": "0", "ssl": "require"}) == (
        {"ssl": "require"},
        {"timeout": 10.0, "statement_cache_size": 0},
    )


@pytest.mark.parametrize("parameters", ["sslmod=require", "connect_timeout=soon", "sslmode=sometimes", "ssl=perhaps"])
async def test_a_parameter_that_makes_no_sense_is_refused_in_words(parameters: str) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        async with open_database(f"postgresql://inflow:topsecret@127.0.0.1:1/inflow?{parameters}"):
            pass
    assert "topsecret" not in str(caught.value)
    assert parameters.partition("=")[0].removeprefix("connect_") in str(caught.value)


@given(PASSWORDS)
def test_no_part_of_a_password_is_shown_whatever_it_holds(password: str) -> None:
    for parameters in ("", "?sslmode=require"):
        shown = masked(with_driver(f"postgresql://inflow:{password}@127.0.0.1:1/inflow{parameters}"))
        assert shown == "postgresql+asyncpg://***@127.0.0.1:1/inflow"


@given(PASSWORDS.filter(lambda password: "%" not in password))
def test_a_password_with_signs_of_urls_is_the_password(password: str) -> None:
    url = make_url(readable(f"postgresql://inflow:{password}@127.0.0.1:1/inflow"))
    assert (url.password, url.host, url.port) == (password, "127.0.0.1", 1)
