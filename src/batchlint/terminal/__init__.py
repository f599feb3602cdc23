"""Text for terminals: its width and wrapping, tables, colours, links. Formats for programs use none of it."""
