"""Making the name index and the display names from pinned packages and the lists in `bot/places/sources`.

Run `python -m tools.places` after changing a list; a test tells when it was forgotten.
"""
