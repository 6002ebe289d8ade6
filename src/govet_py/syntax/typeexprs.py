"""Type expressions: syntax nodes to `model.types`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tree_sitter import Node

from govet_py.model import types as t
from govet_py.model.source import pack_span
from govet_py.syntax.grammar import children, field, kind, text

TYPE, NAME, ELEMENT, KEY, VALUE, RESULT = (
    field("type"),
    field("name"),
    field("element"),
    field("key"),
    field("value"),
    field("result"),
)
PARAMETERS, PACKAGE, TYPE_ARGUMENTS = field("parameters"), field("package"), field("type_arguments")
PARAMETER, VARIADIC, PARAMETER_LIST = (
    kind("parameter_declaration"),
    kind("variadic_parameter_declaration"),
    kind("parameter_list"),
)
FIELDS, FIELD = kind("field_declaration_list"), kind("field_declaration")
METHOD_ELEM, TYPE_ELEM, NEGATED = kind("method_elem"), kind("type_elem"), kind("negated_type")


MOST_DEPTH = 50
T = TypeVar("T")


class TypeReader:
    """Reads the type expressions of one file. `local` tells what type names mean inside a function."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._depth = 0
        self._names: dict[tuple[str, str], t.TypeName] = {}
        self._made: dict[tuple[object, ...], Any] = {}
        self.local: Callable[[str], t.Type | None] | None = None

    def is_type(self, node: Node) -> bool:
        """Reports whether a node can only be a type (plain names can be both and are not)."""
        return node.kind_id in _RULES and node.kind_id not in _AMBIGUOUS

    def read(self, node: Node | None) -> t.Type:
        """The type expression of a node; UNKNOWN for what is not one. Raises RecursionError long before Python
        would: types are printed, compared and substituted by recursion too."""
        rule = _RULES.get(node.kind_id) if node is not None else None
        if node is None or rule is None:
            return t.UNKNOWN
        if self._depth >= MOST_DEPTH:
            raise RecursionError
        self._depth += 1
        try:
            return rule(self, node)
        finally:
            self._depth -= 1

    def constraint(self, node: Node | None) -> t.Type:
        """A type parameter's constraint; unions and `~T` terms constrain no methods."""
        terms = children(node) if node is not None else []
        if len(terms) != 1 or terms[0].kind_id == NEGATED:
            return t.Interface()
        return self.read(terms[0])

    def signature(self, node: Node) -> t.Func:
        """The signature of a function declaration, literal, type or method element."""
        params: list[t.Type] = []
        variadic = False
        given = node.child_by_field_id(PARAMETERS)
        for declaration in children(given) if given is not None else ():
            if declaration.kind_id in (PARAMETER, VARIADIC):
                count = max(1, len(declaration.children_by_field_name("name")))
                params.extend([self.read(declaration.child_by_field_id(TYPE))] * count)
                variadic = declaration.kind_id == VARIADIC
        results = self._results(node.child_by_field_id(RESULT))
        return self._one(t.Func(tuple(params), results, variadic), (*params, *results), len(params), variadic)

    def _results(self, node: Node | None) -> tuple[t.Type, ...]:
        if node is None:
            return ()
        if node.kind_id != PARAMETER_LIST:
            return (self.read(node),)
        found: list[t.Type] = []
        for declaration in children(node):
            if declaration.kind_id == PARAMETER:
                count = max(1, len(declaration.children_by_field_name("name")))
                found.extend([self.read(declaration.child_by_field_id(TYPE))] * count)
        return tuple(found)

    def _name(self, node: Node) -> t.Type:
        name = text(self._source, node)
        if self.local is not None:
            found = self.local(name)
            if found is not None:
                return found
        return self._named(name)

    def _named(self, name: str, qualifier: str = "") -> t.TypeName:
        """The one object of the file that says this: what is one object is sent once."""
        found = self._names.get((name, qualifier))
        if found is None:
            found = self._names[name, qualifier] = t.TypeName(name, qualifier)
        return found

    def _one(self, made: T, parts: Iterable[t.Type], *more: object) -> T:
        """As `_named`, for types of parts; these live as long as the type, so that their ids are their own."""
        return self._made.setdefault((made.__class__, *more, *map(id, parts)), made)  # type: ignore[no-any-return]

    def _qualified(self, node: Node) -> t.Type:
        package, name = node.child_by_field_id(PACKAGE), node.child_by_field_id(NAME)
        if package is None or name is None:
            return t.UNKNOWN
        return self._named(text(self._source, name), text(self._source, package))

    def _selector(self, node: Node) -> t.Type:
        parts = children(node)
        if len(parts) != 2:
            return t.UNKNOWN
        return self._named(text(self._source, parts[1]), text(self._source, parts[0]))

    def _inner(self, node: Node) -> t.Type:
        inner = children(node)
        return self.read(inner[0]) if len(inner) == 1 else t.UNKNOWN

    def _pointer(self, node: Node) -> t.Type:
        inner = self._inner(node)
        return self._one(t.Pointer(inner), (inner,))

    def _slice(self, node: Node) -> t.Type:
        element = self.read(node.child_by_field_id(ELEMENT))
        return self._one(t.Slice(element), (element,))

    def _array(self, node: Node) -> t.Type:
        return t.Array(self.read(node.child_by_field_id(ELEMENT)))

    def _map(self, node: Node) -> t.Type:
        return t.Map(self.read(node.child_by_field_id(KEY)), self.read(node.child_by_field_id(VALUE)))

    def _channel(self, node: Node) -> t.Type:
        value = node.child_by_field_id(VALUE)
        elem = self.read(value)
        start = node.start_byte
        if self._source.startswith(b"<-", start):
            return t.Chan(elem, t.RECEIVE_ONLY)
        if not self._source[start + 4 : node.end_byte].lstrip().startswith(b"<-"):
            return t.Chan(elem)
        if value is not None and isinstance(elem, t.Chan) and self._source.startswith(b"<-", value.start_byte):
            elem = elem._replace(direction="both")  # the arrow is that of the leftmost chan (Go spec, "Channel types")
        return t.Chan(elem, "send")

    def _function(self, node: Node) -> t.Type:
        return self.signature(node)

    def _generic(self, node: Node) -> t.Type:
        arguments = node.child_by_field_id(TYPE_ARGUMENTS)
        given = children(arguments) if arguments is not None else children(node)[1:]
        return t.Instance(self.read(node.child_by_field_id(TYPE)), tuple(self.read(arg) for arg in given))

    def _struct(self, node: Node) -> t.Type:
        found: list[t.Field] = []
        for listed in children(node):
            for declaration in children(listed) if listed.kind_id == FIELDS else ():
                if declaration.kind_id == FIELD:
                    found.extend(self._fields(declaration))
        return t.Struct(tuple(found))

    def _fields(self, declaration: Node) -> list[t.Field]:
        written = declaration.child_by_field_id(TYPE)
        type_ = self.read(written)
        names = declaration.children_by_field_name("name")
        if names:
            return [t.Field(text(self._source, n), type_, False, pack_span(n.start_byte, n.end_byte)) for n in names]
        if self._source[declaration.start_byte : declaration.start_byte + 1] == b"*":
            type_ = t.Pointer(type_)
        name = _base_name(type_)
        return [t.Field(name, type_, True, pack_span(declaration.start_byte, declaration.end_byte))] if name else []

    def _interface(self, node: Node) -> t.Type:
        methods: list[t.Method] = []
        embeds: list[t.Type] = []
        for element in children(node):
            if element.kind_id == METHOD_ELEM:
                name = element.child_by_field_id(NAME)
                if name is not None:
                    span = pack_span(name.start_byte, name.end_byte)
                    methods.append(t.Method(text(self._source, name), self.signature(element), span))
            elif element.kind_id == TYPE_ELEM:
                embedded = self.constraint(element)
                if isinstance(embedded, t.TypeName | t.Instance):
                    embeds.append(embedded)
        return t.Interface(tuple(methods), tuple(embeds))


def _base_name(type_: t.Type) -> str:
    match type_:
        case t.Pointer():
            return _base_name(type_.elem)
        case t.Instance():
            return _base_name(type_.generic)
        case t.TypeName():
            return type_.name
    return ""


_RULES: dict[int, Callable[[TypeReader, Node], t.Type]] = {
    kind("type_identifier"): TypeReader._name,
    kind("identifier"): TypeReader._name,
    kind("qualified_type"): TypeReader._qualified,
    kind("pointer_type"): TypeReader._pointer,
    kind("slice_type"): TypeReader._slice,
    kind("array_type"): TypeReader._array,
    kind("implicit_length_array_type"): TypeReader._array,
    kind("map_type"): TypeReader._map,
    kind("channel_type"): TypeReader._channel,
    kind("function_type"): TypeReader._function,
    kind("struct_type"): TypeReader._struct,
    kind("interface_type"): TypeReader._interface,
    kind("generic_type"): TypeReader._generic,
    kind("parenthesized_type"): TypeReader._inner,
    TYPE_ELEM: TypeReader._inner,
    NEGATED: TypeReader._inner,
    kind("selector_expression"): TypeReader._selector,
    kind("type_instantiation_expression"): TypeReader._generic,
}
_AMBIGUOUS = frozenset(
    {kind("identifier"), kind("type_identifier"), kind("selector_expression"), kind("type_instantiation_expression")}
)
