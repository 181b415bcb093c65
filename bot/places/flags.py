"""Flags: emoji, and the short codes that Discord writes them with."""

from __future__ import annotations

import re

_INDICATOR_A, _INDICATOR_Z = 0x1F1E6, 0x1F1FF
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f")
SHORTCODE = re.compile(r":(?:flag[_-])?([a-z]{2}):", re.IGNORECASE)
_PARTS = {"eng": "GB", "sct": "GB", "wls": "GB", "nir": "GB"}
_SHORTCODE_PARTS = re.compile(r":(england|scotland|wales):", re.IGNORECASE)


def read_flag(text: str) -> str | None:
    """The two letters that a flag emoji or a short code stands for (`GB` for the flag of Scotland), if it is one."""
    match = SHORTCODE.fullmatch(text)
    if match:
        return match.group(1).upper()
    if _SHORTCODE_PARTS.fullmatch(text):
        return "GB"
    if not FLAG.fullmatch(text):
        return None
    if text[0] == "\U0001f3f4":
        letters = "".join(chr(ord(tag) - 0xE0000) for tag in text[1:-1])
        return "GB" if letters[:2] == "gb" and letters[2:] in _PARTS else None
    return "".join(chr(ord(letter) - _INDICATOR_A + ord("A")) for letter in text)
