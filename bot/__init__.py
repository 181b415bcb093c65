"""The conversation: from a member's words to a cited answer."""
