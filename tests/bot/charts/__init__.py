"""Charts: what is drawn, and that it is drawn."""
