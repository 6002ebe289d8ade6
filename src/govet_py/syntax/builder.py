"""Builds one function: instructions into blocks, identifiers into variables.

All functions of a body share a `BodyBuilder` (the variable table and the list of functions). Scopes
are a stack of dictionaries; a function literal looks names up in its parent's scopes as they stand
when it is met, which is Go's lexical scoping, and marks what it finds there as captured.
"""

from __future__ import annotations

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.source import pack_span
from govet_py.model.types import Func, Type
from govet_py.syntax.grammar import text
from govet_py.syntax.typeexprs import TypeReader


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
        return ir.Var(self.name, self.type, self.kind, self.owner, self.loop, self.captured, self.addressed, self.span)


class BodyBuilder:
    """What the functions of one body share."""

    def __init__(self, source: bytes, per_iteration: bool, renamed: frozenset[int] = frozenset()) -> None:
        self.source = source
        self.per_iteration = per_iteration
        self.renamed = renamed
        self.types = TypeReader(source)
        self.vars: list[VarBuilder] = []
        self.functions: list[ir.Function | None] = []

    def built(self) -> ir.Body:
        functions = tuple(function for function in self.functions if function is not None)
        return ir.Body(tuple(var.built() for var in self.vars), functions)


class BlockBuilder:
    """A basic block under construction; `start` and `end` are -1 until it is entered and ended."""

    __slots__ = ("end", "loop", "start", "succs")

    def __init__(self, loop: int) -> None:
        self.start = -1
        self.end = -1
        self.loop = loop
        self.succs: tuple[BlockBuilder, ...] = ()


class Builder:
    """One function under construction."""

    def __init__(self, body: BodyBuilder, parent: "Builder | None", name: str) -> None:
        self.body = body
        self.parent = parent
        self.name = name
        self.source = body.source
        self.index = len(body.functions)
        body.functions.append(None)
        self.code: list[ir.Instruction] = []
        self.loops: list[ir.Loop] = []
        self.loop = ir.NONE
        self.params: list[int] = []
        self.results: list[int] = []
        self._scopes: list[dict[str, VarBuilder]] = [{}]
        self._blocks: list[BlockBuilder] = []
        self._block = self._open(BlockBuilder(ir.NONE))
        self._headers: list[BlockBuilder] = []

    # -- blocks ------------------------------------------------------------------------------------

    def new_block(self) -> BlockBuilder:
        """A block of the current loop, to be entered later."""
        return BlockBuilder(self.loop)

    def _open(self, block: BlockBuilder) -> BlockBuilder:
        block.start = len(self.code)
        self._blocks.append(block)
        return block

    def enter(self, block: BlockBuilder) -> None:
        """Goes on in `block`; the current block must have ended."""
        self._block = self._open(block)

    def end(self, terminator: ir.Instruction, *succs: BlockBuilder) -> None:
        """Ends the current block."""
        self.code.append(terminator)
        self._block.end = len(self.code)
        self._block.succs = succs

    def end_unreachable(self, terminator: ir.Instruction, *succs: BlockBuilder) -> None:
        """Ends the current block; what follows in the source cannot be reached from it."""
        self.end(terminator, *succs)
        self.enter(self.new_block())

    def jump(self, target: BlockBuilder, span: int) -> None:
        self.end(ir.Jump(span), target)

    def begin_loop(self, kind: str, span: int) -> BlockBuilder:
        """Starts a loop; gives its header, which belongs to it."""
        self.loops.append(ir.Loop(self.loop, ir.NONE, kind, span))
        self.loop = len(self.loops) - 1
        header = self.new_block()
        self._headers.append(header)
        return header

    def end_loop(self) -> None:
        self.loop = self.loops[self.loop].parent

    # -- instructions ------------------------------------------------------------------------------

    def emit(self, instruction: ir.Instruction) -> int:
        self.code.append(instruction)
        return len(self.code) - 1

    def span(self, node: Node) -> int:
        return pack_span(node.start_byte, node.end_byte)

    def text(self, node: Node) -> str:
        return text(self.source, node)

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

    def in_this_scope(self, name: str) -> int | None:
        var = self._scopes[-1].get(name)
        return None if var is None else var.id

    def find(self, name: str) -> VarBuilder | None:
        """The variable that a name denotes here, marked as captured when an outer function owns it."""
        builder: Builder | None = self
        while builder is not None:
            for scope in reversed(builder._scopes):
                var = scope.get(name)
                if var is not None:
                    if builder is not self:
                        var.captured = True
                    return var
            builder = builder.parent
        return None

    # -- the finished function ---------------------------------------------------------------------

    def finish(self, signature: Func, span: int) -> None:
        """Ends the function: a last block that falls off its end returns."""
        if self._block.end < 0:
            self.end(ir.Return(tuple(self.emit(ir.Load(var, span)) for var in self.results), span))
        kept = self._reachable()
        number = {id(block): index for index, block in enumerate(kept)}
        loops = tuple(
            loop._replace(header=number.get(id(header), 0))
            for loop, header in zip(self.loops, self._headers, strict=True)
        )
        blocks = tuple(
            ir.Block(block.start, block.end, tuple(number[id(s)] for s in block.succs if id(s) in number), block.loop)
            for block in kept
        )
        self.body.functions[self.index] = ir.Function(
            self.name,
            self.parent.index if self.parent else ir.NONE,
            tuple(self.params),
            tuple(self.results),
            signature,
            tuple(self.code),
            blocks,
            loops,
            span,
        )

    def _reachable(self) -> list[BlockBuilder]:
        """All blocks, the unreachable ones too (their code stays), in order of code."""
        for block in self._blocks:
            if block.end < 0:
                block.end = block.start
        return self._blocks
