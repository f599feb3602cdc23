"""The door: files of items, whatever their container, and the places of what they hold."""

from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.opening import open_source, source_of_bytes
from batchlint.sources.reach import ReadingFailed
from batchlint.sources.source import FileChanged, Source, steady

__all__ = [
    "UNREADABLE",
    "FileChanged",
    "Irregularity",
    "Item",
    "ReadingFailed",
    "Source",
    "open_source",
    "source_of_bytes",
    "steady",
]
