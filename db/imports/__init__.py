"""A moderator's file, from bytes to changes; every fault has its line. ``db.importing`` is the door."""
