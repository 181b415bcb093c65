"""Opening the database and reading it: one door, and figures by topic at a revision."""
