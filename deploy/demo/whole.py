"""The whole demonstration: the first story, and all that goes on around it, in the order of time."""

from collections.abc import Callable

from deploy.demo.course import Course
from deploy.demo.here import Here
from deploy.demo.ideas import Ideas
from deploy.demo.neighbours import KORNBLOMSTEN, TRANEVIG, Neighbours
from deploy.demo.stjernelund.charging import CHARGING
from deploy.demo.stjernelund.courtyard import COURTYARD
from deploy.demo.stjernelund.department_meetings import DEPARTMENT_MEETINGS
from deploy.demo.stjernelund.ideas import AUTUMN, SPRING
from deploy.demo.stjernelund.letters import Letters
from deploy.demo.stjernelund.renovation import RENOVATION
from deploy.demo.stjernelund.young import YOUNG
from deploy.demo.story import SLUG, Story
from deploy.demo.strands import Say, Strand, tell
from deploy.demo.world import World

STAFF = "camilla"


def tell_all(world_of: Callable[[str], World], say: Say = lambda *_: None) -> None:
    """Let three associations live side by side; `world_of` gives the world of an association by its slug."""
    world = world_of(SLUG)
    here = Here(world, STAFF)
    strands: list[Strand] = [
        Story(world),
        Ideas(here, "Neighbours have more ideas; some are parked, declined or merged, with reasons", SPRING, moderator=STAFF),
        Ideas(here, "Autumn brings eleven more, one of them on paper", AUTUMN, moderator=STAFF),
        Letters(here, secretary=STAFF),
        *(Course(here, said) for said in (RENOVATION, DEPARTMENT_MEETINGS, CHARGING, YOUNG, COURTYARD)),
        *(Neighbours(world_of(association.slug), association) for association in (TRANEVIG, KORNBLOMSTEN)),
    ]
    tell(strands, say)


def tell_one(world_of: Callable[[str], World], say: Say = lambda *_: None) -> None:
    """The first story alone."""
    tell([Story(world_of(SLUG))], say)
