"""Which code is the product and which only tests it: naming conventions of Go projects, as data.

`_test.go` is not the whole story: large projects keep fakes, mocks and test drivers in ordinary
packages. They run under a test's discipline, not under production's.
"""

from __future__ import annotations

import re

TEST_DIRECTORIES = re.compile(
    r"""
      test | tests | testlib | testutils? | testenv | testsuite | testcases | testdata | testhelpers?
    | endtoend | e2e | integration_?tests?
    | fake.* | mocks? | .*_?mocks? | sandboxconn
    | fuzz | fuzzing | demo | examples? | _examples? | benchmark | benchmarking
    | .*(?<!la)(?<!con)(?<!at)(?<!fas)(?<!rich)test | .*testutils? | .*_tests?
    """,
    re.VERBOSE,
)
"""Directory names (whole) whose packages help tests: `testlib`, `tmrpctest`, `faketopo`, but not `latest`."""

TEST_FILES = re.compile(r".*_mock | mock_.* | fake_.* | .*_fake | .*fuzz | .*_fuzzer", re.VERBOSE)
"""File names (whole, without `.go`) of the same kind in packages of the product."""

TEST_API = re.compile(rb"\btesting\.(?:T|B|F|M|TB)\b")
"""Product code may ask `testing.Testing()`; only code that is handed a test's T, B, F or TB serves tests."""

SKIPPED_DIRECTORIES = frozenset({"vendor", "testdata", "node_modules"})
"""Never walked into. The go command also ignores names that start with a dot or an underscore."""


def is_skipped(directory: str) -> bool:
    """Reports whether a directory of this name holds no packages of the scan."""
    return directory in SKIPPED_DIRECTORIES or directory.startswith((".", "_"))


def is_test_directory(directory: str) -> bool:
    """Reports whether packages in a directory of this name, or below it, only serve tests."""
    return TEST_DIRECTORIES.fullmatch(directory) is not None


def is_test_file(name: str) -> bool:
    """Reports whether a file of this name (`x_test.go`, `fake_x.go`) only serves tests."""
    return name.endswith("_test.go") or TEST_FILES.fullmatch(name.removesuffix(".go")) is not None
