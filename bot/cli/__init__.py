"""The ``hemicycle`` command. Exit 0 good, 1 refused or not verified, 2 wrong usage or a file that cannot be used.

Each group of sub-commands has its module; heavy parts are imported by the command that needs them, so that
``hemicycle --help`` answers at once.
"""

import sys

import typer

from bot.cli import archiving, exporting, handouts, minutes, operate, packaging, people, records, show
from bot.cli.say import stop_on_errors

app = typer.Typer(
    name="hemicycle", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
for group in (show, operate, records, people, minutes, exporting, archiving, handouts, packaging):
    group.register(app)


def main() -> None:
    """Entry point of the distribution."""
    sys.exit(stop_on_errors(app))
