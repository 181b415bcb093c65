"""The dataset: what is known, who said so and who changed it; usable without the bot."""
