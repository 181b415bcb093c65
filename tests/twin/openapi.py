"""Discord's own API description as the judge of every body that the bot sends."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).parents[3] / "shared" / "discord-openapi.json"
_BASE = "urn:discord"


class Contract:
    """Checks request bodies against the document; one validator for each operation, made on first use."""

    def __init__(self, document: dict[str, Any]) -> None:
        # Discord also takes ids as numbers, which is how discord.py sends them; the document knows only text.
        document["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
        self._paths: dict[str, Any] = document["paths"]
        resource: Resource[Any] = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(_BASE, resource)
        self._patterns = [
            (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path)
            # literal paths first, so that /users/@me wins over /users/{user_id}
            for path in sorted(self._paths, key=lambda path: path.count("{"))
        ]
        self._validators: dict[tuple[str, str, str], Draft202012Validator | None] = {}

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Contract | None:
        """The contract, when the document is at hand."""
        if not DOCUMENT.exists():
            return None
        return cls(json.loads(DOCUMENT.read_text(encoding="utf-8")))

    def faults(self, method: str, path: str, body: Any, *, multipart: bool) -> list[str]:
        """What breaks the document: an unknown operation, or a body that its schema refuses."""
        template = next((template for pattern, template in self._patterns if pattern.fullmatch(path)), None)
        if template is None or method.lower() not in self._paths[template]:
            return [f"no such operation: {method} {path}"]
        media = "multipart/form-data" if multipart else "application/json"
        validator = self._validator(template, method.lower(), media)
        if validator is None or body is None:
            return []
        return [
            f"{method} {template} at {error.json_path}: {error.message[:300]}"
            for error in validator.iter_errors(_without_files(body))
        ]

    def _validator(self, template: str, method: str, media: str) -> Draft202012Validator | None:
        key = (template, method, media)
        if key not in self._validators:
            content = self._paths[template][method].get("requestBody", {}).get("content", {})
            chosen = media if media in content else "application/json"
            pointer = "/".join(
                part.replace("~", "~0").replace("/", "~1")
                for part in ("paths", template, method, "requestBody", "content", chosen, "schema")
            )
            self._validators[key] = (
                Draft202012Validator({"$ref": f"{_BASE}#/{pointer}"}, registry=self._registry)
                if chosen in content
                else None
            )
        return self._validators[key]


def _without_files(body: Any) -> Any:
    return (
        {key: value for key, value in body.items() if not key.startswith("files[")} if isinstance(body, dict) else body
    )
