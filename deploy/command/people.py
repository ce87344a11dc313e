"""`samskab people`: bring in what an administration system delivers, as the daily import does."""

from pathlib import Path

import click

from chassis.identity import Identity
from deploy.command.reach import Reach
from deploy.command.terminal import Commands, several
from deploy.upkeep.associations import find
from deploy.upkeep.errand import CannotDo
from services.people import files
from services.people.actions import imports


@click.group(cls=Commands, short_help="Bring in departments, people and mandates.")
def people() -> None:
    """Departments, people and mandates."""


@people.command("import", short_help="Bring in a file of the administration system.")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--what", type=click.Choice([*files.HEADINGS]), help="What FILE holds; its headings tell, when this is not said.")
@click.option("--sweep", is_flag=True, help="It is meant that many who are known are gone from FILE.")
@click.option("--override", default="", help="Why residents need not be the majority of the board; kept with the body.")
@click.pass_obj
def bring_in(reach: Reach, /, slug: str, file: Path, what: str | None, sweep: bool, override: str) -> None:
    """Bring FILE into the association SLUG: a CSV of departments, persons or mandates, in that order the first time.

    It is the same as what the administration system sends day by day: only what differs is written, and who is gone from FILE
    is gone. Rows with something wrong are named by line and heading and left out; then this ends with 1.
    """
    content = file.read_bytes()
    what = what or _what(content)
    with reach.begin("people")(Identity(association_id=find(reach, slug).id)) as work:
        report = imports.import_file(work, what, content, sweep=sweep, override=override)
    for problem in report.problems:
        click.echo(f"line {problem.line}, {problem.column}: {problem.en}", err=True)
    counts = ", ".join(f"{getattr(report, name)} {name}" for name in ("added", "changed", "unchanged", "ended"))
    click.echo(f"{several(report.read, 'row')} of {what}: {counts}.")
    if report.problems:
        lines = several(len({problem.line for problem in report.problems}), "line")
        raise CannotDo(f"{lines} left out; mend them and import again")


def _what(content: bytes) -> str:
    """What a file holds, by its headings."""
    headings = {cell.strip() for cell in files.decoded(content).partition("\n")[0].split(";")}
    for what, needed in files.HEADINGS.items():
        if needed.keys() <= headings:
            return what
    raise CannotDo("the headings are those of no file that is known; say --what, and read what is missing")
