"""What the operator may set, and what is said when it does not fit."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import Settings, shard_range


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in os.environ:
        if name.startswith("INFLOW_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of the developer's


def test_nothing_configured_means_nobody_may_edit() -> None:
    settings = Settings()
    assert settings.home_server is None
    assert settings.moderator_roles == frozenset()


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFLOW_TOKEN", " abc \n")
    settings = Settings()
    assert settings.read_token() == "abc"
    assert "abc" not in repr(settings)


def test_the_token_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("from-file\n")
    monkeypatch.setenv("INFLOW_TOKEN_FILE", str(secret))
    assert Settings().read_token() == "from-file"


def test_two_tokens_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INFLOW_TOKEN", "abc")
    monkeypatch.setenv("INFLOW_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(ValidationError, match="not both"):
        Settings()


def test_roles_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFLOW_MODERATOR_ROLES", "12, 34")
    assert Settings().moderator_roles == {12, 34}


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        setattr(Settings(), "log_level", "debug")  # noqa: B010 - the type checker knows that it cannot be set


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0-3/16", ((0, 1, 2, 3), 16)), ("5/16", ((5,), 16)), ("0-0/1", ((0,), 1))],
)
def test_shards_are_written_first_last_count(text: str, expected: tuple[tuple[int, ...], int]) -> None:
    assert shard_range(text) == expected


@pytest.mark.parametrize("text", ["", "3", "4-2/16", "0-16/16", "a-b/c", "-1/4", "0-3/", "0-3/16/2"])
def test_shards_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="FIRST-LAST/COUNT"):
        shard_range(text)
