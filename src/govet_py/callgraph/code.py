"""Whole-program access to lowered code: one `FunctionCode` a function, built when first asked for.

A function's id is that of its declaration (`import/path.Type.Method`), for literals with the index
of the function in its body appended (`import/path.F$2`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import compress, count

from govet_py.callgraph.condition_locks import LOCK, ConditionLocks
from govet_py.knowledge.concurrency import HANDLER_TYPES, REGISTERS_HANDLER
from govet_py.model import ir
from govet_py.model.concurrency import make
from govet_py.model.program import (
    Callee,
    Denotation,
    FieldRef,
    Interface,
    Program,
    Static,
    UnknownCallee,
    interface_method_id,
)
from govet_py.model.sharing import one
from govet_py.model.source import Site, span_end, span_start
from govet_py.model.types import Struct, Type, is_error
from govet_py.resolve.infer import BodyTypes

MAX_HOPS = 4
"""So many copies of a value are looked through."""


def literal_id(body_id: str, index: int) -> str:
    """The id of function `index` of a body; index 0 is the declared function itself."""
    return f"{body_id}${index}" if index else body_id


def package_of(id: str) -> str:
    """The import path in a function id: all up to the first dot of its last element."""
    head, slash, tail = id.rpartition("/")
    return head + slash + tail.partition(".")[0]


@cache
def _marking(kinds: tuple[type, ...]) -> bytes:
    """A table for `bytes.translate`: 1 for the numbers of these kinds, 0 for all others."""
    numbers = {ir.NUMBERS[kind] for kind in kinds}
    return bytes(number in numbers for number in range(256))


class FunctionCode:
    """One function's instructions with what resolution knows of them. Everything is memoised."""

    __slots__ = (
        "_acts_like", "_conditions", "_kinds", "_predecessors", "_program", "_starts", "_stores", "_unknown", "body",
        "body_id", "code", "function", "id", "index", "is_initialiser", "package", "path", "types",
    )

    def __init__(
        self, id: str, body_id: str, index: int, body: ir.Body, types: BodyTypes, program: Program,
        acts_like: Mapping[str, str], conditions: ConditionLocks,
    ) -> None:
        self.id = id
        self.body_id = body_id
        self.index = index
        self.body = body
        self.function = body.functions[index]
        self.code = types.code_of(index)
        self.types = types
        self.path = program.body_path(body_id)
        self._program = program
        self._acts_like = acts_like
        self._conditions = conditions
        self._unknown: dict[int, Callee] | None = None
        self._starts = [block.start for block in self.function.blocks]
        self._kinds = bytes([ir.NUMBERS[instruction.__class__] for instruction in self.code])
        """The kinds of all instructions, by number: a byte each, which are searched faster than objects."""
        self._predecessors: list[tuple[int, ...]] | None = None
        self._stores: dict[int, Sequence[int]] | None = None
        declared = program.functions[body_id]
        self.package = declared.package
        """The import path of the function's package."""
        self.is_initialiser = not index and (declared.name == "init" or declared.name.startswith("init$vars"))
        """Whether this runs before main: an `init`, or the initial values of package variables; not what they leave
        behind for others to call."""

    def callee(self, call: int) -> Callee:
        """What a call runs; a function that acts like a known one is that one."""
        found = self.types.callee(self.index, call)
        if isinstance(found, UnknownCallee):
            if self._unknown is None:
                self._unknown = {}
            if call not in self._unknown:
                self._unknown[call] = self._registering(call) or found
            return self._unknown[call]
        if self._acts_like and isinstance(found, Static | Interface):
            name = found.function if isinstance(found, Static) else interface_method_id(found)
            if name in self._acts_like:
                return Static(self._acts_like[name], found.receiver, found.via)
        return found

    def _registering(self, call: int) -> Static | None:
        """A router of an absent package: what it is given are handlers."""
        instruction = self.code[call]
        for position, argument in enumerate(instruction.args if isinstance(instruction, ir.Call) else ()):
            if position in REGISTERS_HANDLER and self.type_of(argument) in HANDLER_TYPES:
                return Static(REGISTERS_HANDLER[position])
        return None

    def receiver_of(self, call: int) -> int:
        """The register of the object whose method a call names, NONE for other calls."""
        callee = self.callee(call)
        return callee.receiver if isinstance(callee, Static | Interface) else ir.NONE

    def called_name(self, call: int) -> str:
        """The name by which a call calls something, "" for what has none."""
        instruction = self.code[call]
        callee = self.code[instruction.callee] if isinstance(instruction, ir.Call) else None
        return callee.name if isinstance(callee, ir.Selector | ir.Name) else ""

    def denotes(self, register: int) -> Denotation | None:
        """What a name, selector or index means; the address of a field denotes the field. The lock of a condition
        is the field that it was made with."""
        instruction = self.code[register]
        if isinstance(instruction, ir.FieldAddr):
            found = self._program.field(self.type_of(instruction.base), instruction.name)
            return FieldRef(instruction.base, found[1]) if found else None
        what = self.types.denotes(self.index, register)
        if isinstance(what, FieldRef) and what.path[-1] == LOCK:
            return self._conditions.of(self, what)
        return what

    def type_of(self, register: int) -> Type:
        return self.types.type_of(self.index, register)

    @property
    def is_main(self) -> bool:
        """Reports whether this is where a command begins: the process ends with it."""
        return self.id == f"{self.package}.main" and self._program.is_main(self.package)

    @property
    def may_fail(self) -> bool:
        """Reports whether the last result is declared an error."""
        results = self.function.signature.results
        return bool(results) and is_error(results[-1])

    @property
    def is_method(self) -> bool:
        """Reports whether the first parameter is a receiver."""
        params = self.function.params
        return bool(params) and self.body.vars[params[0]].kind == ir.VarKind.RECEIVER

    def is_nil(self, register: int) -> bool:
        """Reports whether a register holds the literal nil."""
        instruction = self.code[register]
        return isinstance(instruction, ir.Const) and instruction.kind == "nil"

    def loads(self, register: int, var: int) -> bool:
        """Reports whether a register was read from a variable."""
        instruction = self.code[register]
        return isinstance(instruction, ir.Load) and instruction.var == var

    def is_deferred(self, register: int) -> bool:
        """Reports whether an instruction is a defer statement, whose call runs at the function's end."""
        return self.mode_of(register) == ir.Mode.DEFER

    def mode_of(self, register: int) -> ir.Mode | None:
        """Whether a call is an ordinary one, a go or a defer statement; None for other instructions."""
        call = self.code[register]
        return call.mode if isinstance(call, ir.Call) else None

    def go_statements(self) -> list[int]:
        """The registers of the function's go statements, ascending."""
        return [at for at in self.of_kind(ir.Call) if self.mode_of(at) == ir.Mode.GO]

    def is_by_value(self, var: int) -> bool:
        """Reports whether a variable holds a struct itself, so that a parameter is a copy of the argument."""
        return isinstance(self._program.underlying(self.types.var_type(var)), Struct)

    def site(self, register: int) -> Site:
        return make(Site, (self.path, self.function.spans[register]))

    def block_of(self, register: int) -> int:
        return bisect_right(self._starts, register) - 1

    def loop_of(self, register: int) -> int:
        """The innermost loop around an instruction, or NONE."""
        return self.function.blocks[self.block_of(register)].loop

    def inside(self, loop: int, outer: int) -> bool:
        """Reports whether `loop` is `outer` or lies inside it."""
        while loop != ir.NONE:
            if loop == outer:
                return True
            loop = self.function.loops[loop].parent
        return False

    def reaches(self, register: int, block: int) -> bool:
        """Reports whether control can come to a block after an instruction."""
        return self.leads(self.block_of(register), block)

    def leads(self, start: int, goal: int, avoid: int = ir.NONE) -> bool:
        """Reports whether control can go on from the end of block `start` to block `goal`, not through `avoid`."""
        seen, work = {avoid}, [start]
        while work:
            for successor in self.function.blocks[work.pop()].succs:
                if successor == goal:
                    return True
                if successor not in seen:
                    seen.add(successor)
                    work.append(successor)
        return False

    @property
    def predecessors(self) -> list[tuple[int, ...]]:
        """The blocks that lead to each block, ascending."""
        if self._predecessors is None:
            result: list[list[int]] = [[] for _ in self.function.blocks]
            for index, block in enumerate(self.function.blocks):
                for successor in block.succs:
                    result[successor].append(index)
            self._predecessors = [one(tuple(found)) for found in result]
        return self._predecessors

    def of_kind(self, *kinds: type) -> Sequence[int]:
        """The registers of all instructions of some kinds, ascending."""
        marks = self._kinds.translate(_marking(kinds))
        return list(compress(count(), marks)) if 1 in marks else []

    @property
    def stores(self) -> dict[int, Sequence[int]]:
        """The registers that store to each variable, ascending."""
        if self._stores is None:
            found: dict[int, list[int]] = {}
            for register in self.of_kind(ir.Store):
                found.setdefault(self.code[register].var, []).append(register)  # type: ignore[union-attr]
            self._stores = {var: one(tuple(stores)) for var, stores in found.items()}
        return self._stores

    def stored(self, store: int) -> int:
        """The register whose value a store puts into its variable."""
        instruction = self.code[store]
        assert isinstance(instruction, ir.Store)
        return instruction.value

    def values_of(self, var: int) -> list[int]:
        """The registers whose values this function puts into a variable."""
        return [self.stored(at) for at in self.stores.get(var, ())]

    def value_of(self, var: int) -> int:
        """The register whose value a variable has that this function stores to once; NONE for other variables."""
        stores = self.stores.get(var, ())
        return self.stored(stores[0]) if len(stores) == 1 else ir.NONE

    def is_set_in(self, var: int, blocks: Container[int]) -> bool:
        """Reports whether this function stores to a variable in some of its blocks."""
        return any(self.block_of(store) in blocks for store in self.stores.get(var, ()))

    def source(self, register: int) -> int:
        """The register that a value was first held in: back through variables with one store."""
        for _ in range(MAX_HOPS):
            load = self.code[register]
            value = self.value_of(load.var) if isinstance(load, ir.Load) else ir.NONE
            if value == ir.NONE:
                break
            register = value
        return register

    def taken_by(self, register: int) -> int:
        """The instruction by which a value was taken out of a container, or else made: back through variables with
        one store, and the parts of tuples. NONE where a variable has several."""
        for _ in range(MAX_HOPS):
            step = self.code[register] if register != ir.NONE else None
            if isinstance(step, ir.Load):
                register = self.value_of(step.var)
            elif isinstance(step, ir.Extract):
                register = step.tuple
            else:
                break
        return register

    def call_behind(self, register: int) -> int:
        """The call whose result, or one of whose results, a register holds; NONE for what is none."""
        part = self.code[register]
        register = part.tuple if isinstance(part, ir.Extract) else register
        return register if isinstance(self.code[register], ir.Call) else ir.NONE


class Code:
    """All functions of a program."""

    def __init__(self, program: Program, acts_like: Iterable[tuple[str, str]] = ()) -> None:
        self.program = program
        self._acts_like = dict(acts_like)
        self._types: dict[str, BodyTypes] = {}
        self._functions: dict[str, FunctionCode | None] = {}
        self._conditions = ConditionLocks(program, lambda: map(self.function, self.ids()))

    def ids(self) -> tuple[str, ...]:
        """Every function with a body, literals included, in a stable order."""
        return self._ids

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        bodies = self.program.bodies
        return tuple(literal_id(id, index) for id in sorted(bodies) for index in range(len(bodies[id].functions)))

    def get(self, id: str) -> FunctionCode | None:
        """The function's code, or None where it has no body here."""
        try:
            return self._functions[id]
        except KeyError:
            found = self._functions[id] = self._make(id)
            return found

    def _make(self, id: str) -> FunctionCode | None:
        body_id, index = self._split(id)
        body = self.program.bodies.get(body_id)
        if body is None:
            return None
        types = self.types(body_id)
        return FunctionCode(id, body_id, index, body, types, self.program, self._acts_like, self._conditions)

    def _split(self, id: str) -> tuple[str, int]:
        if id in self.program.bodies:
            return id, 0
        body_id, _, index = id.rpartition("$")
        return (body_id, int(index)) if index.isdigit() else (id, 0)

    def function(self, id: str) -> FunctionCode:
        """As `get`, for ids known to have a body. Raises KeyError otherwise."""
        found = self._functions.get(id) or self.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def site(self, id: str, register: int) -> Site:
        """Where an instruction of a function stands."""
        return self.function(id).site(register)

    def enclosing(self, site: Site) -> FunctionCode | None:
        """The innermost function that a site lies in."""
        at = span_start(site.span)
        around = [
            (span_end(function.span) - span_start(function.span), literal_id(body_id, index))
            for body_id in self._bodies.get(site.path, ())
            for index, function in enumerate(self.program.bodies[body_id].functions)
            if span_start(function.span) <= at < span_end(function.span)
        ]
        return self.function(min(around)[1]) if around else None

    @cached_property
    def _bodies(self) -> dict[str, list[str]]:
        """The bodies of each file."""
        found: dict[str, list[str]] = {}
        for body_id in self.program.bodies:
            found.setdefault(self.program.body_path(body_id), []).append(body_id)
        return found

    def types(self, body_id: str) -> BodyTypes:
        found = self._types.get(body_id)
        if found is None:
            found = self._types[body_id] = BodyTypes(self.program, body_id)
        return found

    def sibling(self, code: FunctionCode, index: int) -> FunctionCode:
        """Function `index` of the same body."""
        return self.function(literal_id(code.body_id, index))

    def stores(self, code: FunctionCode, var: int) -> tuple[tuple[int, int], ...]:
        """All stores to a variable in its whole body, as (function index, register)."""
        return code.types.definitions(var)

    def is_assigned_here_only(self, code: FunctionCode, var: int) -> bool:
        """Whether a variable is the function's own, and literals that capture it merely read it: its stores there are
        its definitions."""
        declared = code.body.vars[var]
        own = declared.owner == code.index and not declared.addressed
        return own and all(index == code.index for index, _ in self.stores(code, var))

    def values_of(self, code: FunctionCode, var: int) -> Iterator[tuple[FunctionCode, int]]:
        """What its whole body puts into a variable: function and register."""
        for index, store in self.stores(code, var):
            owner = self.sibling(code, index)
            yield owner, owner.stored(store)
