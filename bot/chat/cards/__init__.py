"""What a member or a moderator is shown: an answer, a change, a history, each as a card."""
