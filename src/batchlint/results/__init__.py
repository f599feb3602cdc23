"""After the batch: what came back, a new batch of what is worth sending again, parts under the limits, results joined.

    results + sources -> account (every id in one class) -> results report | retry file | merged results
    source            -> parts

All of it is offline. The account keeps a few numbers for each id; rows and requests are read again where they are.
"""
