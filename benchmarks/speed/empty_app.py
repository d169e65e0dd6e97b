"""An empty typer app with as many commands as ``COMMANDS`` says: what ``--help`` costs at least."""

import os

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def command() -> None:
    """Do nothing."""


for number in range(int(os.environ["COMMANDS"])):
    app.command(f"command{number}")(command)

if __name__ == "__main__":
    app()
