"""Checks files on several machines, and joins what they find: for runs whose files are too many for one.

`check_shard` checks a file, or a part of one, wherever that is; `joined` takes the shards of all files and finds what
one run over those files would find, ids that are used in two of them among it. In between, a shard may be a file
(`bytes_of`, `shard_of`).
"""

from batchlint.shards.checking import check_shard, joined
from batchlint.shards.shard import Shard, ShardError
from batchlint.shards.shard_file import bytes_of, shard_of

__all__ = ["Shard", "ShardError", "bytes_of", "check_shard", "joined", "shard_of"]
