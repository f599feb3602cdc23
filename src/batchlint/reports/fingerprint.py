"""Fingerprints of findings: the same mistake has the same one when lines have moved, and no two findings share one."""

from __future__ import annotations

import json
from hashlib import blake2b

from batchlint.finding import LocatedFinding, pointer_text


class Fingerprints:
    """Gives the fingerprints of one report; an equal finding that comes again gets another."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def of(self, finding: LocatedFinding) -> str:
        """16 hexadecimal digits, and the number of the finding among its equals: `0f5c2b8de0a1b3c4:1`.

        Rule, path, custom_id and pointer make two findings equal; neither the line nor the number of the request does.
        """
        pointer = None if finding.pointer is None else pointer_text(finding.pointer)
        identity = json.dumps([finding.rule.name, finding.path, finding.custom_id, pointer])
        digest = blake2b(identity.encode("ascii"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        count = self._seen[number] = self._seen.get(number, 0) + 1
        return f"{digest.hex()}:{count}"
