"""Text for people at a terminal: how wide a text is, how it wraps, tables, colours and links. Formats for programs use none of it."""
