"""What people see: how wide a text is, how it wraps, tables, colours and links. Formats for programs use none of it."""
