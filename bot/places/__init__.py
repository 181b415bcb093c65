"""Place names: one name or a sentence in, the places meant out, with what was read and how."""
