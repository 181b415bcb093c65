"""Making the name index and the display names from pinned packages and the lists in `sources/`.

Run `python -m bot.places.build` after changing a list; a test tells when it was forgotten.
"""
