"""Reading the settings of this process: every fault at once, by the name of its variable, and never a value."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.settings import ENV_FILE, PREFIX, Settings

OF_THE_TESTS = f"{PREFIX}TEST_"
"""Names that begin so belong to the tests of this program, whose environment the bot may share."""
_WORDS = {
    "int_parsing": "is no whole number",
    "int_parsing_size": "is too large",
    "bool_parsing": "is neither true nor false",
    "greater_than_equal": "is below {ge}",
    "less_than_equal": "is above {le}",
    "ip_any_address": "is no IP address",
    "literal_error": "is none of {expected}",
}
"""By the kind of a fault; any other has words of its own."""


class SettingsUnfit(Exception):
    """The settings cannot be used; ``faults`` names each variable and what is wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_settings() -> Settings:
    """The settings of the environment and the ``.env`` file of this folder; SettingsUnfit lists every fault."""
    try:
        faults = unknown_names(_names_set())
        try:
            settings = Settings()
        except ValidationError as unfit:
            # Each once: two wrong roles are one variable to mend.
            faults = tuple(dict.fromkeys([*faults, *(_in_words(fault) for fault in unfit.errors())]))
    except UnicodeDecodeError:
        faults = (f"{ENV_FILE}: is not UTF-8",)
    if faults:
        raise SettingsUnfit(faults) from None  # what caused it may quote a secret
    return settings


def unknown_names(names: Iterable[str]) -> tuple[str, ...]:
    """A fault for each name that begins as ours do and is no setting, with the setting that was likely meant."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    given = {name.upper(): name for name in names}  # they are read whatever their case
    return tuple(
        f"{given[name]}: {_meant(name, known)}"
        for name in sorted(given)
        if name.startswith(PREFIX) and not name.startswith((OF_THE_TESTS, *_links(given))) and name not in known
    )


def _meant(name: str, known: list[str]) -> str:
    from difflib import get_close_matches  # only where there is a fault

    unprefixed = [one.removeprefix(PREFIX) for one in known]
    close = get_close_matches(name.removeprefix(PREFIX), unprefixed, n=1)
    return f"unknown setting; did you mean {PREFIX}{close[0]}?" if close else "unknown setting"


def _links(names: Mapping[str, str]) -> list[str]:
    """How the names begin that Kubernetes gives every container for a service, one called ``inflow`` among them."""
    services = [name.removesuffix("SERVICE_HOST") for name in names if name.endswith("_SERVICE_HOST")]
    return [service + part for service in services for part in ("SERVICE_", "PORT")]


def _names_set() -> list[str]:
    """The names that the environment or the file gives, empty ones included: a mistyped name helps nobody."""
    names = list(os.environ)
    if Path(ENV_FILE).is_file():
        from dotenv import dotenv_values

        names += dotenv_values(ENV_FILE, encoding="utf-8")
    return names


def _in_words(fault: Any) -> str:
    name, *within = fault["loc"]
    words = _WORDS.get(fault["type"], "")
    told = words.format(**fault.get("ctx", {})) if words else fault["msg"].removeprefix("Value error, ")
    return f"{PREFIX}{str(name).upper()}: {'one of them ' if within else ''}{told}"
