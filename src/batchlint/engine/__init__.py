"""The engine: checks the items of a file by the schema and the rules, and yields what is wrong with them."""

from batchlint.engine.engine import Counts, Engine

__all__ = ["Counts", "Engine"]
