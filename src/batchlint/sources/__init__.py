"""The door: files of items, whatever their container, and the places of what they hold."""

from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.source import FileChanged, Source, open_source, source_of_bytes, steady

__all__ = ["UNREADABLE", "FileChanged", "Irregularity", "Item", "Source", "open_source", "source_of_bytes", "steady"]
