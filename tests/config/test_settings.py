"""What the operator may set, and what is said when it does not fit."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.reading import SettingsUnfit, read_settings
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


FAULTS = [
    ({"INFLOW_MODERATOR_ROLE": "5"}, "INFLOW_MODERATOR_ROLE: unknown setting; did you mean INFLOW_MODERATOR_ROLES?"),
    ({"INFLOW_TOKKEN": "x"}, "INFLOW_TOKKEN: unknown setting; did you mean INFLOW_TOKEN?"),
    ({"inflow_databse_url": "x"}, "inflow_databse_url: unknown setting; did you mean INFLOW_DATABASE_URL?"),
    ({"INFLOW_ZZZ": "x"}, "INFLOW_ZZZ: unknown setting"),
    ({"INFLOW_MODERATOR_ROLES": "1,abc,def"}, "INFLOW_MODERATOR_ROLES: one of them is no whole number"),
    ({"INFLOW_HOME_SERVER": "abc"}, "INFLOW_HOME_SERVER: is no whole number"),
    ({"INFLOW_SECOND_PERSON": "perhaps"}, "INFLOW_SECOND_PERSON: is neither true nor false"),
    ({"INFLOW_HEALTH_PORT": "70000"}, "INFLOW_HEALTH_PORT: is above 65535"),
    ({"INFLOW_QUESTIONS_PER_MINUTE": "0"}, "INFLOW_QUESTIONS_PER_MINUTE: is below 1"),
    ({"INFLOW_LOG_FORMAT": "xml"}, "INFLOW_LOG_FORMAT: is none of 'console' or 'json'"),
    (
        {"INFLOW_TOKEN": "topsecret", "INFLOW_TOKEN_FILE": "/x"},
        "INFLOW_TOKEN_FILE: set INFLOW_TOKEN or INFLOW_TOKEN_FILE, not both",
    ),
]


@pytest.mark.parametrize(("given", "told"), FAULTS)
def test_a_fault_is_told_by_the_name_of_its_variable(
    given: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsUnfit) as unfit:
        read_settings()
    assert unfit.value.faults == (told,)


def test_all_faults_are_told_at_once_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, _ in FAULTS:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsUnfit) as unfit:
        read_settings()
    assert set(unfit.value.faults) == {told for _, told in FAULTS}
    assert "topsecret" not in str(unfit.value)
    assert unfit.value.__suppress_context__


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_an_empty_variable_is_an_unset_one(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unset = read_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"INFLOW_{name.upper()}", blank)
    assert read_settings() == unset


def test_an_empty_token_stands_in_nobodys_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-file")
    monkeypatch.setenv("INFLOW_TOKEN", "")
    monkeypatch.setenv("INFLOW_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().read_token() == "from-file"


def test_a_name_in_the_file_is_read_as_one_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OTHERS_TOKEN=x\nINFLOW_HOME_SERVR=5\nINFLOW_SHARDS=\n")
    with pytest.raises(SettingsUnfit, match="INFLOW_HOME_SERVR: unknown setting; did you mean INFLOW_HOME_SERVER"):
        read_settings()


def test_what_kubernetes_tells_of_a_service_called_inflow_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for service in ("INFLOW", "INFLOW_METRICS"):
        for name in ("SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT", "PORT_8766_TCP_ADDR"):
            monkeypatch.setenv(f"{service}_{name}", "tcp://10.0.0.1:8766")
    read_settings()


def test_a_password_is_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFLOW_DATABASE_URL", "postgresql://inflow:topsecret@host/db")
    monkeypatch.setenv("INFLOW_TOKEN", "topsecret")
    assert "topsecret" not in repr(read_settings()) + str(read_settings())


READER = {"INFLOW_READER_URL": "http://127.0.0.1:8080/v1", "INFLOW_READER_MODEL": "small"}


def test_no_second_reader_unless_its_server_is_named() -> None:
    settings = Settings()
    assert (settings.reader_url, settings.reader_model, settings.read_reader_key()) == (None, None, None)
    assert not settings.reader_direct_messages


def test_the_key_of_a_second_reader_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    for name, value in {**READER, "INFLOW_READER_KEY_FILE": str(tmp_path / "key")}.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.read_reader_key() == "s3cret"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "changed",
    [
        {"INFLOW_READER_MODEL": ""},
        {"INFLOW_READER_URL": ""},
        {"INFLOW_READER_URL": "file:///etc/passwd"},
        {"INFLOW_READER_URL": "localhost:8080"},
        {"INFLOW_READER_URL": "http://user:secret@host/v1"},
        {"INFLOW_READER_URL": "http://host/v1?key=secret"},
        {"INFLOW_READER_PER_MINUTE": "0"},
    ],
    ids=str,
)
def test_a_second_reader_is_set_up_whole_or_refused(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> None:
    for name, value in (READER | changed).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "secret" not in str(refused.value)
