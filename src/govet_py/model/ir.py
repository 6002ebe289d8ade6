"""Function bodies as plain data: basic blocks of instructions named after golang.org/x/tools/go/ssa.

The form is naive (go/ssa `NaiveForm`): local variables are not lifted, so there is no phi; a use is
a `Load`, a definition a `Store`. An instruction's index in `Function.code` is the *register* that
holds its result; operands are registers. `-1` (NONE) stands for an operand that is not there.

A top-level declaration and all function literals inside it form one `Body`: they share one
variable table, so a captured variable has one identity wherever it is used and a closure needs no
list of free variables: a variable is free in every function but its `owner`.

An instruction does not say where it stands: `Function.spans` does. So instructions that say the same are
one object once they were unpickled, whatever function they belong to: four in five of a program need none.

LIMIT: `&&` and `||` are ordinary `Binary` instructions; both operands count as evaluated.
LIMIT: copying a struct value by assignment keeps the identity of the original.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple, Union, get_args

from govet_py.model.sharing import known, made, one
from govet_py.model.types import Func, Type

NONE = -1


class Mode(IntEnum):
    """How a call runs: go and defer are kinds of call, as in go/callgraph."""

    CALL = 0
    GO = 1
    DEFER = 2


class VarKind(IntEnum):
    LOCAL = 0
    PARAM = 1
    RECEIVER = 2
    RESULT = 3


class Var(NamedTuple):
    """A variable of a body: a parameter, a named result or a local.

    `owner` is the index of the function that declares it, `loop` the innermost loop of that
    function in whose *body* it is declared afresh on every iteration (NONE outside loops; a loop
    variable belongs to its own loop from Go 1.22 on, to the enclosing one before).
    `captured`: a function literal other than `owner` uses it. `addressed`: `&v` is taken explicitly.
    """

    name: str
    type: Type | None
    kind: VarKind
    owner: int
    loop: int
    captured: bool
    addressed: bool


# -- values ---------------------------------------------------------------------------------------


class Const(NamedTuple):
    """A literal. `kind` is int, float, imaginary, rune, string, nil, bool; `value` its source text,
    for strings the unquoted text as far as known."""

    kind: str
    value: str


class Name(NamedTuple):
    """An identifier that no enclosing function declares: package scope, import or universe."""

    name: str


class Load(NamedTuple):
    var: int


class Addr(NamedTuple):
    """`&v`."""

    var: int


class Selector(NamedTuple):
    """`base.name`, read: a field, a method value, or a member of an imported package."""

    base: int
    name: str


class FieldAddr(NamedTuple):
    """`&base.name`."""

    base: int
    name: str


class Index(NamedTuple):
    """`base[index]`, read: map lookup, slice, array, string, or a generic instantiation."""

    base: int
    index: int


class IndexAddr(NamedTuple):
    """`&base[index]`."""

    base: int
    index: int


class SliceOf(NamedTuple):
    """`base[low:high:max]`: shares its elements with `base`."""

    base: int


class Deref(NamedTuple):
    """`*base`, read."""

    base: int


class Unary(NamedTuple):
    """`-x`, `!x`, `^x`, `+x`. Receive is `Recv`, address-of is `Addr`/`FieldAddr`/`IndexAddr`."""

    op: str
    operand: int


class Binary(NamedTuple):
    op: str
    left: int
    right: int


class TypeValue(NamedTuple):
    """An expression that can only be a type: the first argument of make, a conversion's operator."""

    type: Type


class TypeAssert(NamedTuple):
    """`base.(type)`, also the variable of a type switch clause."""

    base: int
    type: Type


class Composite(NamedTuple):
    """`T{...}`; `type` is None for an elided inner type. `keys` are field names, registers (for map
    and array keys) or None; `pointer` is set for `&T{...}`."""

    type: Type | None
    keys: tuple[str | int | None, ...]
    values: tuple[int, ...]
    pointer: bool


class MakeClosure(NamedTuple):
    """A function literal: `function` is its index in `Body.functions`."""

    function: int


class Call(NamedTuple):
    """A call, go or defer statement. Builtins and conversions are calls too; `callee` tells them.

    `spread`: the last argument is `xs...`. The result register is a tuple where the callee has
    several results; `Extract` takes it apart.
    """

    callee: int
    args: tuple[int, ...]
    mode: Mode
    spread: bool


class Extract(NamedTuple):
    """Result `index` of a call, of a comma-ok form (`Recv`, `Index`, `TypeAssert`), of `Next` or of
    `Select` (see there)."""

    tuple: int
    index: int


class Recv(NamedTuple):
    """`<-chan`."""

    chan: int


class Range(NamedTuple):
    """Starts a range loop over `base` (map, slice, channel, integer, ...); typed code has a `Call` for a function."""

    base: int


class Next(NamedTuple):
    """One iteration: `Extract` 0 is the key (or the received value), 1 the element."""

    range: int


class Zero(NamedTuple):
    """The zero value that `var v T` stores; for struct, array and sync types it is the allocation."""

    type: Type | None


# -- effects --------------------------------------------------------------------------------------


class Store(NamedTuple):
    """`v = value`. `define`: the store is v's declaration."""

    var: int
    value: int
    define: bool


class SetName(NamedTuple):
    """`name = value` for a package-level variable."""

    name: str
    value: int


class SetField(NamedTuple):
    """`base.name = value` (also `pkg.Var = value`)."""

    base: int
    name: str
    value: int


class SetIndex(NamedTuple):
    """`base[index] = value`: a map update or an element store. `x[i] op= v` and `x[i]++` are an
    `Index`, a `Binary` and a `SetIndex`."""

    base: int
    index: int
    value: int


class SetDeref(NamedTuple):
    """`*base = value`."""

    base: int
    value: int


class Send(NamedTuple):
    chan: int
    value: int


# -- terminators: the last instruction of a block; `Block.succs` are their targets in order ---------


class Jump(NamedTuple):
    """succs = (target,)."""


class If(NamedTuple):
    """succs = (then, else)."""

    cond: int


class Switch(NamedTuple):
    """An expression switch. `cases[i]` holds the case expressions of succs[i]; an empty tuple is the
    default. Without a default clause the last successor (after the cases) is the switch's end."""

    tag: int
    cases: tuple[tuple[int, ...], ...]


class TypeSwitch(NamedTuple):
    """`cases[i]` holds the types of succs[i] (None for nil); an empty tuple is the default."""

    tag: int
    cases: tuple[tuple[Type | None, ...], ...]


class SelectCase(NamedTuple):
    """A communication of a select: `value` is NONE for a receive."""

    chan: int
    value: int
    span: int


class Select(NamedTuple):
    """succs[i] is the body of cases[i]; with `has_default` the last successor is the default's body.

    `Extract(select, 2*i)` is the value received by case i, `Extract(select, 2*i + 1)` its ok.
    """

    cases: tuple[SelectCase, ...]
    has_default: bool


class Return(NamedTuple):
    """No successor. A bare return of named results lists loads of them."""

    results: tuple[int, ...]


class Stop(NamedTuple):
    """Control does not go on: after `panic(...)`, or the end of unreachable code. No successor."""


Instruction = Union[
    Const,
    Name,
    Load,
    Addr,
    Selector,
    FieldAddr,
    Index,
    IndexAddr,
    SliceOf,
    Deref,
    Unary,
    Binary,
    TypeValue,
    TypeAssert,
    Composite,
    MakeClosure,
    Call,
    Extract,
    Recv,
    Range,
    Next,
    Zero,
    Store,
    SetName,
    SetField,
    SetIndex,
    SetDeref,
    Send,
    Jump,
    If,
    Switch,
    TypeSwitch,
    Select,
    Return,
    Stop,
]

_KINDS: tuple[Any, ...] = get_args(Instruction)
NUMBERS: dict[type, int] = {kind: number for number, kind in enumerate(_KINDS)}
_WITH_TYPES = frozenset(NUMBERS[kind] for kind in (TypeValue, TypeAssert, Composite, Zero, TypeSwitch))
"""Instructions that are never shared: types of different classes may be equal as tuples."""

Numbered = tuple[Any, ...]
"""An instruction as the number of its kind and its fields."""


def _numbered(instruction: Instruction) -> Numbered:
    return (NUMBERS[instruction.__class__], *instruction)


def _instruction(numbered: Numbered) -> Any:
    """The one instruction that says this."""
    kind, fields = _KINDS[numbered[0]], numbered[1:]
    return tuple.__new__(kind, fields) if numbered[0] in _WITH_TYPES else made(numbered, kind, fields)


# -- functions ------------------------------------------------------------------------------------


class Block(NamedTuple):
    """Instructions [start, end) of `Function.code`; `loop` is the innermost loop it belongs to."""

    start: int
    end: int
    succs: tuple[int, ...]
    loop: int


class Loop(NamedTuple):
    """A for statement: `header` is the block that decides on another iteration, `parent` the loop
    around it or NONE. `kind` is "for", "range" or "goto"."""

    parent: int
    header: int
    kind: str
    span: int


@dataclass(slots=True)
class Function:
    """A declared function (index 0 of its body) or a function literal. Treat as frozen.

    `params` are variable ids in order, receiver first; unnamed and blank parameters have ids too,
    so `params` matches `signature`. `results` are the named results' ids, or empty.
    `spans[i]` is where `code[i]` stands. Block 0 is the entry. `parent` is the index of the enclosing function,
    NONE for the declared one.
    """

    name: str
    parent: int
    params: tuple[int, ...]
    results: tuple[int, ...]
    signature: Func
    code: tuple[Instruction, ...]
    spans: array[int]
    blocks: tuple[Block, ...]
    loops: tuple[Loop, ...]
    span: int

    def __getstate__(self) -> tuple[object, ...]:
        """For pickle, which takes twice as long for named tuples."""
        code, blocks, places = [*map(_numbered, self.code)], [*map(tuple, self.blocks)], self.spans.tobytes()
        known = self.name, self.parent, self.params, self.results, self.signature
        return *known, code, places, blocks, self.loops, self.span

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.name, self.parent, params, self.results, self.signature, *rest = state
        code, places, blocks, self.loops, self.span = rest
        self.params, self.code = one(params), tuple([known(step) or _instruction(step) for step in code])
        self.spans = array("Q", places)
        self.blocks = tuple([made((Block, *block), Block, block) for block in blocks])


@dataclass(slots=True)
class Body:
    """A top-level function with the literals inside it, and the variables of all of them, declared at `var_spans`."""

    vars: tuple[Var, ...]
    var_spans: array[int]
    functions: tuple[Function, ...]

    def __getstate__(self) -> tuple[object, ...]:
        return [*map(tuple, self.vars)], self.var_spans.tobytes(), self.functions

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Variables are alike whose types are one object: unlike types may be equal as tuples."""
        variables, places, self.functions = state
        self.vars = tuple([made((Var, name, id(of), *rest), Var, (name, of, *rest)) for name, of, *rest in variables])
        self.var_spans = array("Q", places)
