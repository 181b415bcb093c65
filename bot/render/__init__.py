"""The same answer drawn for Discord, the terminal and JSON."""
