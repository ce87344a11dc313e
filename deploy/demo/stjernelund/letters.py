"""Somebody on paper: the office prints her letters and puts them in the post, and writes down what she says on the telephone."""

from collections.abc import Iterable, Iterator

from deploy.demo.here import Here
from deploy.demo.strands import Stage

ELLEN = "Ellen Margrethe Bruun"


class Letters:
    """What the office does for Ellen: the letter about her idea is sent; one about a new group is still to be sent."""

    def __init__(self, here: Here, *, secretary: str) -> None:
        self.here, self.world, self.secretary = here, here.world, secretary

    def stages(self) -> Iterable[Stage]:
        """All of it in one."""
        return [("Ellen, who is on paper, gets a letter, and asks to hear of new groups", self.come)]

    def come(self) -> Iterator[str]:
        """The day after her idea came."""
        yield "2026-11-06 10.15"
        office = self.here.as_(self.secretary)
        for notice in office.get("/notices")["items"]:
            letters = office.get(f"/notices/{notice['id']}/letters?state=to_send")["items"]
            office.post(f"/notices/{notice['id']}/send", letters=[letter["id"] for letter in letters])
        ellen = office.get(f"/persons?search={ELLEN.replace(' ', '%20')}")["items"][0]
        office.on_paper(ellen["id"]).put("/interest", consent_note="Ringede til kontoret, da hun fik brevet om sin ide.")
