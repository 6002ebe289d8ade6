"""Channels: where they are made, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
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
    package variables that they are kept in. `lost`: code that is not in view may use them; `offered`: it may call for
    one of its own; `returned`: a function returns them; `measured`: their length is asked for."""

    root: AllocRoot
    type: Chan
    capacity: int | None
    ops: list[Op] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    lost: bool = False
    offered: bool = False
    returned: bool = False
    measured: bool = False

    @property
    def escapes(self) -> bool:
        """Reports whether code that is not in view may use channels of this make."""
        return self.lost or self.offered

    def of(self, kind: OpKind) -> list[Op]:
        return [op for op in self.ops if op.kind == kind]


class Closed(Enum):
    """AGAIN: closed a second time. SENT: sent on while or after it is closed. RECEIVER: closed by its
    receiver, while others send. ZERO: `close` is a receive that takes a zero value for a real one. UNMARKED: closed
    each time, since nothing changes what is tested before. LEFT: not set to nil for the test to see, as other closes
    do. BOTH: closed by a goroutine of an object, and by whoever ends the object. STAYS: found in a map, where it stays
    for others to find and close. UNASKED: not looked for in the map, whose elements `other` closes. UNLOCKED: `close`
    is a send that does not hold the lock of a close. COPIES: closed by each of the goroutines that are started. ITSELF:
    closed by one function that an object's goroutine comes to when it fails, and whoever ends the object. SINCE:
    `close` is a send that asks for a mark before, which may have been set since."""

    AGAIN = "again"
    SENT = "sent"
    RECEIVER = "receiver"
    ZERO = "zero"
    UNMARKED = "unmarked"
    LEFT = "left"
    BOTH = "both"
    STAYS = "stays"
    UNASKED = "unasked"
    UNLOCKED = "unlocked"
    COPIES = "copies"
    ITSELF = "itself"
    SINCE = "since"


class Closing(NamedTuple):
    """`close` may come before `other`, a close or send of the same channel. `start` is the go statement, in
    the function of the channel, that leads to `other`; `leave` a return that does not wait for it."""

    channel: Channel | None
    close: Op
    other: Op
    why: Closed
    start: tuple[str, int] | None = None
    leave: tuple[str, int] | None = None
