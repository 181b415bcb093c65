"""A chat is turns: the state of a dialogue, the acts that move it on, and how a turn's act is chosen."""
