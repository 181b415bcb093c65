"""What the desk keeps beside the figures: proposals, watches, posts to send, gaps, answers that were given."""
