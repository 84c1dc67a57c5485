"""`python -m dagferry.reference DIR`: writes the generated pages into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from dagferry.errors import UsageError
from dagferry.reference import write_pages


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    default=".corpus",
    show_default=True,
    help="Where `make corpus` put Airflow's example DAGs.",
)
def main(folder: Path, corpus: Path) -> None:
    """Write the generated reference pages into FOLDER."""
    try:
        write_pages(folder, corpus)
    except UsageError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
