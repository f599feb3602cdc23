"""Mends batch files byte for byte.

    findings with fixes -> resolving: symbolic edits as bytes -> passes: the file written anew, and linted again,
    until there is nothing more to fix -> changes: what became of which bytes -> diff, or a new file

An edit touches nothing but its place: numbers, spaces, the order of keys, escapes and line ends stay as they are.
"""
