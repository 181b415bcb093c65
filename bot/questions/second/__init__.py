"""A second reader: what a language model is told, and what of its answer is believed; nothing here asks one."""
