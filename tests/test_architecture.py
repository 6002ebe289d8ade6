"""The shape of the code, held by a test: who imports whom, how large things get, that no list is stale."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from govet_py import checks

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "govet_py"
MODULES = sorted(PACKAGE.rglob("*.py"))

LINES = 400
RULE_LINES = 150
VOCABULARY_LINES = 450
FUNCTION_LINES = 60

EARLY = {"files", "model", "errors", "options"}
STAGES = {"source", "syntax", "resolve", "callgraph", "concurrency", "checks", "filters", "report", "knowledge"}
TALKS = {"output", "progress", "terminal"}
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "files": set(),
    "options": {"model", "errors", "knowledge"},
    "knowledge": {"model"},
    "source": {"files", "model", "options", "errors", "knowledge"},
    "syntax": {"model", "knowledge"},
    "resolve": {"model", "knowledge"},
    "callgraph": {"model", "knowledge", "resolve"},
    "concurrency": {"model", "knowledge", "resolve", "callgraph"},
    "checks": {"model", "knowledge", "concurrency"},
    "filters": {"model", "options", "errors"},
    "report": {"model"},
    "drawing": {"model", "report"},
    "cache": {"files", "model"},
    "lifeline": set(),
    "relay": set(),
    "measure": set(),
    "terminal": set(),
    "time_limit": {"errors"},
    "progress": set(),
    "output": {"errors"},
    "parsing": {"files", "model", "lifeline", "measure", "cache", "syntax"},
    "isolation": {"model", "resolve", "callgraph"},
    "checking": {"model", "lifeline", "measure", "cache", "resolve", "concurrency", "checks", "isolation", "relay"},
    "census": {"model", "source"},
    "retelling": {"model", "cache", "filters", "parsing"},
    "pipeline": EARLY | STAGES | {"measure", "cache", "parsing", "checking", "census", "isolation", "retelling"},
    "teaching": {"errors", "knowledge"},
    "configuration": EARLY | {"knowledge", "teaching"},
    "charting": EARLY | STAGES | {"pipeline", "cache", "parsing"},
    "scanning": EARLY | STAGES | {"pipeline", "cache", "lifeline"},
    "fleet": EARLY | STAGES | {"cache", "pipeline"},
    "history": EARLY | STAGES | {"cache", "fleet", "output", "parsing", "progress"},
    "apart": EARLY | {"cache", "scanning"},
    "watching": EARLY | {"apart", "cache", "configuration", "output", "report"},
    "language_server": EARLY | {"apart", "cache", "report"},
    "commands": EARLY | STAGES | {"pipeline", "cache", "charting", "drawing", "scanning", "watching"} | TALKS,
    "action": EARLY | {"commands", "configuration", "scanning", "report", "output", "source"},
    "cli": EARLY | {"commands", "configuration", "source", "time_limit"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""By package: the packages below it. The version in `__init__` is everyone's."""

BELOW = {
    "": {""},
    "flow": set(),
    "locks": {"", "flow"},
    "effects": {"", "flow", "locks"},
    "races": {"", "flow", "locks", "effects"},
    "deadlocks": {"", "flow", "locks", "effects"},
    "channels": {"", "flow", "locks"},
    "contexts": {"", "flow", "effects", "channels"},
    "obligations": {"", "flow", "locks", "channels"},
    "protocols": {"flow"},
}
"""By folder of concurrency: the folders below it; "" is how things are named. `TOP` may import them all."""
TOP = {"facts", "surroundings"}

HOMES = {
    "tree_sitter": {"syntax"},
    "tree_sitter_go": {"syntax"},
    "networkx": {"callgraph", "concurrency"},
    "click": {"cli"},
    "sarif_om": {"report"},
    "attr": {"report"},
    "pygls": {"language_server"},
    "lsprotocol": {"language_server"},
    "jinja2": {"report"},
    "markupsafe": {"report"},
}
"""One third-party library, one home."""

STUBS = PACKAGE / "knowledge" / "stubs"
LIBRARIES = sorted(str(stub.relative_to(STUBS)).removesuffix(".go.txt") for stub in STUBS.rglob("*.go.txt"))
LIBRARY = re.compile(
    rf"""(?i:vitess)
    | ^ (?: {"|".join(map(re.escape, LIBRARIES))} ) \. [\w.]* $
    | ^ (?: {"|".join(re.escape(name) for name in LIBRARIES if "/" in name)} ) $
    | ^ [\w.-]+ \. \w+ / \S+ $
    | ^ / \w+ \. [\w.]* $""",
    re.VERBOSE,
)
"""What is no word of the language: `time.Tick`, `sync.`, `sync/atomic`, `example.com/module.Type`, `/log.`."""

every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


@every_module
def test_imports_point_one_way(path: Path) -> None:
    home = package_of(path)
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("govet_py.")}
    assert ours - {home} <= MAY_IMPORT[home]


@every_module
def test_third_party_libraries_stay_at_home(path: Path) -> None:
    home = package_of(path)
    strangers = [name for name in imported(path) if home not in HOMES.get(name.split(".")[0], {home})]
    assert not strangers


@every_module
def test_imports_stand_at_the_top(path: Path) -> None:
    """A cycle is a design fault: the word that both need belongs into model."""
    tree = parsed(path)
    top = {id(node) for node in tree.body}
    top |= {id(node) for test in tree.body if isinstance(test, ast.If) for node in test.body}
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [node.lineno for node in imports if id(node) not in top] == []
    assert "TYPE_CHECKING" not in path.read_text("utf-8")


@every_module
def test_sizes_stay_small(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= ceiling(path)
    large = {function.name: lines for function in functions(path) if (lines := length(function)) > FUNCTION_LINES}
    assert not large


@every_module
def test_modules_have_a_docstring(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", sorted((PACKAGE / "concurrency").rglob("*.py")), ids=lambda path: path.stem)
def test_subjects_of_concurrency_build_on_each_other_one_way(path: Path) -> None:
    def folder(module: str) -> str:
        words = module.split(".")
        return words[2] if words[2] in BELOW else ""

    home = path.parent.name if path.parent.name in BELOW else ""
    ours = {name for name in imported(path) if name.startswith("govet_py.concurrency.")}
    if path.stem not in TOP:
        assert not {name.split(".")[2] for name in ours} & TOP
        assert {folder(name) for name in ours} - {home} <= BELOW[home]


@every_module
def test_what_libraries_mean_stands_in_knowledge(path: Path) -> None:
    """No text that is a library's package or the start of one of its names, and no type of a library."""
    tree = parsed(path)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose]
    names = {text for node in constants if isinstance(text := node.value, str) and LIBRARY.search(text)}
    types = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Named", "Member")
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value
    ]
    assert package_of(path) == "knowledge" or (names, types) == (set(), [])


@pytest.mark.parametrize("text", ["sync.Cond.Wait", "time.", "sync/atomic", "/vterrors.", "example.com/pool.Get"])
def test_names_of_libraries_are_told_from_other_texts(text: str) -> None:
    assert LIBRARY.search(text)
    assert not LIBRARY.search(f"{text} in a loop")


def test_no_module_is_a_drawer() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "base", "common", "misc"}


def test_the_list_of_rules_is_the_folder() -> None:
    listed = sorted(check.__name__.rpartition(".")[2] for check in checks.ALL)  # type: ignore[attr-defined]
    assert listed == sorted(path.stem for path in (PACKAGE / "checks").glob("*.py") if path.stem != "__init__")


def test_rule_files_are_named_after_their_rules() -> None:
    for check in checks.ALL:
        assert check.__name__.rpartition(".")[2] == check.RULE.name.replace("-", "_")  # type: ignore[attr-defined]


def test_every_package_has_its_row() -> None:
    assert {package_of(path) for path in MODULES} <= set(MAY_IMPORT)


def ceiling(path: Path) -> int:
    """The most lines a file may have. The instructions are one vocabulary, to be read in one place."""
    if path == PACKAGE / "model" / "ir.py":
        return VOCABULARY_LINES
    return RULE_LINES if path.parent == PACKAGE / "checks" and path.stem != "__init__" else LINES


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The modules that a file names; `from govet_py import x` counts as module x, the version as none."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "govet_py":
                yield from (f"govet_py.{alias.name}" for alias in node.names if alias.name != "__version__")
            else:
                yield node.module or ""


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
