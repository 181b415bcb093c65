"""Text made safe for Discord: nothing that it holds can become markup, a mention or a link of its own."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKUP = re.compile(r"([\\*_~`|>#\[\]<])")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
_LINE_START = re.compile(r"^([^\S\n]*)([-+]|\d+\.)(?=\s)", re.MULTILINE)
_BARE_LINK = re.compile(r"(https?|discord)(:)(?=//)", re.IGNORECASE)
_ZERO_WIDTH = "\u200b"


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text with markdown escaped, mentions broken and bare links left without a preview."""
    text = _MARKUP.sub(r"\\\1", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    text = _MENTION.sub(f"@{_ZERO_WIDTH}", text)
    return _BARE_LINK.sub(rf"\1{_ZERO_WIDTH}\2", text)
