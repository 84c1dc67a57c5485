"""The `dagferry` command. Every verb lives in a file of its own and is imported when it is asked for."""

from __future__ import annotations

import gc
import importlib
import sys
import traceback
from pathlib import Path

import click

from dagferry import __version__
from dagferry.cli._config import defaults
from dagferry.errors import DagferryError
from dagferry.syntax.depth import prepare_process

#: What each verb is for: `--help` says it without importing the verbs, which would take half a second.
VERBS = {
    "assess": "Say how hard DAGs will be to convert, and what stands in the way.",
    "convert": "Convert DAGs to Prefect flows.",
    "graph": "Show the execution graph of a DAG.",
    "diff": "Compare the graphs of a DAG and of its flow.",
    "verify": "Run every DAG and its flow, and compare what they did.",
    "explain": "Show what the code of a finding means, and what to do.",
    "constructs": "List the constructs of Airflow that are converted.",
}
USAGE_EXIT = 2
INTERRUPTED_EXIT = 130


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"dagferry.cli.{cmd_name}")
        command: click.Command = module.command
        # The docstrings are raw; click keeps lines apart behind a real backspace character.
        command.help = (command.help or "").replace("\\b\n", "\b\n")
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dagferry")
def group() -> None:
    r"""Convert folders of Airflow DAGs to Prefect flows, and prove that both do the same.

    \b
    Example:
      dagferry assess dags/
      dagferry convert dags/ -o flows/
      dagferry verify dags/ --flows flows/
    """


group.help = (group.help or "").replace("\\b\n", "\b\n")


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process with its exit code."""
    prepare_process()
    code = run(arguments)
    # The system takes all memory back at once; Python would look through every tree for cycles first.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code (0 done, 1 findings or different, 2 wrong use, 3 incomplete)."""
    try:
        configured = defaults(VERBS, Path.cwd())
        result = group.main(
            args=arguments, prog_name="dagferry", standalone_mode=False, default_map=configured
        )
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE_EXIT
    except DagferryError as error:
        click.echo(f"dagferry: {error}", err=True)
        return USAGE_EXIT
    except (click.Abort, KeyboardInterrupt):
        click.echo("dagferry: interrupted; every file that was written is whole", err=True)
        return INTERRUPTED_EXIT
    except BrokenPipeError:
        return 0
    except Exception:
        traceback.print_exc()
        click.echo(
            "dagferry: this is our fault, not yours; please report it with the above", err=True
        )
        return USAGE_EXIT
