"""From text to a typed query: what is asked, of which place, measure and period."""
