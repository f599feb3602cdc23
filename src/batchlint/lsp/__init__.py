"""A language server for batch files: findings while typing, quick fixes, pages of rules, and completion.

`checking` finds what is wrong with a text, `server` speaks the protocol; what is between them turns one into the other.
"""
