"""What a path through a function has tested: facts on conditions, and branches that contradict them.

A *fact* says that a condition held on every way to here: `(key, truth)`. Keys name conditions by what they
speak of: a variable, a field, a result of one call. A store forgets the facts on what it changes and learns
what the new value tells (`ok := false`, `err = nil`). Facts only serve to rule paths out, so that whatever
is not understood leaves both branches open.

LIMIT: a field keeps its facts across calls; a method without arguments keeps its answer outside loops.
"""

from __future__ import annotations

from functools import cached_property
from typing import Union

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.types import ERROR, Basic, Type

Key = tuple[Union[str, int, "Key"], ...]
Facts = frozenset[tuple[Key, bool]]
NO_FACTS: Facts = frozenset()

TRUE = "true"
NIL = "nil"
EQUAL = "equal"
BEFORE = "before"
DEPTH = 5
_NEGATED = {"!=": "==", ">=": "<", "<=": ">"}


def result_key(register: int, index: int) -> Key:
    """The operand that stands for result `index` of the call at `register`."""
    return ("result", register, index)


def not_nil(path: Path) -> Facts:
    """That the variable which holds an object is not nil."""
    root = path.root
    return frozenset({((NIL, ("variable", root.var)), False)}) if isinstance(root, VarRoot) else NO_FACTS


class Conditions:
    """The conditions of one function."""

    def __init__(self, program: Code, code: FunctionCode, calls: frozenset[int], not_nil: frozenset[int]) -> None:
        """`calls`: the calls whose results are told apart from those of other calls of the same function.
        `not_nil`: registers that hold no nil."""
        self._program = program
        self._code = code
        self._calls = calls
        self._not_nil = not_nil
        self._operands: dict[int, Key | None] = {}
        self._atoms: dict[int, tuple[Key, bool] | None] = {}

    # -- tests -----------------------------------------------------------------------------------

    def assume(self, register: int, truth: bool, facts: Facts) -> Facts | None:
        """The facts after the condition at `register` came out as `truth`; None when it cannot."""
        instruction = self._code.code[register]
        match instruction:
            case ir.Unary(op="!"):
                return self.assume(instruction.operand, not truth, facts)
            case ir.Binary(op="&&" | "||"):
                return self._assume_both(instruction, truth, facts)
            case ir.Const(kind="bool"):
                return facts if (instruction.value == "true") == truth else None
        if truth and isinstance(instruction, ir.Call) and (error := self._asked_error(instruction)) is not None:
            return _learn(facts, (NIL, error), False)
        atom = self.atom(register)
        return facts if atom is None else _learn(facts, atom[0], atom[1] == truth)

    def _asked_error(self, call: ir.Call) -> Key | None:
        """The error that a question like `errors.Is(err, target)` is about: a yes means that there is one."""
        asked = call.args[0] if call.args else ir.NONE
        return self._operand(asked, DEPTH) if asked != ir.NONE and self._code.type_of(asked) == ERROR else None

    def branch(self, terminator: ir.Instruction, branch: int, facts: Facts) -> Facts | None:
        """The facts on successor `branch` of a block's terminator; None when control cannot go there."""
        if isinstance(terminator, ir.If):
            return self.assume(terminator.cond, branch == 0, facts)
        if isinstance(terminator, ir.Switch):
            return self._case(terminator, branch, facts)
        return facts

    def _assume_both(self, both: ir.Binary, truth: bool, facts: Facts) -> Facts | None:
        """`a && b` that is true tells of both, one that is false only when the other is known to be true;
        `||` the other way round."""
        whole = both.op == "&&"
        if truth == whole:
            left = self.assume(both.left, truth, facts)
            return None if left is None else self.assume(both.right, truth, left)
        if self.assume(both.left, truth, facts) is None:
            return self.assume(both.right, truth, facts)
        if self.assume(both.right, truth, facts) is None:
            return self.assume(both.left, truth, facts)
        return facts

    def _case(self, switch: ir.Switch, branch: int, facts: Facts) -> Facts | None:
        chosen = switch.cases[branch] if branch < len(switch.cases) else ()
        found: Facts | None = facts
        if not chosen:
            for value in (value for case in switch.cases for value in case):
                found = None if found is None else self._is_case(switch, value, False, found)
            return found
        return self._is_case(switch, chosen[0], True, facts) if len(chosen) == 1 else facts

    def _is_case(self, switch: ir.Switch, value: int, truth: bool, facts: Facts) -> Facts | None:
        if switch.tag == ir.NONE:
            return self.assume(value, truth, facts)
        atom = self._equality(switch.tag, value)
        return facts if atom is None else _learn(facts, atom, truth)

    # -- what instructions change ------------------------------------------------------------------

    def after(self, register: int, facts: Facts) -> Facts:
        """The facts after an instruction that is no terminator."""
        instruction = self._code.code[register]
        kind = type(instruction)
        if kind is ir.Store:
            assert isinstance(instruction, ir.Store)
            return self._stored(instruction, facts)
        if not facts:
            return facts
        if kind is ir.SetField:
            assert isinstance(instruction, ir.SetField)
            return _without(facts, "field", instruction.name)
        if kind is ir.SetName:
            assert isinstance(instruction, ir.SetName)
            return _without(facts, "name", instruction.name)
        if kind is ir.Call or kind is ir.Recv or kind is ir.Next:
            facts = self._without_shared(facts)
            if self._code.loop_of(register) != ir.NONE:
                facts = _without(facts, "answer", None)
            return _without(facts, "result", register)
        return facts

    @staticmethod
    def taken(facts: Facts) -> Facts:
        """The facts where a lock is taken: those on what others may change are remembered as older than that."""
        return facts | {((BEFORE, key), truth) for key, truth in facts if key[0] != BEFORE and _is_of_others(key)}

    @staticmethod
    def released(facts: Facts) -> Facts:
        """The facts where the lock is given back: what was found out under it on what others may change ends."""
        return frozenset(
            fact for fact in facts
            if fact[0][0] == BEFORE or not _is_of_others(fact[0]) or ((BEFORE, fact[0]), fact[1]) in facts
        )

    def _without_shared(self, facts: Facts) -> Facts:
        """The facts that no other function of the body can have changed meanwhile."""
        for var in self._shared:
            facts = _without(facts, "variable", var)
        return facts

    @cached_property
    def _shared(self) -> tuple[int, ...]:
        """The captured variables that other functions of the body store to."""
        found = []
        for var, declared in enumerate(self._code.body.vars):
            stores = self._program.stores(self._code, var) if declared.captured else ()
            if any(index != self._code.index for index, _ in stores):
                found.append(var)
        return tuple(found)

    def _stored(self, store: ir.Store, facts: Facts) -> Facts:
        target: Key = ("variable", store.var)
        kept = _without(facts, "variable", store.var)
        known = self._of_value(store.value, target)
        source = self._operand(store.value, DEPTH)
        if source is not None and source != target:
            known |= {(_moved(key, target), truth) for key, truth in facts if key[1] == source}
        return kept | known

    def _of_value(self, register: int, target: Key) -> Facts:
        """What the value in a register tells of the variable that it is stored to."""
        if register in self._not_nil:
            return frozenset({((NIL, target), False)})
        instruction = self._code.code[register]
        match instruction:
            case ir.Const(kind="bool"):
                return frozenset({((TRUE, target), instruction.value == "true")})
            case ir.Const(kind="nil"):
                return frozenset({((NIL, target), True)})
            case ir.Const():
                return frozenset({((EQUAL, target, _constant(instruction)), True)})
            case ir.Zero():
                return self._of_zero(self._code.type_of(register), target)
            case ir.Composite() | ir.MakeClosure() | ir.Addr() | ir.FieldAddr():
                return frozenset({((NIL, target), False)})
        return NO_FACTS

    @staticmethod
    def _of_zero(type_: Type, target: Key) -> Facts:
        if isinstance(type_, Basic):
            return frozenset({((TRUE, target), False)}) if type_.name == "bool" else NO_FACTS
        return frozenset({((NIL, target), True)})

    # -- names of conditions ---------------------------------------------------------------------

    def atom(self, register: int) -> tuple[Key, bool] | None:
        """The key of a condition, and whether it says the key's condition or its opposite."""
        if register not in self._atoms:
            self._atoms[register] = self._find_atom(register)
        return self._atoms[register]

    def _find_atom(self, register: int) -> tuple[Key, bool] | None:
        instruction = self._code.code[register]
        if not isinstance(instruction, ir.Binary):
            operand = self._operand(register, DEPTH)
            return None if operand is None else ((TRUE, operand), True)
        op = _NEGATED.get(instruction.op, instruction.op)
        equality = op == "=="
        key = self._equality(instruction.left, instruction.right) if equality else self._relation(op, instruction)
        return None if key is None else (key, op == instruction.op)

    def _equality(self, left: int, right: int) -> Key | None:
        operand, constant = self._operand(left, DEPTH), self._code.code[right]
        if operand is None:
            return None
        if isinstance(constant, ir.Const):
            return (NIL, operand) if constant.kind == "nil" else (EQUAL, operand, _constant(constant))
        other = self._operand(right, DEPTH)
        return None if other is None else (EQUAL, operand, other)

    def _relation(self, op: str, binary: ir.Binary) -> Key | None:
        left, right = self._operand(binary.left, DEPTH), self._operand(binary.right, DEPTH)
        if left is None or right is None or op not in ("<", ">"):
            return None
        return (TRUE, (op, left, right))

    def _operand(self, register: int, depth: int) -> Key | None:
        if register < 0 or depth == 0:
            return None
        if register not in self._operands:
            self._operands[register] = self._find_operand(register, depth)
        return self._operands[register]

    def _find_operand(self, register: int, depth: int) -> Key | None:
        instruction = self._code.code[register]
        match instruction:
            case ir.Load():
                return ("variable", instruction.var)
            case ir.Name():
                return ("name", instruction.name)
            case ir.Const():
                return ("constant", _constant(instruction))
            case ir.Selector():
                base = self._operand(instruction.base, depth - 1)
                return None if base is None else ("field", instruction.name, base)
            case ir.Extract():
                return result_key(instruction.tuple, instruction.index)
            case ir.Call():
                return result_key(register, 0) if register in self._calls else self._answer(instruction, depth)
        return None

    def _answer(self, call: ir.Call, depth: int) -> Key | None:
        """What a call of a getter answers: a method without arguments, `len` of something."""
        callee = self._operand(call.callee, depth - 1)
        arguments = [self._operand(argument, depth - 1) for argument in call.args]
        if callee is None or len(arguments) > 1:
            return None
        known = tuple(argument for argument in arguments if argument is not None)
        return ("answer", callee, *known) if len(known) == len(arguments) else None


def is_nil_error(code: FunctionCode, register: int, facts: Facts) -> bool | None:
    """Whether a returned error is nil: None when the path does not tell. Errors that packages declare are not."""
    instruction = code.code[register]
    if isinstance(instruction, ir.Const):
        return instruction.kind == "nil"
    if isinstance(instruction, ir.Load):
        key: Key = (NIL, ("variable", instruction.var))
        return True if (key, True) in facts else False if (key, False) in facts else None
    if isinstance(instruction, ir.Name | ir.Selector):
        return False if isinstance(code.denotes(register), p.VariableRef) else None
    made = isinstance(instruction, ir.Call) and isinstance(code.callee(register), p.Static)
    return False if made or isinstance(instruction, ir.Composite) else None


def _learn(facts: Facts, key: Key, truth: bool) -> Facts | None:
    if (key, not truth) in facts:
        return None
    if truth and key[0] == EQUAL and ((NIL, key[1]), True) in facts:
        return None
    learned = facts | {(key, truth)}
    if truth and key[0] == EQUAL and isinstance(key[1], tuple):
        learned |= {((NIL, key[1]), False)}
    return learned


def _without(facts: Facts, kind: str, name: str | int | None) -> Facts:
    """The facts that do not speak of `kind` `name` (None: of any of its kind)."""
    gone = [fact for fact in facts if _mentions(fact[0], kind, name)]
    return facts.difference(gone) if gone else facts


def _mentions(key: Key, kind: str, name: str | int | None) -> bool:
    if key[0] == kind and (name is None or key[1] == name):
        return True
    return any(_mentions(part, kind, name) for part in key if part.__class__ is tuple)


def _is_of_others(key: Key) -> bool:
    """Whether a fact is on what other goroutines may change: fields, and what methods answer."""
    return _mentions(key, "field", None) or _mentions(key, "answer", None)


def _moved(key: Key, target: Key) -> Key:
    return (key[0], target, *key[2:])


def _constant(constant: ir.Const) -> str:
    return f"{constant.kind} {constant.value}"
