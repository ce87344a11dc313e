"""Two small associations in the same house as Stjernelund, whose people see nothing of each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.demo.here import Here
from deploy.demo.ideas import Ideas, Told
from deploy.demo.strands import Stage
from deploy.demo.world import World


@dataclass(frozen=True, kw_only=True)
class Association:
    """A small association; its people lie in the folder of its slug."""

    name: str
    slug: str
    cvr: str
    lbf_number: str
    moved_in: str
    staff: str
    ideas: Sequence[Told]


TRANEVIG = Association(
    name="Boligselskabet Tranevig",
    slug="tranevig",
    cvr="99999012",
    lbf_number="9902",
    moved_in="2026-08-03 09.00",
    staff="tove",
    ideas=[
        Told(
            day="2026-10-08",
            by="villy",
            title="Et fælles badehus ved bugten",
            text="Sæt det gamle badehus i stand, så alle afdelinger kan bruge det hele året.",
            endorsers=("malene", "hilda", "zahra"),
            comments=(("malene", "Med en ordentlig trappe ned til vandet."),),
        ),
        Told(
            day="2026-11-03",
            by="hilda",
            origin="department_board",
            title="Færre biler på stien",
            text="Find en løsning, så stien gennem Rørhaven igen er for gående og cykler.",
            departments=("Rørhaven",),
            endorsers=("ragnhild", "zahra"),
        ),
    ],
)
KORNBLOMSTEN = Association(
    name="AB Kornblomsten",
    slug="kornblomsten",
    cvr="99999020",
    lbf_number="9903",
    moved_in="2026-09-01 09.00",
    staff="ditte",
    ideas=[
        Told(
            day="2026-10-22",
            by="kurt",
            title="Byt din bolig inden for foreningen",
            text="Gør det let at se, hvem der gerne vil bytte, når børnene er flyttet, eller familien er vokset.",
            endorsers=("aage", "pernille", "lis"),
        ),
        Told(
            day="2026-11-11",
            by="pernille",
            origin="organisation_board",
            title="Nattero mellem klokken 23 og 6",
            text="Aftal, hvad nattero betyder i to huse med tynde vægge, og hvem man går til.",
            endorsers=("tariq", "kurt"),
        ),
    ],
)


class Neighbours:
    """A small association moves in, and has two ideas."""

    def __init__(self, world: World, association: Association) -> None:
        self.world, self.association = world, association
        here = Here(world, association.staff)
        self.ideas = Ideas(here, f"{association.name}: two ideas", association.ideas, moderator=association.staff)

    def stages(self) -> Iterable[Stage]:
        """What happens there."""
        return [(f"{self.association.name} moves in", self.move_in), *self.ideas.stages()]

    def move_in(self) -> Iterator[str]:
        """It comes with its departments, residents and boards."""
        yield self.association.moved_in
        said = {"name": self.association.name, "cvr": self.association.cvr, "lbf_number": self.association.lbf_number}
        self.world.move_in(Path(__file__).parent / self.world.slug, **said)
