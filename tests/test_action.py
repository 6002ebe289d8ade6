"""The GitHub Action on a simulated runner, and what tools that know actions say about it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from racy import COUNT, FILL, commit, git, repository

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")

pytestmark = pytest.mark.xdist_group("action")


class Outcome(NamedTuple):
    status: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """As much of a runner as the action's own steps need: inputs, expressions, files for outputs."""

    def __init__(self, workspace: Path, temporary: Path) -> None:
        self.workspace = workspace
        self.temporary = temporary
        self.event: dict[str, Any] = {}
        python = temporary / "govet-py" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(
            "#!/bin/sh\n[ \"$1 $2\" = '-I -m' ] || exit 9\nshift\n"
            f"PYTHONPATH='{ROOT / 'src'}' exec '{sys.executable}' -P \"$@\"\n"
        )
        python.chmod(0o755)

    def run(self, **inputs: str) -> Outcome:
        """The steps after the set-up, up to the first that fails."""
        given = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        outputs: dict[str, str] = {}
        log, status = "", 0
        for step in STEPS:
            if "run" in step and step["name"] != "Install govet-py" and status == 0:
                done = self._step(step, given, outputs)
                status, log = done.returncode, log + done.stdout + done.stderr
                outputs |= self._outputs()
        summary = self.temporary / "summary.md"
        return Outcome(status, log, outputs, summary.read_text("utf-8") if summary.exists() else "")

    def _step(
        self, step: dict[str, Any], inputs: dict[str, str], outputs: dict[str, str],
    ) -> subprocess.CompletedProcess[str]:
        (self.temporary / "event.json").write_text(json.dumps(self.event))
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known |= {f"steps.scan.outputs.{name}": value for name, value in outputs.items()}
        environment = {
            name: EXPRESSION.sub(lambda match: known.get(match[1], ""), value)
            for name, value in step.get("env", {}).items()
        }
        files = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary.md", "GITHUB_EVENT_PATH": "event.json"}
        environment |= {name: str(self.temporary / file) for name, file in files.items()}
        environment |= {
            "PATH": os.environ["PATH"], "RUNNER_TEMP": str(self.temporary), "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc",
            "CI": "true", "GITHUB_ACTIONS": "true",
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace, env=environment, capture_output=True, text=True, timeout=120,
        )

    def _outputs(self) -> dict[str, str]:
        file = self.temporary / "output"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(repository(tmp_path / "work space"), tmp_path / "temp")


def test_findings_are_shown_everywhere_and_fail_last(runner: Runner) -> None:
    done = runner.run()
    assert done.status == 1
    assert "\n::error file=fill.go,line=6,endLine=6,col=15,endColumn=24,title=GV101 map-race::" in done.log
    sarif = done.outputs.pop("sarif-file")
    assert done.outputs == {"findings": "1", "new-findings": "1", "exit-code": "1"}
    run = json.loads(Path(sarif).read_text("utf-8"))["runs"][0]
    assert run["automationDetails"]["id"] == "govet-py/"
    assert len(run["results"]) == 1
    assert "govet-py: 1 finding (1 error) in 1 file" in done.summary.replace("\\", "")
    assert "[fill.go:6](https://github.example/o/r/blob/abc/fill.go#L6)" in done.summary


def test_a_clean_tree_passes(runner: Runner) -> None:
    (runner.workspace / "fill.go").write_text("package racy\n")
    done = runner.run()
    assert done.status == 0
    assert done.outputs["exit-code"] == "0"
    assert "nothing to report" in done.summary


@pytest.mark.parametrize(("inputs", "status"), [
    ({"fail_on": "never"}, 0),
    ({"ignore": "GV301, map-race"}, 0),
    ({"select": "GV101\nGV301"}, 1),
    ({"min_confidence": "low"}, 1),
    ({"paths": "fill.go"}, 1),
    ({"fail_on": "sometimes"}, 2),
    ({"only_new": "yes"}, 2),
    ({"only_new": "true"}, 2),
    ({"select": "GV999"}, 2),
    ({"config": "absent.toml"}, 2),
    ({"paths": "absent"}, 2),
    ({"base_ref": "absent", "only_new": "true"}, 2),
])
def test_inputs(inputs: dict[str, str], status: int, runner: Runner) -> None:
    done = runner.run(**inputs)
    assert (done.status, done.outputs["exit-code"]) == (status, str(status))
    assert ("::error title=govet-py::" in done.log) is (status == 2)


def test_annotations_and_summary_can_be_left_out(runner: Runner) -> None:
    done = runner.run(annotations="false", summary="false", sarif_file="out.sarif", category="go")
    assert "::error" not in done.log
    assert done.summary == ""
    assert done.outputs["sarif-file"] == "out.sarif"
    [run] = json.loads((runner.workspace / "out.sarif").read_text("utf-8"))["runs"]
    assert run["automationDetails"]["id"] == "go/"


def test_the_configuration_of_the_repository_holds(runner: Runner) -> None:
    (runner.workspace / ".govet-py.toml").write_text('fail-on = "never"\n')
    assert runner.run().status == 0
    (runner.workspace / ".govet-py.toml").write_text("fail = 1\n")
    assert runner.run().status == 2


def test_a_pull_request_is_told_what_is_new(runner: Runner) -> None:
    runner.event = {"pull_request": {"base": {"sha": git(runner.workspace, "rev-parse", "HEAD")}}}
    (runner.workspace / "count.go").write_text(COUNT)
    commit(runner.workspace, "another race")
    done = runner.run()
    assert done.status == 1
    assert (done.outputs["findings"], done.outputs["new-findings"]) == ("2", "1")
    assert "count.go" in done.summary
    assert "fill.go" not in done.summary
    assert runner.run(only_new="false").outputs["new-findings"] == "2"


def test_without_the_base_all_is_told_and_it_is_said(runner: Runner) -> None:
    runner.event = {"merge_group": {"base_sha": "0" * 40}}
    done = runner.run()
    assert done.status == 1
    assert "::warning title=govet-py::all findings are reported, not only new ones: no commit" in done.log
    assert done.outputs["new-findings"] == "1"


def test_paths_are_those_of_the_repository(runner: Runner) -> None:
    folder = runner.workspace / "go" / "vt"
    folder.mkdir(parents=True)
    (folder / "fill.go").write_text(FILL)
    done = runner.run(paths="go/vt")
    assert "::error file=go/vt/fill.go," in done.log
    results = json.loads(Path(done.outputs["sarif-file"]).read_text("utf-8"))["runs"][0]["results"]
    uri = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "go/vt/fill.go"


def test_code_under_scan_cannot_command_the_runner(runner: Runner) -> None:
    (runner.workspace / "::set-output name=x::y.go").write_text(FILL.replace("Fill", "Other"))
    (runner.workspace / "json.py").write_text("raise SystemExit('imported from the workspace')\n")
    done = runner.run()
    assert done.outputs["exit-code"] == "1"
    start = re.search(r"^::stop-commands::(\w+)$", done.log, re.MULTILINE)
    assert start
    outside = done.log[:start.start()] + done.log.split(f"\n::{start[1]}::\n")[1]
    assert not re.search(r"^\s*::set-output", outside, re.MULTILINE)


def test_every_name_in_an_expression_exists() -> None:
    steps = {step.get("id") for step in STEPS}
    text = (ROOT / "action.yml").read_text("utf-8")
    names = [name for expression in EXPRESSION.findall(text) for name in re.findall(r"[a-z]+(?:\.[\w-]+)+", expression)]
    assert names
    for name in names:
        kind, _, rest = name.partition(".")
        assert rest in ACTION["inputs"] if kind == "inputs" else kind == "steps" and rest.partition(".")[0] in steps
    used = {name.partition(".")[2] for name in names if name.startswith("inputs.")}
    assert used == set(ACTION["inputs"])


def test_no_expression_is_in_a_shell() -> None:
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_used_actions_are_pinned() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert [one for one in used if not re.search(r"@[0-9a-f]{40}$", one)] == []


def tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not there: install the dev extra")
    return found


def test_the_schema_of_actions_holds() -> None:
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_has_nothing_to_say() -> None:
    command = [tool("zizmor"), "--offline", "--no-progress", str(ROOT / "action.yml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
