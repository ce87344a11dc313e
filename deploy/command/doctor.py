"""`samskab doctor`: what an installation stands on, and what to mend."""

import json
from dataclasses import asdict

import click

from deploy.command.reach import Reach
from deploy.command.terminal import sentence as in_a_sentence
from deploy.command.terminal import several
from deploy.upkeep.doctor import Finding, State, examine


@click.command(short_help="Look at everything, and say what to mend.")
@click.option("--json", "as_json", is_flag=True, help="For machines: a list of findings with check, state, says and mend.")
@click.option("--all", "everything", is_flag=True, help="Show what is well, too.")
@click.pass_obj
def doctor(reach: Reach, /, as_json: bool, everything: bool) -> None:
    """Look at everything that the installation stands on, and say what to mend; ends with 1 when anything is.

    Secrets and keys, databases (reached, migrated, roles, fences), broker (users, rights, exchanges, queues and what they are
    bound to), post (alive, letters that lie too long), clocks, disk, mail. Nothing is changed, and nothing that is printed holds
    personal data.
    """
    found = list(examine(reach, in_a_sentence))
    broken = [each for each in found if each.state is State.MEND]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=1))
    else:
        for each in found:
            if everything or each.state is not State.WELL:
                _show(each)
        click.echo(f"{several(len(found), 'finding')}: {several(len(broken), 'thing')} to mend.")
    if broken:
        raise click.exceptions.Exit(1)


def _show(finding: Finding) -> None:
    click.secho(f"{finding.state.upper():5} {finding.check}: {finding.says}", fg="red" if finding.state is State.MEND else None)
    if finding.mend:
        click.echo(f"      -> {finding.mend}")
