"""Map shapes and the tables that name them."""
