"""Text and addresses made safe: nothing that they hold can become markup, a mention or a link of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from bot.render.outline import Span

_MARKUP = re.compile(r"([\\*_~`|>#\[\]<])")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
_LINE_START = re.compile(r"^([^\S\n]*)([-+]|\d+\.)(?=\s)", re.MULTILINE)
_BARE_LINK = re.compile(r"(https?|discord)(:)(?=//)", re.IGNORECASE)
_HTTPS = re.compile(r"https://[^/\s]+\.[^/\s]+\S*", re.IGNORECASE)
_ZERO_WIDTH = "\u200b"


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text with markdown escaped, mentions broken and bare links left without a preview."""
    text = _MARKUP.sub(r"\\\1", text)
    text = _LINE_START.sub(r"\1\\\2", text)
    text = _MENTION.sub(f"@{_ZERO_WIDTH}", text)
    return _BARE_LINK.sub(rf"\1{_ZERO_WIDTH}\2", text)


def marked(spans: Iterable[Span], *, bold: bool = True) -> str:
    """Spans in Discord's markdown: what is strong is bold, unless all of it will be, and links have no preview."""
    return "".join([_marked(span, strong=bold and span.strong) for span in spans])


def _marked(span: Span, *, strong: bool) -> str:
    text = link(span.text, span.url) or escaped(span.text)
    return f"**{text}**" if strong and text else text


def link(text: str, url: str) -> str:
    """A link without a preview; empty where there is no address, or it may not be shown."""
    address = https_url(url) if url else ""
    return f"[{escaped(text)}](<{address}>)" if address else ""


@lru_cache(maxsize=2048)
def https_url(url: str) -> str:
    """The address when it is https, with the characters that end a link or a line percent-encoded; else empty.

    An http address is not raised to https on a guess: a link that may not work is worse than none.
    """
    url = url.strip()
    if len(url) > 400 or _HTTPS.fullmatch(url) is None:
        return ""
    return quote(url, safe="%/:?#@!$&'*+,;=~-._")
