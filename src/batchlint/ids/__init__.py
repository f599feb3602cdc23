"""Legal, unique, stable custom_ids for a batch file, and the way back.

    source -> renamings (old id, new id, why) -> the same bytes with other ids, and a map -> ids of results restored

All of it is offline. Nothing but the ids changes, byte for byte.
"""
