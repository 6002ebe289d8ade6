"""Expressions to instructions, in the order of evaluation of the Go spec: callee, arguments, call."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from govet_py.knowledge.channels import STOPPING
from govet_py.model import ir
from govet_py.model.types import Array, Map, Slice, Type, deref
from govet_py.syntax.builder import Builder, LocalType
from govet_py.syntax.grammar import children, field, kind

OPERAND, FIELD, INDEX, TYPE, BODY, FUNCTION, ARGUMENTS = (
    field("operand"),
    field("field"),
    field("index"),
    field("type"),
    field("body"),
    field("function"),
    field("arguments"),
)
OPERATOR, LEFT, RIGHT, KEY, VALUE, NAME, TYPE_ARGUMENTS = (
    field("operator"),
    field("left"),
    field("right"),
    field("key"),
    field("value"),
    field("name"),
    field("type_arguments"),
)
LITERAL_ELEMENT, KEYED_ELEMENT, LITERAL_VALUE, COMPOSITE = (
    kind("literal_element"),
    kind("keyed_element"),
    kind("literal_value"),
    kind("composite_literal"),
)
IDENTIFIER, SELECTOR, INDEXING, PARENTHESES, UNARY, CALL = (
    kind("identifier"),
    kind("selector_expression"),
    kind("index_expression"),
    kind("parenthesized_expression"),
    kind("unary_expression"),
    kind("call_expression"),
)
VARIADIC, TYPE_CONVERSION, FUNC_LITERAL, TYPE_IDENTIFIER = (
    kind("variadic_argument"),
    kind("type_conversion_expression"),
    kind("func_literal"),
    kind("type_identifier"),
)
GENERIC, QUALIFIED, TYPE_ELEM = kind("generic_type"), kind("qualified_type"), kind("type_elem")
TABLE_BYTES = 2000  # collation tables: a quarter of all instructions would be numbers that nobody asks for
_TABLE = re.compile(rb"""(?:[\s,{}:]++|-?\d[\w.]*+|'(?:\\.|[^'\\\n])++'|"(?:\\.|[^"\\\n])*+"|//[^\n]*+)*+""", re.DOTALL)
_STOPPING_NAMES = frozenset(name.rpartition(".")[2] for name in STOPPING)


class Expressions(Builder):
    """Lowers the expressions of one function. `iota` is set inside constant declarations."""

    iota: int | None = None

    def expression(self, node: Node | None) -> int:
        """The register that holds a node's value; a syntax that is not an expression gives a constant."""
        if node is None:
            return self.emit(ir.Const("bad", ""), 0)
        rule = _RULES.get(node.kind_id)
        if rule is not None:
            return rule(self, node)
        if self.body.types.is_type(node):
            return self.emit(ir.TypeValue(self.body.types.read(node)), self.span(node))
        return self.emit(ir.Const("bad", ""), self.span(node))

    def _identifier(self, node: Node) -> int:
        return self.identifier(self.text(node), self.span(node))

    def identifier(self, name: str, span: int) -> int:
        local = self.look_up(name)
        if local is None:
            return self.emit(ir.Name(name), span)
        if isinstance(local, LocalType):
            return self.emit(ir.TypeValue(local.type), span)
        return self.emit(ir.Load(local.id), span)

    def _nil(self, node: Node) -> int:
        return self.emit(ir.Const("nil", "nil"), self.span(node))

    def _bool(self, node: Node) -> int:
        name, span = self.text(node), self.span(node)
        return self.emit(ir.Const("bool", name), span) if self.look_up(name) is None else self.identifier(name, span)

    def _int(self, node: Node) -> int:
        return self.emit(ir.Const("int", self.text(node)), self.span(node))

    def _float(self, node: Node) -> int:
        return self.emit(ir.Const("float", self.text(node)), self.span(node))

    def _imaginary(self, node: Node) -> int:
        return self.emit(ir.Const("imaginary", self.text(node)), self.span(node))

    def _rune(self, node: Node) -> int:
        return self.emit(ir.Const("rune", self.text(node)), self.span(node))

    def _string(self, node: Node) -> int:
        return self.emit(ir.Const("string", self.text(node)[1:-1]), self.span(node))

    def _iota(self, node: Node) -> int:
        if self.iota is None:
            return self.identifier("iota", self.span(node))
        return self.emit(ir.Const("int", str(self.iota)), self.span(node))

    def _parentheses(self, node: Node) -> int:
        inner = children(node)
        return self.expression(inner[0] if inner else None)

    def _selector(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        return self.emit(ir.Selector(base, self._field_name(node)), self.span(node))

    def _field_name(self, node: Node) -> str:
        name = node.child_by_field_id(FIELD)
        return self.text(name) if name is not None else "_"

    def _index(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        index = self.expression(node.child_by_field_id(INDEX))
        return self.emit(ir.Index(base, index), self.span(node))

    def _slice(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        for bound in ("start", "end", "capacity"):
            at = node.child_by_field_name(bound)
            if at is not None:
                self.expression(at)
        return self.emit(ir.SliceOf(base), self.span(node))

    def _type_assertion(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        type_ = self.body.types.read(node.child_by_field_id(TYPE))
        return self.emit(ir.TypeAssert(base, type_), self.span(node))

    def _instantiation(self, node: Node) -> int:
        """`f[int]`, a generic type used as a value, or `a[i]` where the grammar took it for a type."""
        base = self.type_or_value(node.child_by_field_id(TYPE))
        arguments = node.child_by_field_id(TYPE_ARGUMENTS)
        listed = children(arguments) if arguments is not None else children(node)[1:]
        return self._instance(base, listed, self.span(node))

    def _instance(self, base: int, arguments: list[Node], span: int) -> int:
        """LIMIT: of several type arguments only the first one is kept; the others are mostly inferred."""
        first = arguments[0] if arguments else None
        if first is not None and first.kind_id == TYPE_ELEM and len(children(first)) == 1:
            first = children(first)[0]
        return self.emit(ir.Index(base, self.type_or_value(first)), span)

    def type_or_value(self, node: Node | None) -> int:
        """A node in type position that may be a plain name: names stay names."""
        if node is not None and node.kind_id == TYPE_IDENTIFIER:
            return self.identifier(self.text(node), self.span(node))
        if node is not None and node.kind_id == QUALIFIED:
            package, name = children(node)
            base = self.identifier(self.text(package), self.span(package))
            return self.emit(ir.Selector(base, self.text(name)), self.span(node))
        if node is None or node.kind_id in _RULES:
            return self.expression(node)
        return self.emit(ir.TypeValue(self.body.types.read(node)), self.span(node))

    def _unary(self, node: Node) -> int:
        operator = node.child_by_field_id(OPERATOR)
        operand = node.child_by_field_id(OPERAND)
        op = self.text(operator) if operator is not None else ""
        if op == "&":
            return self._address(node, operand)
        value = self.expression(operand)
        span = self.span(node)
        if op == "<-":
            return self.emit(ir.Recv(value), span)
        if op == "*":
            return self.emit(ir.Deref(value), span)
        return self.emit(ir.Unary(op, value), span)

    def _address(self, node: Node, operand: Node | None) -> int:
        while operand is not None and operand.kind_id == PARENTHESES:
            operand = children(operand)[0]
        span = self.span(node)
        if operand is None:
            return self.expression(None)
        if operand.kind_id == COMPOSITE:
            return self._composite(operand, True)
        self._mark_addressed(operand)
        if operand.kind_id == IDENTIFIER:
            var = self.find(self.text(operand))
            return self.emit(ir.Addr(var.id), span) if var is not None else self.expression(operand)
        if operand.kind_id == SELECTOR:
            base = self.expression(operand.child_by_field_id(OPERAND))
            return self.emit(ir.FieldAddr(base, self._field_name(operand)), span)
        if operand.kind_id == INDEXING:
            base = self.expression(operand.child_by_field_id(OPERAND))
            index = self.expression(operand.child_by_field_id(INDEX))
            return self.emit(ir.IndexAddr(base, index), span)
        return self.expression(operand)

    def _mark_addressed(self, operand: Node) -> None:
        """`&v`, `&v.f` and `&v[i]` take the address of (a part of) v."""
        at: Node | None = operand
        while at is not None and at.kind_id in (SELECTOR, INDEXING, PARENTHESES):
            at = children(at)[0] if at.kind_id == PARENTHESES else at.child_by_field_id(OPERAND)
        if at is not None and at.kind_id == IDENTIFIER:
            var = self.find(self.text(at))
            if var is not None:
                var.addressed = True

    def _binary(self, node: Node) -> int:
        chain = [node]
        left = node.child_by_field_id(LEFT)
        while left is not None and left.kind_id == node.kind_id:
            chain.append(left)
            left = left.child_by_field_id(LEFT)
        value = self.expression(left)
        for one in reversed(chain):
            right = self.expression(one.child_by_field_id(RIGHT))
            operator = one.child_by_field_id(OPERATOR)
            op = self.text(operator) if operator is not None else ""
            value = self.emit(ir.Binary(op, value, right), self.span(one))
        return value

    # -- calls -------------------------------------------------------------------------------------

    def _call(self, node: Node) -> int:
        return self.call(node, ir.Mode.CALL, self.span(node))

    def call(self, node: Node, mode: ir.Mode, span: int) -> int:
        """A call expression or conversion, run by mode."""
        if node.kind_id == TYPE_CONVERSION:
            return self._conversion(node, mode, span)
        if node.kind_id != CALL:
            return self.expression(node)
        function = node.child_by_field_id(FUNCTION)
        callee = self.expression(function)
        instance = node.child_by_field_id(TYPE_ARGUMENTS)
        if instance is not None:
            callee = self._instance(callee, children(instance), self.span(node))
        given = node.child_by_field_id(ARGUMENTS)
        spread = False
        arguments: list[int] = []
        for argument in children(given) if given is not None else ():
            if argument.kind_id == VARIADIC:
                spread = True
                argument = children(argument)[0]
            arguments.append(self.expression(argument))
        return self.emit(ir.Call(callee, tuple(arguments), mode, spread), span)

    def stops(self, register: int) -> bool:
        """Reports whether control does not go on after an instruction."""
        call = self.code[register]
        if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
            return False
        callee = self.code[call.callee]
        if isinstance(callee, ir.Name):
            return callee.name == "panic"
        if not isinstance(callee, ir.Selector) or callee.name not in _STOPPING_NAMES:
            return False
        package = self.code[callee.base]
        return isinstance(package, ir.Name) and f"{package.name}.{callee.name}" in STOPPING

    def _conversion(self, node: Node, mode: ir.Mode, span: int) -> int:
        written = node.child_by_field_id(TYPE)
        if written is not None and written.kind_id == GENERIC:
            callee = self._instantiation(written)
        else:
            callee = self.emit(ir.TypeValue(self.body.types.read(written)), self.span(node))
        value = self.expression(node.child_by_field_id(OPERAND))
        return self.emit(ir.Call(callee, (value,), mode, False), span)

    def _conversion_expression(self, node: Node) -> int:
        return self._conversion(node, ir.Mode.CALL, self.span(node))

    # -- literals ----------------------------------------------------------------------------------

    def _composite_expression(self, node: Node) -> int:
        return self._composite(node, False)

    def _composite(self, node: Node, pointer: bool) -> int:
        type_ = self.body.types.read(node.child_by_field_id(TYPE))
        return self._literal_value(node.child_by_field_id(BODY), type_, type_, pointer, self.span(node))

    def _literal_value(
        self, body: Node | None, type_: Type | None, shape: Type | None, pointer: bool, span: int
    ) -> int:
        """`shape` is the type as far as it is written, also where it is elided.

        LIMIT: of large tables that hold nothing but literals the elements are left out.
        """
        if body is not None and self._is_table(body):
            return self.emit(ir.Composite(type_, (), (), pointer), span)
        key_shape, value_shape = _element_shapes(shape)
        by_name = not isinstance(shape, Map | Slice | Array)
        keys: list[str | int | None] = []
        values: list[int] = []
        for element in children(body) if body is not None else ():
            if element.kind_id == KEYED_ELEMENT:
                keys.append(self._key(element.child_by_field_id(KEY), by_name, key_shape))
                values.append(self._element(element.child_by_field_id(VALUE), value_shape))
            elif element.kind_id == LITERAL_ELEMENT:
                keys.append(None)
                values.append(self._element(element, value_shape))
        return self.emit(ir.Composite(type_, tuple(keys), tuple(values), pointer), span)

    def _is_table(self, body: Node) -> bool:
        start, end = body.start_byte, body.end_byte
        return end - start > TABLE_BYTES and _TABLE.fullmatch(self.source, start, end) is not None

    def _key(self, node: Node | None, by_name: bool, shape: Type | None) -> str | int | None:
        """A field name, or the register of a map or array key.

        LIMIT: a plain name in a literal of a named type is a field name, though the type may be a map.
        """
        inner = children(node) if node is not None else []
        if by_name and inner and inner[0].kind_id == IDENTIFIER:
            return self.text(inner[0])
        return self._element(node, shape)

    def _element(self, node: Node | None, shape: Type | None) -> int:
        inner = children(node) if node is not None else []
        if inner and inner[0].kind_id == LITERAL_VALUE:
            return self._literal_value(inner[0], None, shape, False, self.span(inner[0]))
        return self.expression(inner[0] if inner else None)

    def _closure(self, node: Node) -> int:
        index = self.function_literal(node)
        return self.emit(ir.MakeClosure(index), self.span(node))

    def function_literal(self, node: Node) -> int:
        """Lowers a function literal; gives its index in the body. Known to `statements`, which does it."""
        raise NotImplementedError


def _element_shapes(shape: Type | None) -> tuple[Type | None, Type | None]:
    """The types of keys and elements that a literal's own type spells out; `&T` is elided too."""
    match shape:
        case Map():
            return deref(shape.key), deref(shape.elem)
        case Slice() | Array():
            return None, deref(shape.elem)
    return None, None


_RULES: dict[int, Callable[[Expressions, Node], int]] = {
    kind("identifier"): Expressions._identifier,
    kind("nil"): Expressions._nil,
    kind("true"): Expressions._bool,
    kind("false"): Expressions._bool,
    kind("iota"): Expressions._iota,
    kind("int_literal"): Expressions._int,
    kind("float_literal"): Expressions._float,
    kind("imaginary_literal"): Expressions._imaginary,
    kind("rune_literal"): Expressions._rune,
    kind("interpreted_string_literal"): Expressions._string,
    kind("raw_string_literal"): Expressions._string,
    PARENTHESES: Expressions._parentheses,
    SELECTOR: Expressions._selector,
    INDEXING: Expressions._index,
    kind("slice_expression"): Expressions._slice,
    kind("type_assertion_expression"): Expressions._type_assertion,
    UNARY: Expressions._unary,
    kind("binary_expression"): Expressions._binary,
    CALL: Expressions._call,
    TYPE_CONVERSION: Expressions._conversion_expression,
    COMPOSITE: Expressions._composite_expression,
    FUNC_LITERAL: Expressions._closure,
    kind("type_instantiation_expression"): Expressions._instantiation,
    GENERIC: Expressions._instantiation,
    TYPE_IDENTIFIER: Expressions.type_or_value,
    QUALIFIED: Expressions.type_or_value,
}
