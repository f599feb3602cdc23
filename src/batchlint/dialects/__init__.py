"""Batches of other platforms: the same requests to Claude in other lines, turned into ours at the door and back."""
