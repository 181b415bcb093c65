"""The font that every picture is set in."""
