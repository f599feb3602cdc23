"""The steps that make the bundled JSON Schemas from the official SDK's types: read, shape, overlay, lay out, compare.

sdk       the SDK's types as pydantic describes them: every union an anyOf, every object open
shape     the same types in our form: objects closed, unions decided by a tag, no anyOf
dispatch  the form of a union that is decided by a tag, written and read back
overlay   what the types cannot say, from the reviewed overlay.toml
beta      which names the generally available types do not have
bundle    the three files
layout    a schema as text, the same bytes on every machine
drift     two schemas compared, field by field
"""
