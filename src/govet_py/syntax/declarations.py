"""What a file declares: the captures of `queries/declarations.scm`, read into `FileSyntax`."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.declarations import (
    ConstDecl,
    Directive,
    FileSyntax,
    FuncDecl,
    Import,
    Notice,
    Receiver,
    TypeDecl,
    VarDecl,
)
from govet_py.model.source import SourceFile, pack_span
from govet_py.model.types import Func, Instance, Pointer, Type, TypeName
from govet_py.syntax.assignments import VAR_SPEC, VAR_SPEC_LIST
from govet_py.syntax.builder import BodyBuilder
from govet_py.syntax.expressions import BODY, NAME, TYPE, VALUE
from govet_py.syntax.grammar import children, field, kind, text
from govet_py.syntax.queries import captures
from govet_py.syntax.statements import Statements
from govet_py.syntax.typeexprs import PARAMETER, TypeReader

RECEIVER, TYPE_PARAMETERS, PATH = field("receiver"), field("type_parameters"), field("path")
CONST_SPEC, EXPRESSION_LIST = kind("const_spec"), kind("expression_list")
INITIALISER = "init$vars"


class FileReader:
    """Reads one parsed file."""

    def __init__(self, file: SourceFile, source: bytes, renamed: frozenset[int]) -> None:
        self._file = file
        self._source = source
        self._renamed = renamed
        self._types = TypeReader(source)
        self._notices: list[Notice] = []

    def read(self, root: Node) -> FileSyntax:
        found = captures("declarations", root)
        package = found.get("package", [])
        variables, initialiser = self._variables(found.get("var", []))
        return FileSyntax(
            path=self._file.path,
            import_path=self._file.import_path,
            package=self._text(package[0]) if package else "",
            is_test=self._file.is_test,
            is_generated=self._file.is_generated,
            go_version=self._file.go_version,
            imports=tuple(self._import(node) for node in found.get("import", [])),
            types=tuple(self._type(node, False) for node in found.get("type", []))
            + tuple(self._type(node, True) for node in found.get("alias", [])),
            functions=tuple(self._function(node) for node in found.get("function", [])),
            consts=tuple(const for node in found.get("const", []) for const in self._constants(node)),
            vars=variables,
            initialiser=initialiser,
            directives=tuple(self._directive(node) for node in captures("directives", root).get("directive", [])),
            notices=tuple(self._notices),
            lines=self._source.count(b"\n") + 1,
        )

    def _text(self, node: Node) -> str:
        return text(self._source, node)

    def _span(self, node: Node) -> int:
        return pack_span(node.start_byte, node.end_byte)

    def _import(self, node: Node) -> Import:
        name, path = node.child_by_field_id(NAME), node.child_by_field_id(PATH)
        written = self._text(path)[1:-1] if path is not None else ""
        return Import(self._text(name) if name is not None else "", written, self._span(node))

    def _directive(self, node: Node) -> Directive:
        return Directive(self._text(node)[2:].strip(), node.start_point[0] + 1, self._span(node))

    def _type(self, node: Node, alias: bool) -> TypeDecl:
        name = node.child_by_field_id(NAME)
        params = tuple(parameter for parameter, _ in self._type_parameters(node))
        type_ = self._types.read(node.child_by_field_id(TYPE))
        at = name if name is not None else node
        return TypeDecl(self._text(at), params, type_, alias, self._span(at))

    def _type_parameters(self, node: Node) -> tuple[tuple[str, Type], ...]:
        listed = node.child_by_field_id(TYPE_PARAMETERS)
        found: list[tuple[str, Type]] = []
        for declaration in children(listed) if listed is not None else ():
            constraint = self._types.read(declaration.child_by_field_id(TYPE))
            found.extend((self._text(n), constraint) for n in declaration.children_by_field_name("name"))
        return tuple(found)

    def _constants(self, node: Node) -> Iterator[ConstDecl]:
        written: Type | None = None
        values: list[str] = []
        for iota, spec in enumerate(c for c in children(node) if c.kind_id == CONST_SPEC):
            value, type_ = spec.child_by_field_id(VALUE), spec.child_by_field_id(TYPE)
            if value is not None:
                listed = children(value) if value.kind_id == EXPRESSION_LIST else [value]
                values = [self._text(v) for v in listed]
                written = self._types.read(type_) if type_ is not None else None
            for at, name in enumerate(n for n in spec.children_by_field_name("name") if n.is_named):
                yield ConstDecl(
                    self._text(name), written, values[at] if at < len(values) else "", iota, self._span(name)
                )

    # -- functions ---------------------------------------------------------------------------------

    def _function(self, node: Node) -> FuncDecl:
        name = node.child_by_field_id(NAME)
        at = name if name is not None else node
        receiver_node = node.child_by_field_id(RECEIVER)
        receiver = self._receiver(receiver_node) if receiver_node is not None else None
        signature = self._types.signature(node)
        declared = FuncDecl(self._text(at), receiver, self._type_parameters(node), signature, None, self._span(at))
        if node.child_by_field_id(BODY) is not None and not self._file.is_generated:
            declared.body = self._body(node, receiver_node, signature, _qualified(declared))
            declared.broken = declared.body is None
        return declared

    def _receiver(self, node: Node) -> Receiver | None:
        for declaration in children(node):
            if declaration.kind_id == PARAMETER:
                type_ = self._types.read(declaration.child_by_field_id(TYPE))
                pointer = isinstance(type_, Pointer)
                base = type_.elem if isinstance(type_, Pointer) else type_
                params = (
                    tuple(a.name for a in base.args if isinstance(a, TypeName)) if isinstance(base, Instance) else ()
                )
                base = base.generic if isinstance(base, Instance) else base
                return Receiver(base.name if isinstance(base, TypeName) else "", pointer, params)
        return None

    def _body(self, node: Node, receiver: Node | None, signature: Func, name: str) -> ir.Body | None:
        """The lowered body, or None with a notice where the code did not parse or nests too deep."""
        if node.has_error:
            return self._left_out(node, "does not parse")
        body = self._new_body()
        try:
            Statements(body, None, name).function(node, receiver, signature)
        except RecursionError:
            return self._left_out(node, "nests too deeply")
        return body.built()

    def _left_out(self, node: Node, why: str) -> None:
        line = node.start_point[0] + 1
        self._notices.append(Notice("function-left-out", self._file.path, line, f"a function {why} and is left out"))

    def _new_body(self) -> BodyBuilder:
        return BodyBuilder(self._source, self._file.go_version >= (1, 22), self._renamed)

    # -- package-level variables -------------------------------------------------------------------

    def _variables(self, nodes: list[Node]) -> tuple[tuple[VarDecl, ...], ir.Body | None]:
        body = self._new_body()
        init = Statements(body, None, INITIALISER)
        found: list[VarDecl] = []
        for node in nodes:
            for spec in _specs(node):
                found.extend(self._variable(init, spec))
        if not found:
            return (), None
        init.finish(Func(), 0)
        return tuple(found), body.built()

    def _variable(self, init: Statements, spec: Node) -> Iterator[VarDecl]:
        names = [n for n in spec.children_by_field_name("name") if n.is_named]
        written = spec.child_by_field_id(TYPE)
        type_ = self._types.read(written) if written is not None else None
        value = spec.child_by_field_id(VALUE)
        right = [] if value is None else children(value) if value.kind_id == EXPRESSION_LIST else [value]
        usable = bool(right) and not spec.has_error and not self._file.is_generated
        try:
            registers = init.values(right, len(names)) if usable else []
        except RecursionError:
            registers = []
        for at, name in enumerate(names):
            register = registers[at] if at < len(registers) else ir.NONE
            if register != ir.NONE:
                init.emit(ir.SetName(self._text(name), register, self._span(name)))
            yield VarDecl(self._text(name), type_, register, 0, self._span(name))


def _specs(node: Node) -> Iterator[Node]:
    for spec in children(node):
        for one in children(spec) if spec.kind_id == VAR_SPEC_LIST else [spec]:
            if one.kind_id == VAR_SPEC:
                yield one


def _qualified(declared: FuncDecl) -> str:
    return f"{declared.receiver.type_name}.{declared.name}" if declared.receiver else declared.name
