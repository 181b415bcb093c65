"""Discord: commands, cards and the people who press them."""
