"""Builds one function: instructions into blocks, identifiers into variables.

All functions of a body share a `BodyBuilder` (the variable table and the list of functions). Scopes
are a stack of dictionaries; a function literal looks names up in its parent's scopes as they stand
when it is met, which is Go's lexical scoping, and marks what it finds there as captured.

Dead code is not lowered: after a return, a jump or a call that never comes back there is no current
block until a block that something leads to is entered. So every block of a function can be reached,
as far as its gotos can.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple, Union

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.declarations import TypeDecl
from govet_py.model.source import pack_span
from govet_py.model.types import Func, Type, TypeName
from govet_py.syntax.grammar import text
from govet_py.syntax.typeexprs import TypeReader

MOST_INSTRUCTIONS = 100_000
"""The largest function that people wrote in Vitess has a tenth."""


class VarBuilder:
    """A variable under construction: see `ir.Var`."""

    __slots__ = ("addressed", "captured", "id", "kind", "loop", "name", "owner", "span", "type")

    def __init__(
        self, id: int, name: str, type: Type | None, kind: ir.VarKind, owner: int, loop: int, span: int
    ) -> None:
        self.id = id
        self.name = name
        self.type = type
        self.kind = kind
        self.owner = owner
        self.loop = loop
        self.captured = False
        self.addressed = False
        self.span = span

    def built(self) -> ir.Var:
        return ir.Var(self.name, self.type, self.kind, self.owner, self.loop, self.captured, self.addressed)


class TooLarge(Exception):
    """A function has more instructions than are worth the time that an analysis takes."""


class LocalType(NamedTuple):
    """What a type name that a function declares stands for."""

    type: Type


Local = Union[VarBuilder, LocalType]


class BodyBuilder:
    """What the functions of one body share. `prefix` begins the names of types declared in the body."""

    def __init__(self, source: bytes, types: TypeReader, per_iteration: bool, prefix: str) -> None:
        self.source = source
        self.types = types
        self.per_iteration = per_iteration
        self.vars: list[VarBuilder] = []
        self.functions: list[ir.Function] = []
        self.local_types: list[TypeDecl] = []
        self.current: Builder
        self._prefix = prefix

    def local_type(self, name: str) -> TypeName:
        """A name for a declared type, unlike all others of the package."""
        self.types.local = self._find_type
        wanted = f"{self._prefix}.{name}"
        count = sum(known.name.partition("#")[0] == wanted for known in self.local_types)
        return TypeName(f"{wanted}#{count + 1}" if count else wanted)

    def _find_type(self, name: str) -> Type | None:
        found = self.current.look_up(name)
        return found.type if isinstance(found, LocalType) else None

    def built(self) -> ir.Body:
        self.types.local = None
        spans = array("Q", [var.span for var in self.vars])
        return ir.Body(tuple(var.built() for var in self.vars), spans, tuple(self.functions))


class BlockBuilder:
    """A basic block under construction; `reached` when a block that can be reached leads to it."""

    __slots__ = ("end", "loop", "reached", "start", "succs")

    def __init__(self, loop: int) -> None:
        self.start = -1
        self.end = -1
        self.loop = loop
        self.reached = False
        self.succs: tuple[BlockBuilder, ...] = ()


class Builder:
    """One function under construction."""

    def __init__(self, body: BodyBuilder, parent: "Builder | None", name: str) -> None:
        self.body = body
        self.parent = parent
        self.name = name
        self.source = body.source
        self.index = len(body.functions)
        body.functions.append(_UNFINISHED)
        body.current = self
        self.code: list[ir.Instruction] = []
        self.spans = array("Q")
        self.loops: list[ir.Loop] = []
        self.loop = ir.NONE
        # of the loop whose post statement is lowered: it sets the copies of the next iteration (since Go 1.22)
        self.renewed = range(0)
        self.params: list[int] = []
        self.results: list[int] = []
        self._scopes: list[dict[str, Local]] = [{}]
        self._blocks: list[BlockBuilder] = []
        self._block: BlockBuilder | None = None
        self._headers: list[BlockBuilder] = []
        self.labels: dict[str, BlockBuilder] = {}
        entry = self.new_block()
        entry.reached = True
        self.enter(entry)

    # -- blocks ------------------------------------------------------------------------------------

    @property
    def is_dead(self) -> bool:
        """Reports whether control cannot come here."""
        return self._block is None

    def new_block(self) -> BlockBuilder:
        """A block of the current loop, to be entered later."""
        return BlockBuilder(self.loop)

    def enter(self, block: BlockBuilder) -> None:
        """Goes on in `block`, where something leads to it; the current block must have ended."""
        if not block.reached:
            self._block = None
            return
        block.start = len(self.code)
        self._blocks.append(block)
        self._block = block

    def end(self, terminator: ir.Instruction, span: int, *succs: BlockBuilder) -> None:
        """Ends the current block, if there is one."""
        block = self._block
        if block is None:
            return
        self.code.append(terminator)
        self.spans.append(span)
        block.end = len(self.code)
        block.succs = succs
        for successor in succs:
            successor.reached = True
        self._block = None

    def jump(self, target: BlockBuilder, span: int) -> None:
        self.end(ir.Jump(), span, target)

    def begin_loop(self, kind: str, span: int, header: BlockBuilder | None = None) -> BlockBuilder:
        """Starts a loop; gives its header, which belongs to it."""
        self.loops.append(ir.Loop(self.loop, ir.NONE, kind, span))
        self.loop = len(self.loops) - 1
        header = header or self.new_block()
        header.loop = self.loop
        self._headers.append(header)
        return header

    def end_loop(self) -> None:
        self.loop = self.loops[self.loop].parent

    # -- instructions ------------------------------------------------------------------------------

    def emit(self, instruction: ir.Instruction, span: int) -> int:
        if len(self.code) >= MOST_INSTRUCTIONS:
            raise TooLarge
        self.code.append(instruction)
        self.spans.append(span)
        return len(self.code) - 1

    def span(self, node: Node) -> int:
        return pack_span(node.start_byte, node.end_byte)

    def text(self, node: Node) -> str:
        return text(self.source, node)

    def mark(self) -> tuple[int, int, int]:
        """How much there is so far; for `back_to`, between statements."""
        return len(self.code), len(self.body.functions), len(self.body.vars)

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Forgets what was lowered since `mark`."""
        code, functions, vars = mark
        del self.code[code:], self.spans[code:], self.body.functions[functions:], self.body.vars[vars:]
        self.body.current = self

    # -- variables ---------------------------------------------------------------------------------

    def push_scope(self) -> None:
        self._scopes.append({})

    def pop_scope(self) -> None:
        self._scopes.pop()

    def declare(self, name: str, type: Type | None, kind: ir.VarKind, span: int, loop: int | None = None) -> int:
        """A new variable in the innermost scope; `_` and unnamed ones are not entered."""
        owner_loop = self.loop if loop is None else loop
        var = VarBuilder(len(self.body.vars), name, type, kind, self.index, owner_loop, span)
        self.body.vars.append(var)
        if name not in ("", "_"):
            self._scopes[-1][name] = var
        return var.id

    def declare_type(self, name: str, type: Type) -> None:
        """Makes `name` stand for a type in the innermost scope."""
        self._scopes[-1][name] = LocalType(type)

    def in_this_scope(self, name: str) -> int | None:
        """The variable that the innermost scope declares under a name."""
        var = self._scopes[-1].get(name)
        return var.id if isinstance(var, VarBuilder) else None

    def look_up(self, name: str) -> Local | None:
        """What the functions around declare under a name; a variable of an outer function is captured."""
        builder: Builder | None = self
        while builder is not None:
            for scope in reversed(builder._scopes):
                local = scope.get(name)
                if local is not None:
                    if builder is not self and isinstance(local, VarBuilder):
                        local.captured = True
                    return local
            builder = builder.parent
        return None

    def find(self, name: str) -> VarBuilder | None:
        """The variable that a name denotes here, or None."""
        local = self.look_up(name)
        return local if isinstance(local, VarBuilder) else None

    # -- the finished function ---------------------------------------------------------------------

    def finish(self, signature: Func, span: int) -> None:
        """Ends the function: control that falls off its end returns."""
        if not self.is_dead:
            self.end(ir.Return(tuple(self.emit(ir.Load(var), span) for var in self.results)), span)
        for block in self.labels.values():
            if block.reached and block.start < 0:  # a goto to a label that is not there: no Go, but no crash
                self.enter(block)
                self.end(ir.Stop(), span)
        number = {id(block): index for index, block in enumerate(self._blocks)}
        loops = (loop._replace(header=number[id(at)]) for loop, at in zip(self.loops, self._headers, strict=True))
        blocks = (
            ir.Block(block.start, block.end, tuple(number[id(s)] for s in block.succs), block.loop)
            for block in self._blocks
        )
        self.body.functions[self.index] = ir.Function(
            self.name,
            self.parent.index if self.parent else ir.NONE,
            tuple(self.params),
            tuple(self.results),
            signature,
            tuple(self.code),
            self.spans,
            tuple(blocks),
            tuple(loops),
            span,
        )
        if self.parent is not None:
            self.body.current = self.parent


_UNFINISHED = ir.Function("", ir.NONE, (), (), Func(), (), array("Q"), (), (), 0)
"""Holds the place of a function while its literals are lowered."""
