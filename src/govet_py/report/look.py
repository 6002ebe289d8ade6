"""How a report is shown to those who stand in the working directory."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """`color`: with ANSI colours. `prefix` goes before every path, from the working directory to the scan
    root; formats for programs tell the root itself and leave both aside."""

    color: bool = False
    prefix: str = ""
