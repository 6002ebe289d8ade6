"""Text from source code, made safe to show: what a terminal would obey or what would reorder it is spelt out."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """Control characters but the tab, line ends, bidirectional marks and lone surrogates become `\\x1b` and so on."""
    return _UNSAFE.sub(_spelt_out, text)


def safe_path(path: str) -> str:
    """A path that starts a line. GitHub takes a line that starts with `::` or `##[` for a command."""
    return safe(f"./{path}" if path.startswith(("::", "##[", " ")) else path)


def in_json(text: str) -> str:
    """JSON with the same meaning that shows no control character: outside of strings it has none but line ends."""
    return re.sub("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _spelt_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
