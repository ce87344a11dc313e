"""`samskab`: one command for whoever operates an installation."""

from pathlib import Path

import click

from deploy.command.association import association
from deploy.command.backup import backup, restore
from deploy.command.doctor import doctor
from deploy.command.keys import keys
from deploy.command.people import people
from deploy.command.post import post
from deploy.command.reach import Reach
from deploy.command.terminal import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--secrets",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SAMSKAB_SECRETS",
    default=Path("/secrets"),
    show_default=True,
    help="Folder with the installation's passwords, as the full run keeps them.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SAMSKAB_DATA",
    help="Folder of an installation in one process (`make demo` keeps .data); instead of --secrets, while it runs.",
)
@click.pass_context
def samskab(context: click.Context, secrets: Path, data: Path | None) -> None:
    """Operate a Samskab installation.

    Each command says what it did, shows how far it is, and exits with 1 and a sentence when it could not. Nothing that is printed
    holds personal data.
    """
    context.obj = Reach.embedded(data) if data else Reach(secrets)


for command in (association, backup, doctor, keys, people, post, restore):
    samskab.add_command(command)

if __name__ == "__main__":
    samskab(prog_name="samskab")
