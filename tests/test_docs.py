"""The pages say what is so: paths, links, commands, options and inputs that they name are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from govet_py.cli import cli, main
from govet_py.configuration import DEFAULTS
from govet_py.teaching import TABLES, taught

ROOT = Path(__file__).parent.parent
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")])
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PATH = re.compile(r"`((?:src|tests|testdata|queries|docs|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#\s]+)")

Captured = pytest.CaptureFixture[str]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_rules_are_those_of_the_code(capsys: Captured) -> None:
    assert main(["explain", "--all"]) == 0
    assert capsys.readouterr().out == text("docs/rules.md"), "run: govet-py explain --all > docs/rules.md"


@pytest.mark.parametrize("arguments", [[], ["GV101", "--all"]])
def test_explain_takes_one_rule_or_all(arguments: list[str]) -> None:
    assert main(["explain", *arguments]) == 2


@each_page
def test_paths_exist(page: Path) -> None:
    assert [path for path in PATH.findall(page.read_text("utf-8")) if not (ROOT / path).exists()] == []


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    without_code = BLOCK.sub("", page.read_text("utf-8"))
    local = [link for link in LINK.findall(without_code) if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


@each_page
def test_commands_and_options_exist(page: Path) -> None:
    """Every `govet-py COMMAND ... --option` in code."""
    content = page.read_text("utf-8")
    shells = "\n".join(body for language, body in BLOCK.findall(content) if language == "sh")
    calls = re.findall(r"govet-py (\w+)([^\n`|&]*)", shells) + re.findall(r"`govet-py (\w+)([^`]*)`", content)
    for name, rest in calls:
        command: Any = cli.commands[name]
        first = rest.split()[:1]
        if first and first[0] in getattr(command, "commands", {}):
            command = command.commands[first[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


def test_the_stages_of_the_picture_are_folders() -> None:
    page = text("docs/how-it-works.md")
    [picture] = [body for language, body in BLOCK.findall(page) if language == "mermaid"]
    folders = re.findall(r"([a-z]+)/", picture.replace("<br/>", " "))
    assert len(folders) > 8
    assert [one for one in folders if not (ROOT / "src/govet_py" / one).is_dir() and not (ROOT / one).is_dir()] == []


def test_the_configuration_that_is_shown_is_one() -> None:
    blocks = [body for language, body in BLOCK.findall(text("docs/getting-started.md")) if language == "toml"]
    settings, tables = map(tomllib.loads, blocks)
    assert set(settings) | {"select"} == set(DEFAULTS)
    assert set(tables) == set(TABLES)
    assert all(taught("", tables))


def test_the_inputs_of_the_action_are_listed() -> None:
    action = yaml.safe_load(text("action.yml"))
    rows = [line.split("|")[1] for line in text("docs/ci.md").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == set(action["inputs"])
    assert [name for name in action["outputs"] if f"`{name}`" not in text("docs/ci.md")] == []


def test_yaml_is_yaml() -> None:
    for language, body in BLOCK.findall(text("docs/ci.md")):
        if language == "yaml":
            assert yaml.safe_load(body)


def test_the_hook_runs_a_command_that_exists() -> None:
    [hook] = yaml.safe_load(text(".pre-commit-hooks.yaml"))
    program, command = hook["entry"].split()
    assert (program, command in cli.commands, hook["pass_filenames"]) == ("govet-py", True, False)


def test_pages_do_not_promise_levels_that_are_not_there() -> None:
    """Rules are called by their ids in prose: each must exist."""
    known = set(re.findall(r"^## (GV\d+) ", text("docs/rules.md"), re.MULTILINE))
    named = {rule for page in PAGES for rule in re.findall(r"GV\d{3}\b", page.read_text("utf-8"))}
    assert named <= known


def compared() -> list[list[str]]:
    rows = [line for line in text("docs/comparison.md").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[2:]]


@pytest.mark.parametrize("row", compared(), ids=lambda row: row[0])
def test_what_the_comparison_claims_is_shown(row: list[str]) -> None:
    _, ours, shown, *others = row
    assert ours[0] in ("y", "p", "–") and len(others) == 8
    named = re.findall(r"`([^`]+)`", shown)
    assert bool(named) == (ours[0] != "–")
    for one in named:
        if one.startswith("tests/"):
            path, name = one.split("::")
            assert re.search(rf"^def {name}\(", text(path), re.MULTILINE), one
        elif one.startswith("testdata/"):
            assert list((ROOT / one).rglob("*.go")), one
        else:
            assert one.startswith("govet-py ")
