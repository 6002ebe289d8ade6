"""Channels: where they are made, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, Union

from govet_py.callgraph.members import Member
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan


class OpKind(IntEnum):
    SEND = 0
    RECEIVE = 1
    CLOSE = 2


class Op(NamedTuple):
    """What is done to a channel at an instruction. `case` is the case of a select, NONE elsewhere. The
    instruction of a `for range` over a channel is its `Next`."""

    kind: OpKind
    function: str
    register: int
    case: int = ir.NONE


class Place(NamedTuple):
    function: str
    register: int


class VarNode(NamedTuple):
    body: str
    var: int
    tag: str = "variable"


FlowNode = Union[Place, VarNode, Member]


@dataclass(slots=True)
class Channel:
    """The channels made at `root`. `capacity` is None where it is not constant. `members`: the fields and
    package variables that they are kept in. `escapes`: code that is not in view may use them; `returned`: a
    function returns them; `measured`: their length is asked for."""

    root: AllocRoot
    type: Chan
    capacity: int | None
    ops: list[Op] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    escapes: bool = False
    returned: bool = False
    measured: bool = False

    def of(self, kind: OpKind) -> list[Op]:
        return [op for op in self.ops if op.kind == kind]
