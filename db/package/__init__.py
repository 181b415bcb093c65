"""The dataset as files: the package that is loaded, and what can be taken away."""
