"""A second, plain evaluator over the data files, and what it finds in thousands of answers and checks."""
