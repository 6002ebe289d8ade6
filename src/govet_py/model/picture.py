"""What a picture of calls shows: functions, and which runs or starts which."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Link(Enum):
    """How one function leads to another; of several ways the first of these is shown. RUNS is a callback that
    a finding tells of."""

    GO = "go"
    DEFER = "defer"
    CALL = "call"
    IMPLEMENTS = "implemented by"
    RUNS = "runs"
    GIVES = "hands over"


class Node(NamedTuple):
    """`id` is unique; `place` is "path:line" or "". `is_interface`: all implementations of a method.
    `starts`: it begins goroutines, `many` of them. `parties` are the goroutines of a finding that come by."""

    id: str
    label: str
    place: str = ""
    is_interface: bool = False
    is_centre: bool = False
    starts: bool = False
    many: bool = False
    parties: tuple[int, ...] = ()


class Edge(NamedTuple):
    source: str
    target: str
    link: Link


class Picture(NamedTuple):
    """Nodes and edges in a fixed order; `left_out` counts functions that were too many to show."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0
