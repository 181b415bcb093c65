"""How a change of the dataset is asked for, checked, shown and written; ``db.editing`` is the door to it."""
