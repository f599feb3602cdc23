"""Makes text that came from a file harmless for a terminal."""

from __future__ import annotations

CONTROLS = {
    code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    )
} | {0x09: " "}
"""What a terminal could take for a command, or what turns the direction of the text: C0, C1, line separators, bidi;
and a byte order mark, which nobody would see."""


def plain(text: str) -> str:
    """The text on one line, with control characters written out and lone surrogates replaced.

    The log of a CI service takes `::error` at the beginning of a line, and `##[error]` or `##vso[...]` anywhere, for a
    command; of those, one sign is written out as well.
    """
    text = text.translate(CONTROLS).encode("utf-8", errors="replace").decode("utf-8")
    if "##" in text:
        import re

        text = re.sub(r"##(?=\w*\[)", r"#\\x23", text)
    return text.replace("::", "\\x3a:", 1) if text.lstrip().startswith("::") else text
