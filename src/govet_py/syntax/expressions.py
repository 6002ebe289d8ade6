"""Expressions to instructions, in the order of evaluation of the Go spec: callee, arguments, call."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.types import Type
from govet_py.syntax.builder import Builder
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
GENERIC = kind("generic_type")
STOPPING = frozenset({"panic", "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "runtime.Goexit"})
"""Calls after which control does not go on, as written."""


class Expressions(Builder):
    """Lowers the expressions of one function."""

    def expression(self, node: Node | None) -> int:
        """The register that holds a node's value; a syntax that is not an expression gives a constant."""
        if node is None:
            return self.emit(ir.Const("bad", "", 0))
        rule = _RULES.get(node.kind_id)
        if rule is not None:
            return rule(self, node)
        if self.body.types.is_type(node):
            return self.emit(ir.TypeValue(self.body.types.read(node), self.span(node)))
        return self.emit(ir.Const("bad", "", self.span(node)))

    def _identifier(self, node: Node) -> int:
        name = self.text(node)
        if node.start_byte in self.body.renamed:
            name = "new"
        return self.identifier(name, self.span(node))

    def identifier(self, name: str, span: int) -> int:
        var = self.find(name)
        if var is not None:
            return self.emit(ir.Load(var.id, span))
        if name in ("true", "false"):
            return self.emit(ir.Const("bool", name, span))
        return self.emit(ir.Name(name, span))

    def _nil(self, node: Node) -> int:
        return self.emit(ir.Const("nil", "nil", self.span(node)))

    def _bool(self, node: Node) -> int:
        return self.identifier(self.text(node), self.span(node))

    def _int(self, node: Node) -> int:
        return self.emit(ir.Const("int", self.text(node), self.span(node)))

    def _float(self, node: Node) -> int:
        return self.emit(ir.Const("float", self.text(node), self.span(node)))

    def _imaginary(self, node: Node) -> int:
        return self.emit(ir.Const("imaginary", self.text(node), self.span(node)))

    def _rune(self, node: Node) -> int:
        return self.emit(ir.Const("rune", self.text(node), self.span(node)))

    def _string(self, node: Node) -> int:
        return self.emit(ir.Const("string", self.text(node)[1:-1], self.span(node)))

    def _iota(self, node: Node) -> int:
        return self.emit(ir.Name("iota", self.span(node)))

    def _parentheses(self, node: Node) -> int:
        inner = children(node)
        return self.expression(inner[0] if inner else None)

    def _selector(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        return self.emit(ir.Selector(base, self._field_name(node), self.span(node)))

    def _field_name(self, node: Node) -> str:
        name = node.child_by_field_id(FIELD)
        return self.text(name) if name is not None else "_"

    def _index(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        index = self.expression(node.child_by_field_id(INDEX))
        return self.emit(ir.Index(base, index, self.span(node)))

    def _slice(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        for bound in ("start", "end", "capacity"):
            at = node.child_by_field_name(bound)
            if at is not None:
                self.expression(at)
        return self.emit(ir.SliceOf(base, self.span(node)))

    def _type_assertion(self, node: Node) -> int:
        base = self.expression(node.child_by_field_id(OPERAND))
        type_ = self.body.types.read(node.child_by_field_id(TYPE))
        return self.emit(ir.TypeAssert(base, type_, self.span(node)))

    def _instantiation(self, node: Node) -> int:
        """`f[int]`, or a generic type used as a value: the operand, indexed by a type."""
        operand = node.child_by_field_id(TYPE)
        base = self.type_or_value(operand)
        arguments = node.child_by_field_id(TYPE_ARGUMENTS)
        listed = children(arguments) if arguments is not None else children(node)[1:]
        index = self.emit(ir.TypeValue(self.body.types.read(listed[0] if listed else None), self.span(node)))
        return self.emit(ir.Index(base, index, self.span(node)))

    def type_or_value(self, node: Node | None) -> int:
        """A node in type position that may be a plain name: names stay names."""
        if node is not None and node.kind_id == TYPE_IDENTIFIER:
            return self.identifier(self.text(node), self.span(node))
        if node is not None and node.kind_id == kind_qualified:
            package, name = children(node)
            base = self.identifier(self.text(package), self.span(package))
            return self.emit(ir.Selector(base, self.text(name), self.span(node)))
        return self.expression(node)

    def _unary(self, node: Node) -> int:
        operator = node.child_by_field_id(OPERATOR)
        operand = node.child_by_field_id(OPERAND)
        op = self.text(operator) if operator is not None else ""
        if op == "&":
            return self._address(node, operand)
        value = self.expression(operand)
        span = self.span(node)
        if op == "<-":
            return self.emit(ir.Recv(value, span))
        if op == "*":
            return self.emit(ir.Deref(value, span))
        return self.emit(ir.Unary(op, value, span))

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
            return self.emit(ir.Addr(var.id, span)) if var is not None else self.expression(operand)
        if operand.kind_id == SELECTOR:
            base = self.expression(operand.child_by_field_id(OPERAND))
            return self.emit(ir.FieldAddr(base, self._field_name(operand), span))
        if operand.kind_id == INDEXING:
            base = self.expression(operand.child_by_field_id(OPERAND))
            index = self.expression(operand.child_by_field_id(INDEX))
            return self.emit(ir.IndexAddr(base, index, span))
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
            value = self.emit(ir.Binary(op, value, right, self.span(one)))
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
        if node.child_by_field_id(TYPE_ARGUMENTS) is not None:
            callee = self._instantiated(node, callee)
        given = node.child_by_field_id(ARGUMENTS)
        spread = False
        arguments: list[int] = []
        for argument in children(given) if given is not None else ():
            if argument.kind_id == VARIADIC:
                spread = True
                argument = children(argument)[0]
            arguments.append(self.expression(argument))
        result = self.emit(ir.Call(callee, tuple(arguments), mode, spread, span))
        if mode == ir.Mode.CALL and function is not None and self._stops(function, callee):
            self.end_unreachable(ir.Stop(span))
        return result

    def _instantiated(self, node: Node, callee: int) -> int:
        arguments = node.child_by_field_id(TYPE_ARGUMENTS)
        listed = children(arguments) if arguments is not None else []
        index = self.emit(ir.TypeValue(self.body.types.read(listed[0] if listed else None), self.span(node)))
        return self.emit(ir.Index(callee, index, self.span(node)))

    def _stops(self, function: Node, callee: int) -> bool:
        instruction = self.code[callee]
        if isinstance(instruction, ir.Name):
            return instruction.name == "panic"
        return isinstance(instruction, ir.Selector) and self.text(function) in STOPPING

    def _conversion(self, node: Node, mode: ir.Mode, span: int) -> int:
        written = node.child_by_field_id(TYPE)
        if written is not None and written.kind_id == GENERIC:
            callee = self._instantiation(written)
        else:
            callee = self.emit(ir.TypeValue(self.body.types.read(written), self.span(node)))
        value = self.expression(node.child_by_field_id(OPERAND))
        return self.emit(ir.Call(callee, (value,), mode, False, span))

    def _conversion_expression(self, node: Node) -> int:
        return self._conversion(node, ir.Mode.CALL, self.span(node))

    # -- literals ----------------------------------------------------------------------------------

    def _composite_expression(self, node: Node) -> int:
        return self._composite(node, False)

    def _composite(self, node: Node, pointer: bool) -> int:
        type_ = self.body.types.read(node.child_by_field_id(TYPE))
        return self._literal_value(node.child_by_field_id(BODY), type_, pointer, self.span(node))

    def _literal_value(self, body: Node | None, type_: Type | None, pointer: bool, span: int) -> int:
        keys: list[str | int | None] = []
        values: list[int] = []
        for element in children(body) if body is not None else ():
            if element.kind_id == KEYED_ELEMENT:
                keys.append(self._key(element.child_by_field_id(KEY)))
                values.append(self._element(element.child_by_field_id(VALUE)))
            elif element.kind_id == LITERAL_ELEMENT:
                keys.append(None)
                values.append(self._element(element))
        return self.emit(ir.Composite(type_, tuple(keys), tuple(values), pointer, span))

    def _key(self, node: Node | None) -> str | int | None:
        """A field name, or the register of a map or array key. A plain name that no variable has is
        taken for a field name."""
        inner = children(node)[0] if node is not None and children(node) else None
        if inner is not None and inner.kind_id == IDENTIFIER and self.find(self.text(inner)) is None:
            return self.text(inner)
        return self._element(node)

    def _element(self, node: Node | None) -> int:
        inner = children(node)[0] if node is not None and children(node) else None
        if inner is not None and inner.kind_id == LITERAL_VALUE:
            return self._literal_value(inner, None, False, self.span(inner))
        return self.expression(inner)

    def _closure(self, node: Node) -> int:
        index = self.function_literal(node)
        return self.emit(ir.MakeClosure(index, self.span(node)))

    def function_literal(self, node: Node) -> int:
        """Lowers a function literal; gives its index in the body. Known to `statements`, which does it."""
        raise NotImplementedError


kind_qualified = kind("qualified_type")
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
    kind_qualified: Expressions.type_or_value,
}
