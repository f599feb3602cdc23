"""The optional online half, on the official SDK: submit, fetch, and exact token counts.

    file -> lint -> ledger (sending) -> create -> ledger (sent)
    batch -> wait until it has ended -> partial file -> results -> ledger (fetched)

Nothing of the rest imports this package, and only functions of this package import the SDK (`batchlint[api]`).
Keys are read by the SDK from its own variables and files; they are never printed, logged or written.
"""
