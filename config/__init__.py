"""What the operator may set."""
