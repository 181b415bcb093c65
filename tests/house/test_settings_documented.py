"""Every setting stands in .env.example with its reason, and nothing else does."""

import re
from pathlib import Path

from config.settings import Settings

ROOT = Path(__file__).parents[2]


def test_every_setting_stands_in_the_example_file() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?INFLOW_(\w+)=", text, flags=re.M))
    assert named == {name.upper() for name in Settings.model_fields}


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
