"""JSON Schemas that a request brings along: walked by position, judged by the metaschema, put into words.

Nothing is fetched, and no pattern of theirs is run by an engine that could be made to hang: a stranger wrote them.
"""
