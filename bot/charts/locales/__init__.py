"""The words of the pictures, one file for each language."""
