"""The words of every language that the bot answers in, once for texts, pictures and commands: data files, not code."""
