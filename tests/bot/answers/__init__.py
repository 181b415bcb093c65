"""Answers: every rule of the room told as a sentence."""
