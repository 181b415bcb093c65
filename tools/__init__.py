"""What builds files that are committed; none of it runs in the bot."""
