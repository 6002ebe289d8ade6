"""What a scan went through: the counts of `--statistics`."""

from __future__ import annotations

from collections.abc import Sequence

from govet_py.model.declarations import FileSyntax
from govet_py.source.discover import Discovery


def census(discovery: Discovery, syntaxes: Sequence[FileSyntax]) -> dict[str, int]:
    """Counts of files and functions, by name."""
    declared = [function for file in syntaxes for function in file.functions]
    bodies = [function.body for function in declared if function.body is not None]
    return {
        "files": len(discovery.files),
        "files of other platforms or tags": discovery.excluded,
        "test files left out": discovery.tests_left_out,
        "lines": sum(file.lines for file in syntaxes),
        "packages": len({file.import_path for file in syntaxes}),
        "files generated": sum(file.is_generated for file in syntaxes),
        "files repaired": sum(file.repaired for file in syntaxes),
        "files partial": sum(file.partial for file in syntaxes),
        "functions": len(declared),
        "functions lowered": len(bodies),
        "function literals": sum(len(body.functions) - 1 for body in bodies),
        "functions broken": sum(function.broken for function in declared),
    }
