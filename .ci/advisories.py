"""Whether a package of the container has a known fault: ``python .ci/advisories.py``; 0 none, 1 some, 2 not looked.

It asks ``pip-audit``, installed into an environment of its own, about each line of requirements.lock. That ends well
too when the service did not answer or left packages out, so what counts is that it told of every package.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"


def locked(text: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    return dict(re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)", text, re.MULTILINE))


def judge(report: str, wanted: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code for a report of pip-audit, and what to print."""
    try:
        told: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 2, ["the advisories could not be looked up: no report came"]
    seen = {part["name"].lower().replace("_", "-"): part for part in told if "skip_reason" not in part}
    unseen = [f"{name} {version}: not looked up" for name, version in wanted.items() if name not in seen]
    found = [
        f"{name} {part['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for name, part in seen.items()
        for fault in part.get("vulns", ())
    ]
    if found:
        return 1, found + unseen
    return (2, unseen) if unseen else (0, [f"no known fault in {len(wanted)} packages"])


def main() -> int:
    """Install the tool, ask, judge."""
    wanted = locked(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "bin"
        made = [[sys.executable, "-m", "venv", folder], [str(tools / "pip"), "install", "-q", "pip-audit"]]
        ask = [str(tools / "pip-audit"), "--require-hashes", "--disable-pip", "-f", "json", "-r", str(LOCK)]
        report = ""
        if all(subprocess.run(step, check=False).returncode == 0 for step in made):
            report = subprocess.run(ask, stdout=subprocess.PIPE, text=True, check=False).stdout
    code, lines = judge(report, wanted)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
