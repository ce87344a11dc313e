"""`samskab association`: let associations in, set their policies, close them, take one out whole, and bring it back."""

from pathlib import Path
from typing import Any

import click

from chassis.closed import Closed
from chassis.identity import Identity
from deploy.command.reach import Reach
from deploy.command.terminal import Commands, Steps, progress, several, table
from deploy.upkeep import archive, associations, closing, policies
from deploy.upkeep.associations import find
from deploy.upkeep.errand import CannotDo

A_FILE = click.Path(path_type=Path, dir_okay=False)
AN_EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(cls=Commands, short_help="Let associations in, configure, close, take out, erase.")
def association() -> None:
    """Let associations in, configure, close, take out, erase and bring back."""


@association.command("list", short_help="Show every association, and whether it is open.")
@click.pass_obj
def list_all(reach: Reach, /) -> None:
    """Every association: its slug, whether it is open, its id and its name."""
    found = associations.known(reach)
    table(("slug", "state", "id", "name"), *((each.slug, each.state, each.id, each.name) for each in found))
    click.echo(several(len(found), "association"))


@association.command(short_help="Let one association in.")
@click.argument("slug")
@click.option("--name", required=True, help="What it is called.")
@click.option("--admin-name", required=True, help="The first person, who lets the others in.")
@click.option("--admin-email", required=True, help="Where that person gets the link to sign in.")
@click.option("--admin-id", help="The person's id in the administration system; without it no import ever sends the person away.")
@click.option("--cvr", help="CVR number, 8 digits.")
@click.option("--lbf-number", help="Number in Landsbyggefonden's register, 4 digits.")
@click.option("--host", help="A host name of its own, which leads to this installation.")
@click.option("--statement-url", help="Where its accessibility statement is.")
@click.option("--policy", "chosen", multiple=True, metavar="NAME=VALUE", help="A policy other than the usual; may be repeated.")
@click.pass_obj
def register(reach: Reach, /, slug: str, chosen: tuple[str, ...], **said: Any) -> None:
    """Let an association in under https://.../SLUG/, with its board and its first administrator.

    \b
    samskab association register lunden --name "Boligforeningen Lunden" --cvr 12345678 \\
        --admin-name "Kirsten Holm" --admin-email kirsten@lunden.example
    """
    made, wrong = associations.checked({"slug": slug, **said, **_pairs(chosen)})
    if wrong:
        raise CannotDo("; ".join(f"{field}: {says}" for field, says in wrong))
    if any(each.slug == slug for each in associations.known(reach)):
        raise CannotDo(f"{slug} is registered already; nothing was changed")
    id = associations.register(reach.begin("people"), made)
    click.echo(f"{slug} is registered with id {id}. Its administrator can sign in at /{slug}/ now.")


@association.command("register-all", short_help="Let in all that stand in a file.")
@click.argument("file", type=AN_EXISTING_FILE)
@click.option("--check", is_flag=True, help="Only read the file and say what is wrong with it.")
@click.pass_obj
def register_all(reach: Reach, /, file: Path, check: bool) -> None:
    """Let in all associations that stand in FILE, a CSV in UTF-8 with a line of headings.

    \b
    slug;name;cvr;lbf_number;admin_name;admin_email
    lunden;Boligforeningen Lunden;12345678;0123;Kirsten Holm;kirsten@lunden.example

    Further columns: host, statement_url, admin_id, and every policy by its name. The whole file is checked before anything
    is done. Type the same again after an interruption: those that are here already are left as they are.
    """
    new, here, bad = associations.read_many(reach, file.read_bytes())
    for each in bad:
        click.echo(f"line {each.line}, {each.column}: {each.says}", err=True)
    if bad:
        lines = several(len({each.line for each in bad}), "line")
        raise CannotDo(f"nothing was registered: {lines} of {file.name} must be mended")
    if not check:
        begin = reach.begin("people")
        for one in progress(new, "associations"):
            associations.register(begin, one)
    click.echo(f"{several(len(new), 'association')} {'to be ' if check else ''}registered, {here} here already.")


@association.command(short_help="Set its policies by name, or show them.")
@click.argument("slug")
@click.argument("chosen", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--show", is_flag=True, help="Show every policy, what it is and what it may be.")
@click.pass_obj
def configure(reach: Reach, /, slug: str, chosen: tuple[str, ...], show: bool) -> None:
    """Set policies of an association; those that are not named stay as they are.

    \b
    samskab association configure lunden answer_days=45 tie_break=falls
    samskab association configure lunden --show
    """
    house = Identity(association_id=find(reach, slug).id)
    meant = {name: policies.read(name, value) for name, value in _pairs(chosen).items()}
    if not meant and not show:
        raise click.UsageError("name a policy, such as answer_days=45, or say --show")
    changed = policies.configure(reach, house, meant) if meant else []
    for name, before, after in changed:
        click.echo(f"{name} is now {after}; it was {before}.")
    if meant and not changed:
        click.echo("Everything is so already; nothing was changed.")
    if show:
        now = policies.of(reach, house)
        rows = [(name, policies.shown(getattr(now, name)), policies.allowed(name)) for name in sorted(policies.NAMES)]
        table(("policy", "is", "may be"), *rows)


@association.command(short_help="Close it for a while.")
@click.argument("slug")
@click.pass_obj
def suspend(reach: Reach, /, slug: str) -> None:
    """Close an association until `resume`: its people are told so, nobody changes anything, no day is counted.

    What was told before is still applied, so that all its services come to agree. Neighbours notice nothing.
    """
    closing.close(reach, find(reach, slug).id, Closed.SUSPENDED)
    click.echo(f"{slug} is suspended. `samskab association resume {slug}` opens it again.")


@association.command(short_help="Open it again.")
@click.argument("slug")
@click.pass_obj
def resume(reach: Reach, /, slug: str) -> None:
    """Open an association again that was suspended; it goes on where it stood, on the day that it is."""
    whose = find(reach, slug)
    if whose.state == Closed.GONE:
        raise CannotDo(f"{slug} is being erased; type `samskab association erase {slug}` until it is done")
    closing.open_again(reach, whose.id)
    click.echo(f"{slug} is open.")


@association.command(short_help="Write everything of it into one file.")
@click.argument("slug")
@click.argument("file", type=A_FILE)
@click.pass_obj
def export(reach: Reach, /, slug: str, file: Path) -> None:
    """Write everything of an association into FILE, a zip with a file of JSON lines for each table and a manifest.

    Every database is read as it was at one moment, while the association goes on. FILE holds personal data: only its owner may
    read it. It is what `import` brings back, and what an association is given that wants to leave.
    """
    rows = archive.export(reach, find(reach, slug), file, Steps(len(reach.databases)))
    click.echo(f"{several(rows, 'row')} of {slug} are in {file}. It holds personal data: keep it accordingly.")


@association.command(short_help="Erase it for good.")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask for the slug to be typed again.")
@click.pass_obj
def erase(reach: Reach, /, slug: str, yes: bool) -> None:
    """Erase an association for good: nothing of it is left in any database, and letters under way come to nothing.

    What was exported or backed up before is not touched.
    """
    whose = find(reach, slug)
    asked = f"Everything of {whose.name} will be gone. Type its slug again"
    if not yes and click.prompt(asked, default="", show_default=False) != slug:
        raise CannotDo("that is not its slug; nothing was erased")
    rows = archive.erase(reach, whose, Steps(len(reach.databases)))
    click.echo(f"{slug} is erased: {several(rows, 'row')}.")


@association.command("import", short_help="Bring it back from a file.")
@click.argument("file", type=AN_EXISTING_FILE)
@click.pass_obj
def bring_back(reach: Reach, /, file: Path) -> None:
    """Bring an association back from a FILE that `export` wrote: all of it, as it was, or nothing when it is here already."""
    slug = archive.about(file)["association"]["slug"]
    rows, letters = archive.bring_back(reach, file, Steps(len(reach.databases)))
    click.echo(f"{slug} is back: {several(rows, 'row')}, each table as its checksum says.")
    if letters:
        click.echo(f"{several(letters, 'letter')} that had been on the way will be sent again.")


def _pairs(chosen: tuple[str, ...]) -> dict[str, str]:
    for each in chosen:
        if "=" not in each:
            raise click.UsageError(f"{each} is not of the form name=value")
    return {name.strip(): value.strip() for name, _, value in (each.partition("=") for each in chosen)}
