"""Pictures that carry their own source."""
