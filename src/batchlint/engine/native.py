"""The compiled scanner (`native/`): the library next to this module, if there is one, and the call of it.

Nothing depends on it but speed. BATCHLINT_NATIVE=0 says to do without it.
"""

from __future__ import annotations

import os
from ctypes import POINTER, PyDLL, Structure, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p
from functools import cache
from typing import Final, NamedTuple

from batchlint.sources.reader import Begin, Separator

SWITCH: Final = "BATCHLINT_NATIVE"
PLACE: Final = os.path.join(os.path.dirname(__file__), "scanner.bin")
SUM: Final = f"{PLACE.removesuffix('.bin')}.sum"
"""The file that says its size and CRC-32 (`native/build_library.py`)."""
INTERFACE: Final = 4
"""The interface (`native/src/interface.rs`) that this module speaks."""
SEPARATORS: Final[dict[Separator, int]] = {"line feed": 0, "comma": 1}
END, LIMIT, NEW, OTHER, CUT, KNOWN = range(6)
"""Why a scan ended."""


class ScanOutcome(Structure):
    """What a scan passed over; the columns are the library's and hold until the next call."""

    _fields_ = (
        ("requests", c_size_t),
        ("consumed", c_size_t),
        ("size", c_int64),
        ("offsets", c_void_p),
        ("lengths", c_void_p),
        ("lines", c_void_p),
        ("line_offsets", c_void_p),
        ("ids", c_void_p),
        ("ids_length", c_size_t),
        ("candidate", c_size_t),
        ("candidate_length", c_size_t),
        ("candidate_id", c_size_t),
        ("candidate_id_end", c_size_t),
        ("tag", c_uint32),
    )


class State(NamedTuple):
    """Whether the scanner is used."""

    library: PyDLL | None
    reason: str
    """Why, or why not, in a few words."""


@cache
def state() -> State:
    """The library, or why there is none."""
    if os.environ.get(SWITCH) == "0":
        return State(None, f"{SWITCH}=0")
    if not os.path.exists(PLACE):
        return State(None, "not in this installation")
    if not _is_whole():
        return State(None, "its file is damaged: install batchlint again")
    try:
        library = _load()
    except (OSError, AttributeError) as error:
        return State(None, f"it cannot be loaded: {error}")
    if library is None:
        return State(None, "it is of another version")
    return State(library, PLACE)


def _is_whole() -> bool:
    """Whether the library is as it was built: the system maps it, and ends a process that comes to where a part is
    missing.
    """
    from zlib import crc32

    try:
        with open(PLACE, "rb") as library, open(SUM, encoding="ascii") as kept:
            data = library.read()
            return kept.read() == f"{len(data)} {crc32(data)}\n"
    except (OSError, ValueError):
        return False


def _load() -> PyDLL | None:
    # PyDLL keeps other threads of Python out meanwhile: a scanner is used by one at a time, and calls are short.
    library = PyDLL(PLACE)
    library.bl_version.restype = c_uint32
    if library.bl_version() != INTERFACE:
        return None
    library.bl_new.restype = c_void_p
    library.bl_new.argtypes = (c_char_p, c_size_t, c_char_p, c_size_t)
    library.bl_free.restype = None
    library.bl_free.argtypes = (c_void_p,)
    library.bl_learn.restype = None
    library.bl_learn.argtypes = (c_void_p, c_uint32)
    library.bl_scan.restype = c_int32
    library.bl_scan.argtypes = (
        *(c_void_p, c_char_p, c_size_t, c_size_t, c_int32, c_size_t, c_int64, c_int64, c_int64),
        POINTER(ScanOutcome),
    )
    return library


class NativeScanner:
    """A scanner of the library, by the text of a usual schema and the limits of a run as JSON.

    Raises ValueError where the library does not understand them.
    """

    def __init__(self, library: PyDLL, schema: bytes, limits: bytes) -> None:
        self._library = library
        self._handle = library.bl_new(schema, len(schema), limits, len(limits))
        if self._handle is None:
            raise ValueError("the scanner does not understand the usual schema, or the limits")
        self.outcome = ScanOutcome()
        self._to_outcome = byref(self.outcome)

    def scan(self, data: bytes, at: int, end: int, separator: Separator, limit: int, begin: Begin) -> int:
        """Passes over requests that begin at `data[at:end]`, which is `begin` in its file; returns why it ended."""
        if not 0 <= at <= end <= len(data):
            raise ValueError("a scan outside the data")
        why: int = self._library.bl_scan(
            self._handle, data, at, end, SEPARATORS[separator], limit, *begin, self._to_outcome
        )
        return why

    def learn(self, tag: int) -> None:
        """The request at which the last scan ended as NEW was judged; `tag` numbers what was found, 0 is nothing."""
        self._library.bl_learn(self._handle, tag)

    def __del__(self) -> None:
        if getattr(self, "_handle", None) is not None:
            self._library.bl_free(self._handle)
