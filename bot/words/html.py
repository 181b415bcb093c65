"""What every page that can be mailed begins with: no script, and nothing that is fetched from elsewhere."""

from __future__ import annotations

from html import escape

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a page may do: show itself in its own style."""


def page_opening(locale: str, rtl: bool, title: str, style: str, *, policy: str = POLICY, meta: str = "") -> str:
    """From the first line of a page to its body; ``meta`` are further lines of the head, each with its line end."""
    return f"""<!doctype html>
<html lang="{locale}" dir="{"rtl" if rtl else "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
{meta}<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
"""
