"""The dataset as a plain SQLite file with views, for looking through it with Datasette or any SQLite tool."""
