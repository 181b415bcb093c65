"""Every page that a page leads to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import __main__ as measuring

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "tests" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_MEASURED = re.compile(r"<!-- measured: \w+ -->\n(.*?)<!-- end -->", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)|<img src=\"([^\"]+)\"")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [one or two for one, two in _LINK.findall(text)]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_what_is_measured_is_written_between_its_marks(tmp_path: Path) -> None:
    parts = {"performance.md": ("goals", "wire", "in_time", "reading"), "growth.md": ("growth",)}
    for name, each in parts.items():
        before = (ROOT / "docs" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(before, encoding="utf-8")
        measuring.write(tmp_path / name, **{part: f"| {part} |" for part in each})
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert _MEASURED.sub("", written) == _MEASURED.sub("", before)
        assert [found.strip() for found in _MEASURED.findall(written)] == [f"| {part} |" for part in each]
