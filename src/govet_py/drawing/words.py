"""The words in a picture, the same in all formats."""

from __future__ import annotations

from govet_py.model.picture import Link, Node

WORDS = {
    Link.GO: "go", Link.DEFER: "defer", Link.CALL: "", Link.IMPLEMENTS: "", Link.RUNS: "runs", Link.GIVES: "hands over",
}
"""What is written beside an arrow."""


def lines(node: Node) -> tuple[str, ...]:
    """What is written in a box: its name, what it is, where it is."""
    parties = "goroutine " + " and ".join(map(str, node.parties)) if any(node.parties) else ""
    start = "many goroutines" if node.many else "a goroutine" if node.starts else ""
    kind = "interface" if node.is_interface else start
    return tuple(line for line in (node.label, ", ".join(part for part in (kind, parties) if part), node.place) if line)
