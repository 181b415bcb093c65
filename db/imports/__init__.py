"""A moderator's file, from bytes to changes; every fault has its line. ``db.imports.importing`` is the door."""
