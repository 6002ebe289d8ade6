"""Lowered functions as text, for debugging and for tests.

A block is a line `b0 -> b1 b2` (`b1 loop 0 -> ...` inside a loop), then one instruction a line: its
register and what it does, in Go's notation with registers (`r0`) for operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from govet_py.model import ir
from govet_py.model import types as t


def dump(function: ir.Function, vars: tuple[ir.Var, ...] = ()) -> str:
    """The text of a function. With the variables of its body, they go by their names, and by
    name#id where a name is not unique; without, by v and their ids."""
    names = _names(vars)
    lines: list[str] = []
    for index, block in enumerate(function.blocks):
        loop = f" loop {block.loop}" if block.loop != ir.NONE else ""
        targets = "".join(f" b{successor}" for successor in block.succs)
        lines.append(f"b{index}{loop}{' ->' if targets else ''}{targets}")
        for register in range(block.start, block.end):
            lines.append(f"  r{register} {_shown(function.code[register], names)}")
    return "\n".join(lines) + "\n"


def _names(vars: tuple[ir.Var, ...]) -> Callable[[int], str]:
    written = [var.name for var in vars]

    def name(id: int) -> str:
        if id >= len(written):
            return f"v{id}"
        return written[id] if written.count(written[id]) == 1 else f"{written[id]}#{id}"

    return name


def _shown(instruction: ir.Instruction, names: Callable[[int], str]) -> str:
    match instruction:
        case ir.Load():
            return names(instruction.var)
        case ir.Addr():
            return f"&{names(instruction.var)}"
        case ir.Store():
            return f"{names(instruction.var)} {':=' if instruction.define else '='} r{instruction.value}"
    return _FORMS[type(instruction)](instruction)


def type_text(type_: t.Type | None) -> str:
    """A type expression in Go's notation; `?` where it is unknown, `_` where it is not written."""
    if type_ is None:
        return "_"
    form = _TYPES.get(type(type_))
    return form(type_) if form is not None else "?"


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)


def _registers(registers: Iterable[int]) -> str:
    return _list(f"r{register}" for register in registers)


def _const(i: ir.Const) -> str:
    return f'"{i.value}"' if i.kind == "string" else f"{i.kind} {i.value}" if i.kind == "bad" else i.value


def _composite(i: ir.Composite) -> str:
    keys = ("" if key is None else f"{key}: " if isinstance(key, str) else f"r{key}: " for key in i.keys)
    inner = _list(f"{key}r{value}" for key, value in zip(keys, i.values, strict=True))
    return f"{'&' if i.pointer else ''}{type_text(i.type)}{{{inner}}}"


def _call(i: ir.Call) -> str:
    return f"{i.mode.name.lower()} r{i.callee}({_registers(i.args)}{'...' if i.spread else ''})"


def _switch(i: ir.Switch) -> str:
    tag = "" if i.tag == ir.NONE else f" r{i.tag}"
    return f"switch{tag}" + "".join(f" [{_registers(case)}]" for case in i.cases)


def _type_switch(i: ir.TypeSwitch) -> str:
    cases = (_list("nil" if type_ is None else type_text(type_) for type_ in case) for case in i.cases)
    return f"typeswitch r{i.tag}" + "".join(f" [{case}]" for case in cases)


def _select(i: ir.Select) -> str:
    cases = (f" [<-r{c.chan}]" if c.value == ir.NONE else f" [r{c.chan} <- r{c.value}]" for c in i.cases)
    return "select" + "".join(cases) + (" default" if i.has_default else "")


def _func(type_: t.Func) -> str:
    params = [type_text(param) for param in type_.params]
    if type_.variadic:
        params[-1] = f"...{params[-1]}"
    results = _list(map(type_text, type_.results))
    return f"func({_list(params)})" + (f" ({results})" if len(type_.results) > 1 else f" {results}" if results else "")


def _struct(type_: t.Struct) -> str:
    fields = (type_text(f.type) if f.embedded else f"{f.name} {type_text(f.type)}" for f in type_.fields)
    return f"struct{{{'; '.join(fields)}}}"


def _interface(type_: t.Interface) -> str:
    methods = [method.name + _func(method.signature)[4:] for method in type_.methods]
    return f"interface{{{'; '.join([*methods, *map(type_text, type_.embeds)])}}}"


_ARROWS = {"both": "chan ", "send": "chan<- ", "recv": "<-chan "}
_TYPES: dict[type, Callable[[Any], str]] = {
    t.TypeName: lambda x: f"{x.qualifier}.{x.name}" if x.qualifier else x.name,
    t.Basic: lambda x: x.name,
    t.Instance: lambda x: f"{type_text(x.generic)}[{_list(map(type_text, x.args))}]",
    t.Pointer: lambda x: f"*{type_text(x.elem)}",
    t.Slice: lambda x: f"[]{type_text(x.elem)}",
    t.Array: lambda x: f"[n]{type_text(x.elem)}",
    t.Map: lambda x: f"map[{type_text(x.key)}]{type_text(x.elem)}",
    t.Chan: lambda x: _ARROWS[x.direction] + type_text(x.elem),
    t.Func: _func,
    t.Struct: _struct,
    t.Interface: _interface,
}
_FORMS: dict[type, Callable[[Any], str]] = {
    ir.Const: _const,
    ir.Name: lambda i: f"name {i.name}",
    ir.Selector: lambda i: f"r{i.base}.{i.name}",
    ir.FieldAddr: lambda i: f"&r{i.base}.{i.name}",
    ir.Index: lambda i: f"r{i.base}[r{i.index}]",
    ir.IndexAddr: lambda i: f"&r{i.base}[r{i.index}]",
    ir.SliceOf: lambda i: f"r{i.base}[:]",
    ir.Deref: lambda i: f"*r{i.base}",
    ir.Unary: lambda i: f"{i.op}r{i.operand}",
    ir.Binary: lambda i: f"r{i.left} {i.op} r{i.right}",
    ir.TypeValue: lambda i: f"type {type_text(i.type)}",
    ir.TypeAssert: lambda i: f"r{i.base}.({type_text(i.type)})",
    ir.Composite: _composite,
    ir.MakeClosure: lambda i: f"closure {i.function}",
    ir.Call: _call,
    ir.Extract: lambda i: f"extract r{i.tuple} {i.index}",
    ir.Recv: lambda i: f"<-r{i.chan}",
    ir.Range: lambda i: f"range r{i.base}",
    ir.Next: lambda i: f"next r{i.range}",
    ir.Zero: lambda i: f"zero {type_text(i.type)}",
    ir.SetName: lambda i: f"name {i.name} = r{i.value}",
    ir.SetField: lambda i: f"r{i.base}.{i.name} = r{i.value}",
    ir.SetIndex: lambda i: f"r{i.base}[r{i.index}] = r{i.value}",
    ir.SetDeref: lambda i: f"*r{i.base} = r{i.value}",
    ir.Send: lambda i: f"r{i.chan} <- r{i.value}",
    ir.Jump: lambda i: "jump",
    ir.If: lambda i: f"if r{i.cond}",
    ir.Switch: _switch,
    ir.TypeSwitch: _type_switch,
    ir.Select: _select,
    ir.Return: lambda i: f"return {_registers(i.results)}".rstrip(),
    ir.Stop: lambda i: "stop",
}
