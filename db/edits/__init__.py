"""How a change of the dataset is asked for, checked, shown and written; ``db.edits.editing`` is the door to it."""
