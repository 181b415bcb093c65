"""The words of each language: one table a locale, loaded when it is first asked for."""
