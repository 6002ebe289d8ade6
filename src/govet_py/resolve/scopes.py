"""Scopes: what names in a file mean, and type expressions with every name resolved.

Go spec, "Declarations and scope". An import of a package that is not in the program still gives its
members an identity: `Named("google.golang.org/grpc", "Server")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govet_py.model.declarations import Import
from govet_py.model.program import (
    ConstantRef,
    ConstObject,
    Denotation,
    FileScope,
    FuncObject,
    FunctionRef,
    Object,
    Package,
    PackageRef,
    TypeObject,
    TypeRef,
    VariableRef,
    VarObject,
)
from govet_py.model.types import (
    UNKNOWN,
    Array,
    Chan,
    Func,
    Instance,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeName,
    TypeParam,
)
from govet_py.resolve.substitute import substitute
from govet_py.resolve.universe import TYPES, UNIVERSE

NO_PARAMETERS: frozenset[str] = frozenset()


def guess_package_name(path: str) -> str:
    """The name that the package of an import path most likely has: `yaml` for `gopkg.in/yaml.v2`, `redis`
    for `github.com/go-redis/redis/v9`, `multierror` for `.../go-multierror`."""
    parts = path.split("/")
    if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdigit():
        parts.pop()
    name, dot, version = parts[-1].partition(".v")
    if not (dot and version.isdigit()):
        name = parts[-1]
    name = name.removeprefix("go-").removesuffix("-go").removesuffix(".go")
    return name.rpartition("-")[2].replace(".", "_")


class Scopes:
    """Name lookup and type resolution; everything is memoised by file."""

    def __init__(self, packages: Mapping[str, Package], files: Mapping[str, FileScope]) -> None:
        self._packages = packages
        self._files = files
        self._names: dict[str, dict[str, Denotation | None]] = {}
        self._types: dict[tuple[str, frozenset[str]], dict[Type, Type]] = {}
        self._aliases: dict[tuple[str, str], Type] = {}

    def names(self, path: str) -> dict[str, Denotation | None]:
        """The memo of `denote` for a file: for callers that look up often."""
        found = self._names.get(path)
        if found is None:
            found = self._names[path] = {}
        return found

    def denote(self, path: str, name: str) -> Denotation | None:
        """What an identifier that is not local means in a file; None when nothing declares it."""
        names = self.names(path)
        if name not in names:
            names[name] = self._look_up(self._files[path], name)
        return names[name]

    def _look_up(self, file: FileScope, name: str) -> Denotation | None:
        package = self._packages.get(file.package)
        found = package.scope.get(name) if package else None
        if found is not None:
            return self.denotation(found)
        imported = file.imports.get(name)
        if imported is not None:
            return PackageRef(imported)
        for path in file.dots:
            dotted = self._packages.get(path)
            if dotted and name in dotted.scope:
                return self.denotation(dotted.scope[name])
        return UNIVERSE.get(name)

    def denotation(self, declared: Object) -> Denotation:
        """What the name of a declared object stands for."""
        if isinstance(declared, FuncObject):
            return FunctionRef(declared.id)
        if isinstance(declared, TypeObject):
            return TypeRef(self._declared_type(declared, ()))
        if isinstance(declared, ConstObject):
            return ConstantRef(declared.package, declared.decl.name)
        return VariableRef(declared.package, declared.name)

    def member(self, path: str, name: str) -> Denotation | None:
        """What `pkg.name` means; None when the package is absent or does not declare it."""
        package = self._packages.get(path)
        found = package.scope.get(name) if package else None
        return self.denotation(found) if found is not None else None

    def type_object(self, named: Named) -> TypeObject | None:
        """The declaration of a named type, or None."""
        package = self._packages.get(named.package)
        found = package.scope.get(named.name) if package else None
        return found if isinstance(found, TypeObject) else None

    def variable(self, package: str, name: str) -> VarObject | None:
        """The declaration of a package-level variable, or None."""
        owner = self._packages.get(package)
        found = owner.scope.get(name) if owner else None
        return found if isinstance(found, VarObject) else None

    def resolve(self, type_: Type, path: str, parameters: frozenset[str] = NO_PARAMETERS) -> Type:
        """A type expression of file `path` with all names resolved; `parameters` are the type parameters in
        scope. Names that nothing declares become UNKNOWN."""
        memo = self._types.get((path, parameters))
        if memo is None:
            memo = self._types[path, parameters] = {}
        found = memo.get(type_)
        if found is None:
            found = memo[type_] = self._resolve(type_, path, parameters)
        return found

    def _resolve(self, type_: Type, path: str, parameters: frozenset[str]) -> Type:
        match type_:
            case TypeName():
                return self._named(type_, path, parameters, ())
            case Pointer() | Slice() | Array() | Chan():
                return type_._replace(elem=self.resolve(type_.elem, path, parameters))
            case Map(key, elem):
                return Map(self.resolve(key, path, parameters), self.resolve(elem, path, parameters))
            case Func():
                return self.signature(type_, path, parameters)
            case Instance(TypeName() as generic, args):
                return self._named(generic, path, parameters, self._all(args, path, parameters))
            case Struct(fields):
                return Struct(tuple(f._replace(type=self.resolve(f.type, path, parameters)) for f in fields))
            case Interface(methods, embeds):
                resolved = tuple(m._replace(signature=self.signature(m.signature, path, parameters)) for m in methods)
                return Interface(resolved, self._all(embeds, path, parameters))
            case Tuple(elems):
                return Tuple(self._all(elems, path, parameters))
            case Instance():
                return UNKNOWN
            case _:
                return type_

    def _all(self, types: Iterable[Type], path: str, parameters: frozenset[str]) -> tuple[Type, ...]:
        return tuple(self.resolve(type_, path, parameters) for type_ in types)

    def signature(self, signature: Func, path: str, parameters: frozenset[str] = NO_PARAMETERS) -> Func:
        """As `resolve`, for a signature."""
        params = self._all(signature.params, path, parameters)
        return Func(params, self._all(signature.results, path, parameters), signature.variadic)

    def _named(self, name: TypeName, path: str, parameters: frozenset[str], args: tuple[Type, ...]) -> Type:
        if not name.qualifier and name.name in parameters:
            return TypeParam(name.name)
        file = self._files.get(path)
        if file is None:
            return UNKNOWN
        package = file.imports.get(name.qualifier, "") if name.qualifier else file.package
        if name.qualifier and not package:
            return UNKNOWN
        for candidate in (package,) if name.qualifier else (package, *file.dots):
            found = self.type_object(Named(candidate, name.name))
            if found is not None:
                return self._declared_type(found, args)
        if name.qualifier:
            return Named(package, name.name, args)
        return TYPES.get(name.name, UNKNOWN)

    def _declared_type(self, declared: TypeObject, args: tuple[Type, ...]) -> Type:
        decl = declared.decl
        if not decl.is_alias:
            return Named(declared.package, decl.name, args)
        target = self._alias(declared)
        return substitute(target, dict(zip(decl.type_params, args, strict=False)))

    def _alias(self, declared: TypeObject) -> Type:
        key = declared.package, declared.decl.name
        found = self._aliases.get(key)
        if found is None:
            self._aliases[key] = UNKNOWN
            found = self.resolve(declared.decl.type, declared.path, frozenset(declared.decl.type_params))
            self._aliases[key] = found
        return found


def file_scope(
    path: str,
    package: str,
    imports: Iterable[Import],
    packages: Mapping[str, Package],
    go_version: tuple[int, int],
) -> FileScope:
    """The scope of a file from its imports; a package in the program tells its own name."""
    named: dict[str, str] = {}
    dots: list[str] = []
    for spec in imports:
        if spec.alias == ".":
            dots.append(spec.path)
        elif spec.alias != "_":
            known = packages.get(spec.path)
            named[spec.alias or (known.name if known else guess_package_name(spec.path))] = spec.path
    return FileScope(path, package, named, tuple(dots), go_version)
