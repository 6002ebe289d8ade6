"""Assignments and declarations: values first, then stores, in source order (Go spec, "Assignments")."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.declarations import TypeDecl
from govet_py.model.types import Type
from govet_py.syntax.expressions import (
    IDENTIFIER,
    INDEXING,
    LEFT,
    NAME,
    OPERAND,
    PARENTHESES,
    RIGHT,
    SELECTOR,
    TYPE,
    UNARY,
    VALUE,
    Expressions,
)
from govet_py.syntax.grammar import children, kind

VAR_SPEC, VAR_SPEC_LIST, EXPRESSION_LIST = kind("var_spec"), kind("var_spec_list"), kind("expression_list")
CONST_SPEC, TYPE_SPEC, TYPE_ALIAS = kind("const_spec"), kind("type_spec"), kind("type_alias")


class Assignments(Expressions):
    """Lowers what gives variables, fields and elements their values."""

    def _short_var(self, node: Node) -> None:
        left = listed(node.child_by_field_id(LEFT))
        values = self.values(listed(node.child_by_field_id(RIGHT)), len(left))
        for target, value in zip(left, values, strict=False):
            self.define(target, value, self.span(node))

    def define(self, target: Node, value: int, span: int, loop: int | None = None) -> None:
        """`target := value`: a new variable, or the one of this scope."""
        name = self.text(target)
        if name == "_":
            return
        known = self.in_this_scope(name)
        var = known if known is not None else self.declare(name, None, ir.VarKind.LOCAL, self.span(target), loop)
        self.emit(ir.Store(var, value, known is None), self.span(target))

    def values(self, right: list[Node], count: int) -> list[int]:
        """The registers of the right-hand sides; one call or comma-ok form is taken apart."""
        registers = [self.expression(value) for value in right]
        if len(registers) == 1 and count > 1:
            source = registers[0]
            span = self.spans[source]
            return [self.emit(ir.Extract(source, index), span) for index in range(count)]
        return registers

    def _assignment(self, node: Node) -> None:
        left = listed(node.child_by_field_id(LEFT))
        operator = node.child_by_field_name("operator")
        op = self.text(operator) if operator is not None else "="
        if op != "=":
            self._update(left[0], op[:-1], node.child_by_field_id(RIGHT), node)
            return
        places = [self._place(target) for target in left]
        values = self.values(listed(node.child_by_field_id(RIGHT)), len(left))
        for place, value in zip(places, values, strict=False):
            place(value)

    def _place(self, target: Node) -> Callable[[int], object]:
        """Evaluates the operands of an assignment's left side; the result stores a value there."""
        while target.kind_id == PARENTHESES:
            target = children(target)[0]
        span = self.span(target)
        if target.kind_id == IDENTIFIER:
            return self._variable_place(self.text(target), span)
        if target.kind_id == SELECTOR:
            base, name = self.expression(target.child_by_field_id(OPERAND)), self._field_name(target)
            return lambda value: self.emit(ir.SetField(base, name, value), span)
        if target.kind_id == INDEXING:
            container = self.expression(target.child_by_field_id(OPERAND))
            index = self.expression(target.child_by_field_name("index"))
            return lambda value: self.emit(ir.SetIndex(container, index, value), span)
        if target.kind_id == UNARY:
            pointer = self.expression(target.child_by_field_id(OPERAND))
            return lambda value: self.emit(ir.SetDeref(pointer, value), span)
        return lambda value: None

    def _variable_place(self, name: str, span: int) -> Callable[[int], object]:
        if name == "_":
            return lambda value: None
        var = self.find(name)
        if var is None:
            return lambda value: self.emit(ir.SetName(name, value), span)
        id = var.id
        return lambda value: self.emit(ir.Store(id, value, id in self.renewed), span)

    def _update(self, target: Node, op: str, right: Node | None, node: Node) -> None:
        """`x op= y`: read, compute, write."""
        old = self.expression(target)
        operands = listed(right)
        value = self.expression(operands[0]) if operands else self.emit(ir.Const("int", "1"), self.span(node))
        new = self.emit(ir.Binary(op, old, value), self.span(node))
        self._place_again(target, old, new)

    def _place_again(self, target: Node, old: int, new: int) -> None:
        """Stores where a value was just read from, its operands evaluated once."""
        while target.kind_id == PARENTHESES:
            target = children(target)[0]
        span = self.span(target)
        match self.code[old]:
            case ir.Load() as read:
                self.emit(ir.Store(read.var, new, read.var in self.renewed), span)
            case ir.Selector() as read:
                self.emit(ir.SetField(read.base, read.name, new), span)
            case ir.Index() as read:
                self.emit(ir.SetIndex(read.base, read.index, new), span)
            case ir.Deref() as read:
                self.emit(ir.SetDeref(read.base, new), span)
            case ir.Name() as read:
                self.emit(ir.SetName(read.name, new), span)

    def _increment(self, node: Node) -> None:
        self._update(children(node)[0], "+", None, node)

    def _decrement(self, node: Node) -> None:
        self._update(children(node)[0], "-", None, node)

    def _var_declaration(self, node: Node) -> None:
        for spec in children(node):
            for one in children(spec) if spec.kind_id == VAR_SPEC_LIST else [spec]:
                if one.kind_id == VAR_SPEC:
                    self._var_spec(one)

    def _var_spec(self, spec: Node) -> None:
        names = spec.children_by_field_name("name")
        written = spec.child_by_field_id(TYPE)
        type_ = self.body.types.read(written) if written is not None else None
        right = listed(spec.child_by_field_id(VALUE))
        span = self.span(spec)
        values = self.values(right, len(names)) if right else [self.emit(ir.Zero(type_), span) for _ in names]
        for name, value in zip(names, values, strict=False):
            if self.text(name) != "_":
                var = self.declare(self.text(name), type_, ir.VarKind.LOCAL, self.span(name))
                self.emit(ir.Store(var, value, True), self.span(name))

    # -- other declarations inside functions ---------------------------------------------------------

    def _const_declaration(self, node: Node) -> None:
        """A constant is a variable that is stored to once: nothing else in the form says what its name means."""
        right: list[Node] = []
        written: Node | None = None
        for iota, spec in enumerate(c for c in children(node) if c.kind_id == CONST_SPEC):
            value = spec.child_by_field_id(VALUE)
            if value is not None:
                right, written = listed(value), spec.child_by_field_id(TYPE)
            self.iota = iota
            type_ = self.body.types.read(written) if written is not None else None
            self._constants([n for n in spec.children_by_field_name("name") if n.is_named], right, type_)
        self.iota = None

    def _constants(self, names: list[Node], right: list[Node], type_: Type | None) -> None:
        values = [self.expression(value) for value in right[:len(names)]]
        for name, value in zip(names, values, strict=False):
            var = self.declare(self.text(name), type_, ir.VarKind.LOCAL, self.span(name))
            self.emit(ir.Store(var, value, True), self.span(name))

    def _type_declaration(self, node: Node) -> None:
        for spec in children(node):
            at, written = spec.child_by_field_id(NAME), spec.child_by_field_id(TYPE)
            if at is None or spec.kind_id not in (TYPE_SPEC, TYPE_ALIAS):
                continue
            name, span = self.text(at), self.span(at)
            unique = self.body.local_type(name)
            if spec.kind_id == TYPE_ALIAS:
                self.declare_type(name, self.body.types.read(written))
                continue
            self.declare_type(name, unique)
            self.body.local_types.append(TypeDecl(unique.name, (), self.body.types.read(written), False, span))


def listed(node: Node | None) -> list[Node]:
    """The expressions of an expression list, or the one that stands for it."""
    if node is None:
        return []
    return children(node) if node.kind_id == EXPRESSION_LIST else [node]
