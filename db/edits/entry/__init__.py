"""What moderators write, read the same way in every door: values, dates, periods, places; nothing is guessed."""
