"""Addresses that may be shown: https only, and only those that cannot break out of their markup."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_HTTPS = re.compile(r"https://[^/\s]+\.[^/\s]+\S*", re.IGNORECASE)


@lru_cache(maxsize=2048)
def https_url(url: str) -> str:
    """The address when it is https, with the characters that end a link or a line percent-encoded; else empty.

    An http address is not raised to https on a guess: a link that may not work is worse than none.
    """
    url = url.strip()
    if len(url) > 400 or _HTTPS.fullmatch(url) is None:
        return ""
    return quote(url, safe="%/:?#@!$&'*+,;=~-._")
