"""The door: files of items, whatever their container, and the places of what they hold."""

from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.source import Source, open_source, source_of_bytes

__all__ = ["UNREADABLE", "Irregularity", "Item", "Source", "open_source", "source_of_bytes"]
