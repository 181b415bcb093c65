"""What a member sees on a phone, in a browser."""
