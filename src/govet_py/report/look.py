"""How a report is shown to those who stand in the working directory."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """`color`: with ANSI colours. `prefix` goes before every path, from the working directory to the scan
    root; formats for programs tell the root itself and leave both aside. `full`: SARIF also lists findings
    that are hidden, for archives and editors. `category` tells one SARIF upload of a commit from another."""

    color: bool = False
    prefix: str = ""
    full: bool = False
    category: str = "govet-py"
