"""Sources as citations in the styles that people paste."""
