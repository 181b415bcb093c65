"""Hostile input: nothing raises, nothing takes longer than in proportion, nothing grows without bound."""
