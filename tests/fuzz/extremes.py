"""Files that are extreme in one way: long, deep, wide, or no Go at all. `size` scales each, to see how time grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

HEAD = "package p\n\n"


def _body(*statements: str) -> bytes:
    return (HEAD + "func f(x, y int, c chan int, s []int) {\n" + "".join(statements) + "\n}\n").encode()


def _repeated(make: Callable[[int], str], size: int) -> Iterator[str]:
    return (make(number) for number in range(size))


def _declared(before: str, make: Callable[[int], str], size: int, after: str = "") -> bytes:
    return f"{HEAD}{before}{''.join(_repeated(make, size))}{after}".encode()


def _switch(size: int) -> bytes:
    return _body("switch x {\n", *_repeated(lambda n: f"case {n}: g({n})\n", size), "}")


def _select(size: int) -> bytes:
    return _body("select {\n", *_repeated(lambda n: f"case c <- {n}: g({n})\n", size), "}")


def _else_chain(size: int) -> bytes:
    return _body(*_repeated(lambda n: f"if x == {n} {{ g() }} else ", size), "{ }")


def _many_functions(size: int) -> bytes:
    return _declared("", lambda n: f"func f{n}(c chan int) {{ f{n + 1}(c) }}\n", size)


def _ring(size: int) -> bytes:
    """Functions that all call each other in one cycle, with goroutines on the way."""
    def one(n: int) -> str:
        return f"func f{n}(c chan int) {{ c <- {n}; go f{(n + 1) % size}(c); f{(n * 7) % size}(c) }}\n"

    return _declared("", one, size)


def _methods(size: int) -> bytes:
    interface = "type I interface { M(c chan int) }\n"
    types = _repeated(lambda n: f"type T{n} struct{{}}\nfunc (T{n}) M(c chan int) {{ c <- {n} }}\n", size)
    return (HEAD + interface + "".join(types) + "func g(i I, c chan int) { go i.M(c); i.M(c) }\n").encode()


def _fields(size: int) -> bytes:
    fields = "".join(_repeated(lambda n: f"a{n} int\n", size))
    uses = "".join(_repeated(lambda n: f"t.a{n}++\n", size))
    return (HEAD + f"type T struct {{\n{fields}}}\nfunc f(t *T) {{ go func() {{\n{uses}}}()\n{uses} }}\n").encode()


def _embedded(size: int) -> bytes:
    types = "".join(_repeated(lambda n: f"type T{n} struct {{ *T{(n + 1) % size}; T{(n + 2) % size} }}\n", size))
    return (HEAD + types + "func f(t *T0) { t.m(); t.x = 1 }\n").encode()


def _locks(size: int) -> bytes:
    names = "var (\n" + "".join(_repeated(lambda n: f"mu{n} sync.Mutex\n", size)) + ")\n"
    taken = "".join(_repeated(lambda n: f"mu{n}.Lock()\n", size))
    return (f"package p\nimport \"sync\"\n{names}func f() {{\n{taken}}}\nfunc g() {{ f(); go f() }}\n").encode()


def _branching_locks(size: int) -> bytes:
    ways = "".join(_repeated(lambda n: f"if x > {n} {{ mu.Lock(); g() ; if x < {n} {{ mu.Unlock() }} }}\n", size))
    return f"package p\nimport \"sync\"\nvar mu sync.Mutex\nfunc f(x int) {{\n{ways}}}\n".encode()


def _loops(size: int) -> bytes:
    return _body(*_repeated(lambda n: f"for i{n} := range s {{ go func() {{ g(i{n}) }}()\n", size), "}" * size)


def _gotos(size: int) -> bytes:
    return _body(*_repeated(lambda n: f"L{n}: if x > {n} {{ goto L{(n * 31) % size} }}\n", size))


def _defers(size: int) -> bytes:
    return _body(*_repeated(lambda n: f"defer func() {{ c <- {n} }}()\n", size))


def _goroutines(size: int) -> bytes:
    return _body(*_repeated(lambda n: "go func() { s[0] = x; c <- 1 }()\n", size))


def _constants_beside_a_group(size: int) -> bytes:
    """No operand has a type of its own; what becomes of the group makes a rule ask for all of them."""
    group = "type T struct { wg sync.WaitGroup }\nfunc g(t *T) { t.wg.Add(1); t.wg.Wait() }\n"
    start = b'package p\n\nimport "sync"\n\n' + group.encode()
    return start + _body("x = 1", " + 1" * size).removeprefix(HEAD.encode())


def _random(size: int) -> bytes:
    return Random(size).randbytes(size)


EXTREMES: Mapping[str, Callable[[int], bytes]] = {
    "switch": _switch,
    "select": _select,
    "else chain": _else_chain,
    "calls": lambda size: _body(*_repeated(lambda n: "g(x, y);", size)),
    "assignments": lambda size: _body(*_repeated(lambda n: "x = y; y = x\n", size)),
    "variables": lambda size: _body(*_repeated(lambda n: f"v{n} := x\n", size)),
    "sum": lambda size: _body("x = 1", " + y" * size),
    "sum of constants": _constants_beside_a_group,
    "functions": _many_functions,
    "ring": _ring,
    "methods": _methods,
    "fields": _fields,
    "embedded": _embedded,
    "locks": _locks,
    "branching locks": _branching_locks,
    "loops": _loops,
    "gotos": _gotos,
    "defers": _defers,
    "goroutines": _goroutines,
    "labels": lambda size: _body(*_repeated(lambda n: f"L{n}: goto L{n + 1}\n", size)),
    "constants": lambda size: _declared("const (\n a = iota\n", lambda n: f"b{n}\n", size, ")\n"),
    "constant chain": lambda size: _declared("", lambda n: f"const c{n} = c{n + 1} + 1\n", size),
    "type chain": lambda size: _declared("", lambda n: f"type t{n} []t{n + 1}\n", size),
    "alias cycle": lambda size: _declared("", lambda n: f"type t{n} = t{(n + 1) % size}\n", size),
    "variable chain": lambda size: _declared("", lambda n: f"var v{n} = v{n + 1}\n", size),
    "imports": lambda size: _declared("import (\n", lambda n: f'"a/{n}"\n', size, ")\n"),
    "broken functions": lambda size: (HEAD + "func f() { x y z }\n" * size).encode(),
    "one line": lambda size: (HEAD + "//" + "x" * size).encode(),
    "identifier": lambda size: (HEAD + "var " + "x" * size).encode(),
    "unclosed string": lambda size: (HEAD + 'var x = "' + "a" * size).encode(),
    "unclosed raw string": lambda size: (HEAD + "var x = `" + "a\n" * size).encode(),
    "unclosed comments": lambda size: (HEAD + "/*" * size).encode(),
    "unclosed braces": lambda size: (HEAD + "func f() " + "{" * size).encode(),
    "unclosed parentheses": lambda size: (HEAD + "func f() { x := " + "(" * size).encode(),
    "unclosed news": lambda size: (HEAD + "func f() { x = 1 1;" + "new(" * size + ")" * size + "}").encode(),
    "news": lambda size: (HEAD + "func f() { x = 1 1;" + "new(1);" * size + "}").encode(),
    "blank ends": lambda size: (HEAD + "func f() { x y z\n" + " \t\n" * size + "x").encode(),
    "comment ends": lambda size: (HEAD + "func f() { x y z\n" + "// a\n\n" * size + "x").encode(),
    "nested blocks": lambda size: _body("{" * size, "}" * size),
    "nested literals": lambda size: _body("func() { " * size, "}()" * size),
    "nested types": lambda size: (HEAD + "type T " + "[]struct { a " * size + "int" + "}" * size).encode(),
    "nothing": lambda size: b"\0" * size,
    "random": _random,
    "words": lambda size: (HEAD + "func if { ( " * size).encode(),
    "newlines": lambda size: (HEAD + "\n" * size).encode(),
    "directives": lambda size: (HEAD + "//nolint:govetpy\n" * size).encode(),
}
"""By what is extreme about them."""
