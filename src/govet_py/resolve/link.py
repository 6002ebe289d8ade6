"""Links files into a program: packages, objects, method tables, and bodies apart from declarations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from govet_py.knowledge.stubs import REPLACEMENT, REPLACES
from govet_py.model.declarations import FileSyntax, FuncDecl, Notice
from govet_py.model.ir import Body
from govet_py.model.program import (
    ConstObject,
    FileScope,
    FuncId,
    FuncObject,
    Package,
    Program,
    TypeObject,
    VarObject,
)
from govet_py.model.types import Func
from govet_py.resolve.resolver import Resolver
from govet_py.resolve.scopes import file_scope


def link(syntaxes: Sequence[FileSyntax], stubs: Sequence[FileSyntax] = ()) -> Program:
    """The program that the files make up. `stubs` declare libraries; a package that is among the files
    takes the place of its stub. Never fails: of several declarations of one name the first counts."""
    linker = _Linker()
    for syntax in syntaxes:
        linker.add(syntax, is_stub=False)
    scanned = set(linker.packages)
    for syntax in stubs:
        if syntax.import_path not in scanned:
            linker.add(syntax, is_stub=True)
    for syntax in _replacements(linker.packages, stubs):
        linker.add(syntax, is_stub=True)
    return linker.program()


def _replacements(packages: dict[str, Package], stubs: Sequence[FileSyntax]) -> Iterator[FileSyntax]:
    """A stub for each package that is imported, is not here, and by its name takes the place of package sync."""
    imported = {one.path for package in packages.values() for one in package.imports}
    for path in sorted(imported - packages.keys()):
        name = path.rpartition("/")[2]
        if name in REPLACES:
            for stub in stubs:
                if stub.import_path == REPLACEMENT:
                    package = name.removeprefix("go-")
                    yield replace(stub, path=f"{stub.path}@{path}", import_path=path, package=package)


def without(program: Program, bodies: Collection[FuncId]) -> Program:
    """The same program, as if the bodies of these functions were in a library."""
    left = {id: body for id, body in program.bodies.items() if id not in bodies}
    made = Program(program.packages, program.functions, program.files, left, program.notices)
    made.lookup = Resolver(made)
    return made


def package_path(syntax: FileSyntax) -> str:
    """The import path of a file's package; external test packages are told apart by their name."""
    if syntax.package.endswith("_test") and syntax.path.endswith("_test.go"):
        return f"{syntax.import_path}_test"
    return syntax.import_path


class _Linker:
    """Collects declarations file by file."""

    def __init__(self) -> None:
        self.packages: dict[str, Package] = {}
        self._functions: dict[FuncId, FuncObject] = {}
        self._bodies: dict[FuncId, Body] = {}
        self._copies: dict[FuncId, int] = {}
        self._files: dict[str, tuple[str, FileSyntax]] = {}
        self._notices: list[Notice] = []

    def add(self, syntax: FileSyntax, is_stub: bool) -> None:
        path = package_path(syntax)
        package = self.packages.get(path)
        if package is None:
            package = self.packages[path] = Package(path, syntax.package, is_stub=is_stub)
        package.files = (*package.files, syntax.path)
        package.has_generated = package.has_generated or syntax.is_generated
        package.imports = (*package.imports, *syntax.imports)
        self._files[syntax.path] = path, syntax
        self._notices.extend(syntax.notices)
        self._types(package, syntax)
        for function in syntax.functions:
            self._function(package, syntax, function)
        self._constants(package, syntax)
        self._variables(package, syntax)

    def _types(self, package: Package, syntax: FileSyntax) -> None:
        for decl in syntax.types:
            package.scope.setdefault(decl.name, TypeObject(package.path, syntax.path, decl))

    def _constants(self, package: Package, syntax: FileSyntax) -> None:
        for decl in syntax.consts:
            if decl.name != "_":
                package.scope.setdefault(decl.name, ConstObject(package.path, syntax.path, decl))

    def _function(self, package: Package, syntax: FileSyntax, decl: FuncDecl) -> None:
        receiver = decl.receiver
        name = f"{receiver.type_name}.{decl.name}" if receiver else decl.name
        made = FuncObject(
            self._free_id(f"{package.path}.{name}"), package.path, decl.name, syntax.path, receiver, decl.type_params,
            decl.signature, decl.span, syntax.is_generated,
        )
        self._enter(made, decl.body)
        if decl.name == "_" or (not receiver and decl.name == "init"):
            return
        if receiver:
            package.methods.setdefault(receiver.type_name, {}).setdefault(decl.name, made)
        else:
            package.scope.setdefault(decl.name, made)

    def _free_id(self, wanted: FuncId) -> FuncId:
        id = wanted
        while id in self._functions:
            self._copies[wanted] = self._copies.get(wanted, 1) + 1
            id = f"{wanted}#{self._copies[wanted]}"
        return id

    def _enter(self, function: FuncObject, body: Body | None) -> None:
        self._functions[function.id] = function
        if body is not None:
            self._bodies[function.id] = body

    def _variables(self, package: Package, syntax: FileSyntax) -> None:
        id = self._free_id(f"{package.path}.init$vars@{syntax.path.rpartition('/')[2]}")
        if syntax.initialiser is not None and not package.is_stub:
            self._enter(_initialiser(id, package.path, syntax), syntax.initialiser)
        for decl in syntax.vars:
            if decl.name != "_":
                made = VarObject(package.path, syntax.path, decl.name, decl.type, decl.init, decl.result, id)
                package.scope.setdefault(decl.name, made)

    def program(self) -> Program:
        program = Program(self.packages, self._functions, self._scopes(), self._bodies, tuple(self._notices))
        program.lookup = Resolver(program)
        return program

    def _scopes(self) -> dict[str, FileScope]:
        packages = self.packages
        return {
            file: file_scope(file, path, syntax.imports, packages, syntax.go_version)
            for file, (path, syntax) in self._files.items()
        }


def _initialiser(id: FuncId, package: str, syntax: FileSyntax) -> FuncObject:
    return FuncObject(id, package, id[len(package) + 1:], syntax.path, None, (), Func(), 0, syntax.is_generated)
