"""A target for atheris (pip install atheris): any bytes through header, parser, lowering and linking.

    python tests/fuzz/front_end.py [options of libFuzzer] [folder for new inputs]

The seeds are the cases of `testdata`, copied into a folder when none is given.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
TESTDATA = HERE.parents[1] / "testdata"


def target() -> Any:
    """The function under test, and what it needs, imported under instrumentation."""
    header = import_module("govet_py.source.header")
    constraints = import_module("govet_py.source.constraints")
    syntax = import_module("govet_py.syntax")
    source = import_module("govet_py.model.source")
    link = import_module("govet_py.resolve.link").link
    codec = import_module("govet_py.cache.codec")
    internal_error = import_module("govet_py.model.declarations").INTERNAL_ERROR

    def one_input(content: bytes) -> None:
        head = header.parse_header(content[:header.HEAD_BYTES])
        constraints.header_matches(head.text.decode("utf-8", "replace"))
        try:
            parsed = syntax.parse(source.SourceFile("a.go", "a.go", "p"), content)
        except syntax.TooSlow:
            return
        assert not [notice for notice in parsed.notices if notice.kind == internal_error], parsed.notices
        assert codec.decoded(codec.encoded(parsed)) == parsed
        link([parsed])

    return one_input


def seeded(folder: Path) -> Path:
    """The folder, with the cases as seeds."""
    for number, path in enumerate(sorted(TESTDATA.rglob("*.go"))):
        (folder / f"{number:04}.go").write_bytes(path.read_bytes())
    return folder


def main() -> None:
    """The command line, which is libFuzzer's."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["govet_py"]):
        one_input = target()
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folders = [] if given else [str(seeded(Path(tempfile.mkdtemp(prefix="govet-py-corpus-"))))]
    atheris.Setup([*sys.argv, *folders], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
