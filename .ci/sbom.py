"""Write the bill of materials of this Python environment as CycloneDX JSON: ``python .ci/sbom.py > sbom.json``.

It lists what Inflow needs at run time (with the extras that the container has), as installed, with licences and
dependencies; it asks no network and needs nothing besides the standard library and ``packaging``.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = "inflow"
EXTRAS = ("charts", "postgres", "speed")


def needed(name: str, extras: tuple[str, ...], found: dict[str, set[str]]) -> None:
    """Gather the installed packages that one needs, each with those that it needs itself."""
    own = found.setdefault(name, set())
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        other = canonicalize_name(requirement.name)
        try:
            distribution(other)
        except PackageNotFoundError:
            continue  # an extra that is not installed here
        if other not in own:
            own.add(other)
            needed(other, tuple(requirement.extras), found)


def component(package: Distribution) -> dict[str, Any]:
    """One package as CycloneDX has it."""
    name, data = canonicalize_name(package.name), package.metadata
    licence = data.get("License-Expression") or next(
        (line.split(" :: ")[-1] for line in data.get_all("Classifier", []) if line.startswith("License ::")), None
    )
    told = {"licenses": [{"license": {"name": licence}}]} if licence else {}
    purl = f"pkg:pypi/{name}@{package.version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": package.version, "purl": purl} | told


def bill() -> dict[str, Any]:
    """The whole bill, in a stable order."""
    found: dict[str, set[str]] = {}
    needed(ROOT, EXTRAS, found)
    parts = {name: component(distribution(name)) for name in sorted(found)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": parts[ROOT] | {"type": "application"}},
        "components": [part for name, part in parts.items() if name != ROOT],
        "dependencies": [
            {"ref": parts[name]["bom-ref"], "dependsOn": [parts[other]["bom-ref"] for other in sorted(others)]}
            for name, others in sorted(found.items())
        ],
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    sys.stdout.write("\n")
