"""The command line: flags to `Options`, errors to exit statuses. What the commands do is in `commands`."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click
from click.shell_completion import get_completion_class

from govet_py import __version__
from govet_py.configuration import CONFIDENCES, DEFAULTS, LEVELS, Configuration, configuration, listing
from govet_py.configuration import options as configured_options
from govet_py.errors import GovetError, UsageError
from govet_py.options import Options
from govet_py.source.given import require_scannable
from govet_py.time_limit import time_limit

CRASH = 3
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def run() -> NoReturn:
    """The process: what `main` does, without tidying up after it.

    A scan leaves millions of objects behind. To collect them, or to take them apart at the interpreter's
    end, takes seconds that serve nobody.
    """
    gc.disable()
    status = main()
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line and gives its exit status; standard error tells what was wrong."""
    _never_fail_on_characters()
    try:
        return int(cli.main(arguments, prog_name="govet-py", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("interrupted", err=True)
        return 130
    except GovetError as error:
        click.echo(f"govet-py: error: {error}", err=True)
        return error.exit_code
    except Exception:  # a crash must never look like a scan without findings
        click.echo(f"govet-py: the analysis failed, this is a defect of govet-py\n{traceback.format_exc()}", err=True)
        return CRASH


def _never_fail_on_characters() -> None:
    """A terminal that cannot show a character gets its escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _command(name: str) -> Any:
    """A function of `commands`, imported when it runs: the analysis takes ten times longer to import than
    the command line, and `--help`, `--version`, shell completion and wrong use do not need it."""
    return getattr(import_module("govet_py.commands"), name)


def _words(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...] | None:
    """Repeated options and comma lists, as one list; None when the option is not given."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip()) if values else None


def _rule_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names and ids of rules, for a shell."""
    return [word for word in _command("rule_words")() if word.startswith(incomplete)]


@click.group(context_settings=_SETTINGS)
@click.version_option(__version__, "-V", "--version", prog_name="govet-py", message="%(prog)s %(version)s")
def cli() -> None:
    """Finds concurrency and context bugs in Go code, across functions and packages, without building it.

    Exit status: 0 nothing to report, 1 findings, 2 wrong use, 3 the analysis failed.
    """


def _file(*names: str, **attributes: Any) -> Callable[..., Any]:
    """An option that is a path, which shells complete."""
    return click.option(*names, metavar="FILE", type=click.Path(), **attributes)


_ANALYSIS = (
    click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path()),
    click.option("--select", "-s", multiple=True, metavar="RULE", callback=_words, shell_complete=_rule_names,
                 help="Run only these rules (id or name; repeat, or separate by commas)."),
    click.option("--ignore", "-i", multiple=True, metavar="RULE", callback=_words, shell_complete=_rule_names,
                 help="Do not run these rules."),
    click.option("--min-confidence", type=click.Choice(list(CONFIDENCES)),
                 help="Leave out findings that are less sure.  [default: medium]"),
    click.option("--tests/--no-tests", default=None, help="Scan test files and test helper packages too."),
    click.option("--tags", multiple=True, callback=_words,
                 help="Build tags that hold (repeat, or separate by commas)."),
    _file("--config", help="Configuration, instead of the nearest .govet-py.toml above PATH."),
)
_FAIL_ON = click.option("--fail-on", type=click.Choice(list(LEVELS)), metavar="LEVEL",
                        help="Lowest level that makes the exit status 1: error, warning, note or never."
                             "  [default: note]")
_RUN = (
    click.option("--jobs", "-j", default=0, type=click.IntRange(min=0), metavar="N",
                 help="Processes to parse with; 0 is one for each processor."),
    click.option("--no-cache", is_flag=True, help="Neither read nor write cached results."),
)


def _with(*decorators: Callable[..., Any]) -> Callable[..., Any]:
    """Several options as one decorator, shown in their order."""
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function
    return decorate


def _options(paths: tuple[str, ...], config: str | None, **given: Any) -> Options:
    """The command line over the configuration over the defaults."""
    known = {key: given.pop(key.replace("-", "_"), None) for key in DEFAULTS}
    scanned = paths or (".",)
    return configured_options(known, _configuration(scanned, config), paths=scanned, **given)


def _configuration(paths: tuple[str, ...], file: str | None) -> Configuration:
    """The configuration for these paths. Raises UsageError for mistakes in it, rules that do not exist among them."""
    require_scannable(paths)
    configured = configuration(paths, file)
    words = [word for key in ("select", "ignore") for word in configured.values.get(key, ())]
    if words:
        _command("require_rules")(words, configured.path)
    return configured


@cli.command()
@_with(*_ANALYSIS)
@click.option("--format", "-f", default="text", show_default=True,
              type=click.Choice(["text", "sarif", "json", "github", "html"]), help="How findings are written.")
@_file("--output", "-o", help="Write findings to FILE instead of standard output.")
@click.option("--sarif-profile", default="github", show_default=True, type=click.Choice(["github", "full"]),
              help="SARIF of what is reported, or with suppressed and known findings too.")
@click.option("--category", default="govet-py", show_default=True, metavar="NAME",
              help="Tells several SARIF uploads of one commit apart.")
@_file("--baseline", help="Leave out findings that FILE lists (see 'govet-py baseline').")
@click.option("--new-from", metavar="REV",
              help="Only findings that were not there yet where HEAD branched off from REV.")
@_FAIL_ON
@_with(*_RUN)
@click.option("--statistics", is_flag=True, help="Print counts and times to standard error.")
@click.option("--color", default="auto", show_default=True, type=click.Choice(["auto", "always", "never"]),
              help="Colours; auto obeys NO_COLOR, FORCE_COLOR and the terminal.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="Give up, with exit status 3, when the scan is not done by then.")
def scan(timeout: float | None, **given: Any) -> int:
    """Scan Go files and directories (default: the current directory)."""
    with time_limit(timeout):
        return int(_command("scan")(_options(**given), os.environ))


@cli.command()
@_with(*_ANALYSIS)
@click.option("--format", "-f", default="sarif", show_default=True, type=click.Choice(["sarif", "html", "json"]))
@_file("--output", "-o", default="govet-py.sarif", show_default=True,
       help="The file that is written anew after each save.")
@click.option("--sarif-profile", default="full", show_default=True, type=click.Choice(["github", "full"]),
              help="SARIF of what is reported, or with suppressed and known findings too.")
@_file("--baseline", help="Leave out findings that FILE lists (see 'govet-py baseline').")
@click.option("--new-from", metavar="REV",
              help="Only findings that were not there yet where HEAD branched off from REV.")
@_with(*_RUN)
def watch(**given: Any) -> int:
    """Scan again after each save, until interrupted; print what is new."""
    gc.enable()
    ask = partial(_options, **given)
    return int(_command("watch")(ask().paths, ask, os.environ))


@cli.command()
@_with(*_ANALYSIS[1:], *_RUN)
@click.option("--stdio", is_flag=True, hidden=True, help="What it does anyway; some editors ask for it.")
def lsp(stdio: bool, **given: Any) -> int:
    """Serve an editor by the language server protocol, on standard input and output."""
    gc.enable()
    try:
        serve = import_module("govet_py.language_server").serve
    except ModuleNotFoundError as error:
        raise UsageError(f"the language server needs {error.name}: pip install 'govet-py[lsp]'") from error
    store = None if given["no_cache"] else _command("store_of")(os.environ)
    return int(serve(lambda paths: _options(**given, paths=paths), store))


@cli.command()
@click.argument("target")
@_with(*_ANALYSIS)
@click.option("--format", "-f", default="svg", show_default=True, type=click.Choice(["svg", "mermaid", "dot"]))
@_file("--output", "-o", help="Write the picture to FILE instead of standard output.")
@click.option("--depth", type=click.IntRange(min=0), metavar="N",
              help="Calls up and down from the function.  [default: 2; 0 for a finding]")
@click.option("--most", default=60, show_default=True, type=click.IntRange(min=1), metavar="N",
              help="Functions to show at most, the nearest first.")
@_with(*_RUN)
def graph(target: str, depth: int | None, most: int, **given: Any) -> int:
    """Draw the calls and goroutines around a function (its name), a finding (its fingerprint) or FILE:LINE."""
    return int(_command("graph")(_options(**given), (target, depth, most), os.environ))


@cli.group()
def baseline() -> None:
    """Accept the findings that are there, to be told only new ones: scan --baseline FILE."""


@baseline.command("create")
@_with(*_ANALYSIS)
@_file("--output", "-o", help="Write the baseline to FILE instead of standard output.")
@_with(*_RUN)
def create_baseline(**given: Any) -> int:
    """Scan, and write down what is found."""
    return int(_command("create_baseline")(_options(**given), os.environ))


@baseline.command("show")
@click.argument("file", type=click.Path())
def show_baseline(file: str) -> int:
    """List the findings of a baseline."""
    return int(_command("show_baseline")(file))


@cli.command()
@_with(*_ANALYSIS)
@_FAIL_ON
def config(paths: tuple[str, ...], config: str | None, **given: Any) -> None:
    """Print what is in force for a scan of PATH, and where each line is from."""
    known = {key: given.get(key.replace("-", "_")) for key in DEFAULTS}
    click.echo(listing(known, _configuration(paths or (".",), config)), nl=False)


@cli.command()
@click.argument("rule", required=False, shell_complete=_rule_names)
@click.option("--all", "all_", is_flag=True, help="All rules, as one Markdown page.")
def explain(rule: str | None, all_: bool) -> int:
    """Print what a rule finds, why it matters, and its limits."""
    if all_ == (rule is not None):
        raise UsageError("explain takes a RULE, or --all")
    return int(_command("explain_all")() if all_ else _command("explain")(rule))


@cli.command()
@click.option("--format", "-f", default="text", show_default=True, type=click.Choice(["text", "json"]))
def rules(format: str) -> int:
    """List all rules."""
    return int(_command("rules")(format))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete govet-py: eval "$(govet-py completion bash)"."""
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "govet-py", "_GOVET_PY_COMPLETE").source(), nl=False)


@cli.group()
def cache() -> None:
    """Results that are kept on disk, so that what did not change is not analysed again."""


@cache.command("info")
def cache_info() -> int:
    """Print where the cache is, and how much it holds."""
    return int(_command("cache_info")(os.environ))


@cache.command("clear")
def cache_clear() -> int:
    """Empty the cache."""
    return int(_command("cache_clear")(os.environ))


@cli.command()
@_with(*_ANALYSIS)
@click.option("--revisions", "-r", multiple=True, required=True, metavar="REV",
              help="A commit, or a range A..B of first parents (repeat: oldest first).")
@click.option("--step", default=1, show_default=True, type=click.IntRange(min=1), metavar="N",
              help="Every N-th commit of a range, and its last.")
@click.option("--executor", default="processes", show_default=True, metavar="WHERE",
              help="processes here, or dask:ADDRESS of a scheduler.")
@click.option("--state", default=".govet-py-history.jsonl", show_default=True, metavar="FILE",
              help="What is done already: a run that was stopped goes on from there.")
@click.option("--format", "-f", default="text", show_default=True, type=click.Choice(["text", "json"]))
@_file("--output", "-o", help="Write to FILE instead of standard output.")
@_with(*_RUN)
def history(revisions: tuple[str, ...], step: int, executor: str, state: str, **given: Any) -> int:
    """Scan many commits: which one brought a finding, and which removed it."""
    command = import_module("govet_py.history").history
    return int(command(_options(**given), revisions, step, executor, state, os.environ))
