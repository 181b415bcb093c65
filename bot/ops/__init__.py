"""Counters and health, taken at the edge."""
