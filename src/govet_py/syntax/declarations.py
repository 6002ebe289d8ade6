"""What a file declares: the captures of `queries/declarations.scm`, read into `FileSyntax`."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tree_sitter import Node

from govet_py.model import ir
from govet_py.model.declarations import (
    INTERNAL_ERROR,
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
from govet_py.syntax.assignments import CONST_SPEC, VAR_SPEC, VAR_SPEC_LIST, listed
from govet_py.syntax.builder import BodyBuilder, TooLarge
from govet_py.syntax.expressions import BODY, NAME, TYPE, VALUE
from govet_py.syntax.grammar import children, field, kind, text, tree_of
from govet_py.syntax.queries import captures
from govet_py.syntax.statements import Statements
from govet_py.syntax.typeexprs import PARAMETER, PARAMETERS, TypeReader

RECEIVER, TYPE_PARAMETERS, PATH = field("receiver"), field("type_parameters"), field("path")
TYPE_ALIAS, METHOD = kind("type_alias"), kind("method_declaration")
INITIALISER = "init$vars"
DIRECTIVES = (b"//govet:", b"//nolint", b"//lint:ignore", b"//lint:file-ignore")
"""How these comments begin: most files have none and need no query."""
PER_ITERATION = (1, 22)
"""From this version of Go on, each iteration has loop variables of its own."""

T = TypeVar("T")


class FileReader:
    """Reads one parsed file. `emptied`: where the functions start whose bodies did not parse."""

    def __init__(self, file: SourceFile, source: bytes, emptied: frozenset[int]) -> None:
        self._file = file
        self._source = source
        self._emptied = emptied
        self._types = TypeReader(source)
        self._receivers: dict[Receiver, Receiver] = {}
        self._local_types: list[TypeDecl] = []
        self._notices: list[Notice] = []

    def read(self, root: Node) -> FileSyntax:
        """The whole file. What nests too deeply to be read is left out, with a notice."""
        found = captures("declarations", root, depth=1)
        package = found.get("package", [])
        types = self._all(found.get("type", ()), self._type)
        functions = self._all(found.get("function", ()), self._function)
        variables, initialiser = self._variables(found.get("var", ()))
        return FileSyntax(
            path=self._file.path,
            import_path=self._file.import_path,
            package=self._text(package[0]) if package else "",
            is_test=self._file.is_test,
            is_generated=self._file.is_generated,
            go_version=self._file.go_version,
            imports=tuple(self._import(node) for node in found.get("import", ())),
            types=(*types, *self._local_types),
            functions=functions,
            consts=tuple(const for group in self._all(found.get("const", ()), self._constants) for const in group),
            vars=variables,
            initialiser=initialiser,
            directives=self._directives(root),
            notices=tuple(self._notices),
            lines=self._source.count(b"\n") + 1,
        )

    def _all(self, nodes: Iterable[Node], read: Callable[[Node], T]) -> tuple[T, ...]:
        found: list[T] = []
        for node in nodes:
            try:
                found.append(read(node))
            except Exception as error:
                self._left_out(error, node, "a declaration")
        return tuple(found)

    def _notice(self, kind: str, node: Node, message: str) -> None:
        self._notices.append(Notice(kind, self._file.path, node.start_point[0] + 1, message))

    def _left_out(self, error: Exception, node: Node, what: str) -> None:
        """The notice for what could not be read: a limit that was met, or a defect of ours, which must cost no more
        than the declaration."""
        if isinstance(error, RecursionError):
            self._notice("too-deep", node, f"{what} nests too deeply and is left out")
        elif isinstance(error, TooLarge):
            self._notice("too-large", node, f"{what} is too large and is left out")
        else:
            trace = "".join(traceback.format_exception(error))
            self._notice(INTERNAL_ERROR, node, f"{what} could not be read and is left out\n{trace}")

    def _text(self, node: Node) -> str:
        return text(self._source, node)

    def _span(self, node: Node) -> int:
        return pack_span(node.start_byte, node.end_byte)

    def _import(self, node: Node) -> Import:
        name, path = node.child_by_field_id(NAME), node.child_by_field_id(PATH)
        written = self._text(path)[1:-1] if path is not None else ""
        return Import(self._text(name) if name is not None else "", written, self._span(node))

    def _directives(self, root: Node) -> tuple[Directive, ...]:
        if not any(word in self._source for word in DIRECTIVES):
            return ()
        comments = captures("directives", root).get("comment", ())
        return tuple(self._directive(one) for one in comments if self._source.startswith(DIRECTIVES, one.start_byte))

    def _directive(self, node: Node) -> Directive:
        return Directive(self._text(node)[2:].strip(), node.start_point[0] + 1, self._span(node))

    def _type(self, node: Node) -> TypeDecl:
        name = node.child_by_field_id(NAME)
        at = name if name is not None else node
        params = self._type_parameters(node.child_by_field_id(TYPE_PARAMETERS), self._types, self._source)
        type_ = self._types.read(node.child_by_field_id(TYPE))
        names, constraints = tuple(n for n, _ in params), tuple(c for _, c in params)
        return TypeDecl(self._text(at), names, type_, node.kind_id == TYPE_ALIAS, self._span(at), constraints)

    @staticmethod
    def _type_parameters(node: Node | None, types: TypeReader, source: bytes) -> tuple[tuple[str, Type], ...]:
        found: list[tuple[str, Type]] = []
        for declaration in children(node) if node is not None else ():
            constraint = types.constraint(declaration.child_by_field_id(TYPE))
            names = (n for n in declaration.children_by_field_name("name") if n.is_named)
            found.extend((text(source, name), constraint) for name in names)
        return tuple(found)

    def _method_type_parameters(self, name: Node, parameters: Node) -> tuple[tuple[str, Type], ...]:
        """Those that a repair hid from the grammar (Go 1.27, "Method declarations"): read as a function's."""
        hidden = self._source[name.end_byte : parameters.start_byte]
        if not hidden.lstrip().startswith(b"["):
            return ()
        source = b"package p\nfunc _" + hidden + b"() {}\n"
        function = tree_of(source).root_node.named_children[-1]
        return self._type_parameters(function.child_by_field_id(TYPE_PARAMETERS), TypeReader(source), source)

    def _constants(self, node: Node) -> list[ConstDecl]:
        found: list[ConstDecl] = []
        written: Type | None = None
        values: list[str] = []
        for iota, spec in enumerate(c for c in children(node) if c.kind_id == CONST_SPEC):
            value, type_ = spec.child_by_field_id(VALUE), spec.child_by_field_id(TYPE)
            if value is not None:
                values = [self._text(v) for v in listed(value)]
                written = self._types.read(type_) if type_ is not None else None
            for at, name in enumerate(n for n in spec.children_by_field_name("name") if n.is_named):
                text = values[at] if at < len(values) else ""
                found.append(ConstDecl(self._text(name), written, text, iota, self._span(name)))
        return found

    # -- functions ---------------------------------------------------------------------------------

    def _function(self, node: Node) -> FuncDecl:
        name, parameters = node.child_by_field_id(NAME), node.child_by_field_id(PARAMETERS)
        at = name if name is not None else node
        if node.kind_id == METHOD and name is not None and parameters is not None:
            type_params = self._method_type_parameters(name, parameters)
        else:
            type_params = self._type_parameters(node.child_by_field_id(TYPE_PARAMETERS), self._types, self._source)
        receiver_node = node.child_by_field_id(RECEIVER)
        receiver = self._receiver(receiver_node) if receiver_node is not None else None
        declared = FuncDecl(self._text(at), receiver, type_params, self._types.signature(node), None, self._span(at))
        if node.has_error or node.start_byte in self._emptied:
            self._notice("partial-parse", node, f"{_qualified(declared)} does not parse and is left out")
            declared.broken = True
        elif node.child_by_field_id(BODY) is not None and not self._file.is_generated:
            declared.body = self._body(node, receiver_node, declared)
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
                read = Receiver(base.name if isinstance(base, TypeName) else "", pointer, params)
                return self._receivers.setdefault(read, read)
        return None

    def _body(self, node: Node, receiver: Node | None, declared: FuncDecl) -> ir.Body | None:
        """The lowered body, or None with a notice where it nests too deeply."""
        name = _qualified(declared)
        body = self._new_body(name)
        try:
            Statements(body, None, name).function(node, receiver, declared.signature)
        except Exception as error:
            self._types.local = None
            self._left_out(error, node, name)
            return None
        self._local_types.extend(body.local_types)
        return body.built()

    def _new_body(self, name: str) -> BodyBuilder:
        """Functions that may be declared more than once need the file to tell their types apart."""
        prefix = f"{name}@{self._file.path.rpartition('/')[2]}" if name in ("init", "_", INITIALISER) else name
        return BodyBuilder(self._source, self._types, self._file.go_version >= PER_ITERATION, prefix)

    # -- package-level variables -------------------------------------------------------------------

    def _variables(self, nodes: Iterable[Node]) -> tuple[tuple[VarDecl, ...], ir.Body | None]:
        body = self._new_body(INITIALISER)
        init = Statements(body, None, INITIALISER)
        specs = [spec for node in nodes for spec in _specs(node)]
        groups = self._all(specs, lambda spec: self._variable(init, spec))
        if not groups:
            return (), None
        init.finish(Func(), 0)
        self._local_types.extend(body.local_types)
        return tuple(variable for group in groups for variable in group), body.built()

    def _variable(self, init: Statements, spec: Node) -> list[VarDecl]:
        names = [n for n in spec.children_by_field_name("name") if n.is_named]
        written = spec.child_by_field_id(TYPE)
        type_ = self._types.read(written) if written is not None else None
        usable = not spec.has_error and not self._file.is_generated
        registers = self._initial_values(init, spec, len(names)) if usable else []
        registers += [ir.NONE] * (len(names) - len(registers))
        found: list[VarDecl] = []
        for name, register in zip(names, registers, strict=False):
            if register != ir.NONE and self._text(name) != "_":
                init.emit(ir.SetName(self._text(name), register), self._span(name))
            found.append(VarDecl(self._text(name), type_, register, 0, self._span(name)))
        return found

    def _initial_values(self, init: Statements, spec: Node, count: int) -> list[int]:
        right = listed(spec.child_by_field_id(VALUE))
        before = init.mark()
        try:
            return init.values(right, count) if right else []
        except Exception as error:
            init.back_to(before)
            self._left_out(error, spec, "an initial value")
            return []


def _specs(node: Node) -> Iterator[Node]:
    for spec in children(node):
        for one in children(spec) if spec.kind_id == VAR_SPEC_LIST else [spec]:
            if one.kind_id == VAR_SPEC:
                yield one


def _qualified(declared: FuncDecl) -> str:
    return f"{declared.receiver.type_name}.{declared.name}" if declared.receiver else declared.name
