"""The words of the concurrency analysis: access paths, strands, effects and summaries.

*Access path*: a root and the fields walked from it (RacerD). *Lockset*: the locks that are surely
held (Eraser). *Strand*: which goroutine an effect runs on, seen from the function at hand: its own,
or one that was started below it, with how many copies and whether it ends before the start returns.
*Effect*: an event on a path with all the evidence needed to judge it. *Summary*: the effects of a
function on what its caller gave it; applying a summary at a call is `concurrency.summaries`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Union

from govet_py.model.source import Site

make = tuple.__new__
"""Makes a named tuple from all of its fields, in half the time: there are millions of them."""

MAX_FIELDS = 5
MAX_GLOBAL_FIELDS = 6
"""Package variables are there once, so that a field more of each costs little."""
MAX_HOLDER = 2
"""So many fields, HELD included, lead to the content of an atomic variable, which has as many as others behind them."""

ELEMENT = "[]"
EVERY = "[*]"
"""An element that whoever runs the code comes to: it runs through all of them, or takes a fixed one."""
HELD = "*"
"""What an atomic variable, a field or package variable of the library's type for one, refers to."""
CELL = "="
"""Last field of a path that means the variable or field itself, not what it refers to."""
CUT = "…"
"""The last field of a path that was too long: it names no single place any more."""


# Named tuples compare as tuples, whatever their class: `tag` keeps roots of equal numbers apart.


class ParamRoot(NamedTuple):
    """Parameter `position` (the receiver first) of the function that a summary speaks of."""

    position: int


class VarRoot(NamedTuple):
    """What a variable holds: a parameter, a captured variable, a local. `body` is a declaration's id."""

    body: str
    var: int
    tag: str = "variable"


class GlobalRoot(NamedTuple):
    package: str
    name: str


class AllocRoot(NamedTuple):
    """What one instruction allocates (make, new, a composite literal, a zero value)."""

    function: str
    register: int
    tag: str = "allocation"


class ResultRoot(NamedTuple):
    """What a call returns, when its summary does not tell, or an iterator function yields."""

    function: str
    register: int
    index: int


class ReturnRoot(NamedTuple):
    """What the function that a summary speaks of returns as result `index`, made by itself."""

    index: int
    tag: str = "returned"


class OpaqueRoot(NamedTuple):
    """Something inside a callee, seen from the call: equal only to itself at the same call site."""

    function: str
    register: int
    inner: "Root"


Root = Union[ParamRoot, VarRoot, GlobalRoot, AllocRoot, ResultRoot, ReturnRoot, OpaqueRoot]


class Path(NamedTuple):
    """An access path: the identity of a variable, a lock, a map or a channel.

    Pointers are transparent: `p.f` names the same field whether p is a pointer or a struct. Equality
    is equality *in one frame*; across frames a caller substitutes roots first.
    """

    root: Root
    fields: tuple[str, ...] = ()

    def extend(self, fields: tuple[str, ...]) -> "Path":
        """The path of a member; beyond MAX_FIELDS the tail is cut, so that paths stay finite."""
        whole = self.fields + fields
        if len(whole) > MAX_FIELDS:
            most = MAX_GLOBAL_FIELDS if isinstance(self.root, GlobalRoot) else MAX_FIELDS
            most += MAX_HOLDER if HELD in whole[:MAX_HOLDER] else 0
            whole = whole if len(whole) <= most else (*whole[:most], CUT)
        return make(Path, (self.root, whole))

    def is_prefix_of(self, other: "Path") -> bool:
        """Reports whether `other` is this path or lies below it."""
        return self.root == other.root and self.fields == other.fields[: len(self.fields)]

    @property
    def is_cell(self) -> bool:
        """Reports whether the path means a variable or field itself."""
        return self.fields[-1:] == (CELL,)

    @property
    def is_far(self) -> bool:
        """Reports whether the path leads through an atomic variable that is itself further away than MAX_HOLDER."""
        return HELD in self.fields and len(self.fields) > MAX_HOLDER

    @property
    def is_exact(self) -> bool:
        """Reports whether the path was not cut."""
        return self.fields[-1:] != (CUT,)


class FunctionValue(NamedTuple):
    """A function as a value. `receivers` binds a method value's receiver; `call` is the call
    (function, register) that returned the closure, through which its captured parameters are bound."""

    function: str
    receivers: tuple[Path, ...] = ()
    call: tuple[str, int] | None = None


Value = Union[Path, FunctionValue]


class Copies(IntEnum):
    ONE = 0
    MANY = 1


class LockMode(IntEnum):
    READ = 0
    WRITE = 1


class HeldLock(NamedTuple):
    path: Path
    mode: LockMode


LockSet = frozenset[HeldLock]
NO_LOCKS: LockSet = frozenset()
NO_GROUPS: frozenset[Path] = frozenset()
Given = tuple[tuple[Path, ...], ...]


class Strand(NamedTuple):
    """A goroutine (or several alike) started below the function at hand.

    `site` is the outermost start seen so far and makes strands of one call differ. `loop` is the loop
    of the current frame that multiplies it (NONE when the copies come from below). `joined`: it has
    ended when the call that started it returns. `groups` are the paths whose Wait joins it. `takes`: it is the one
    of many copies that takes this function out of a slice or channel, as they take others. `later`: it begins when
    somebody serves what was registered with a server. `each`: there are so many for each function of a container.
    """

    site: Site
    copies: Copies
    loop: int
    joined: bool
    groups: tuple[Path, ...] = ()
    takes: Site | None = None
    later: bool = False
    each: bool = False


class EffectKind(IntEnum):
    READ = 0
    WRITE = 1
    INVOKE = 2
    DONE = 3
    WAIT = 4


class Trace(NamedTuple):
    """A call chain from the outside in: this step, then `inner`. Shared between effects."""

    site: Site
    message: str
    goroutine: bool
    inner: "Trace | None"


class Effect(NamedTuple):
    """`kind` happens to `path`, with `locks` held, on `strand` (None: the function's own goroutine).

    `site` is where it happens, `what` how the code there names the thing; `trace` leads to it.
    `certain`: every call edge on the way is static. `after`: what its goroutine has surely waited for before.
    `passed`: the frame at hand handed a callback over for this, which its callee could not judge.
    `given`: what a callback that is run is handed, one entry an argument, () for what has no name.
    """

    kind: EffectKind
    path: Path
    locks: LockSet
    strand: Strand | None
    site: Site
    what: str
    trace: Trace | None
    certain: bool
    after: frozenset[Path] = NO_GROUPS
    passed: bool = False
    given: Given = ()


@dataclass(slots=True)
class Summary:
    """What a call of the function does to what it is given, and what it returns.

    `acquires`/`releases`: locks that are held after, or no longer held after, the call.
    `returns[i]`: values that result i may be, in the callee's own paths.
    """

    effects: tuple[Effect, ...] = ()
    acquires: LockSet = NO_LOCKS
    releases: frozenset[Path] = frozenset()
    returns: tuple[tuple[Value, ...], ...] = ()


EMPTY_SUMMARY = Summary()
