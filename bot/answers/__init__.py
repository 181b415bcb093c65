"""From a query and stored figures to an answer, as data."""
