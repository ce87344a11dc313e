"""The front door with the real services behind it."""

import pytest
from flask import Flask

from gateway.tests.kit import Village, database, door_to
from tests.kit import Hall

DEPARTMENTS = """Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse
1;00101;Kastanjegården;Kastanjevej 1;nej
3;00103;Søbakken;Søbakken 2;nej
"""
PERSONS = """Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver
1;Anna Sørensen;;anna@here.example;;1;Kastanjevej 2;nej;nej;nej;
2;Bo Lund;;bo@here.example;;3;Søbakken 4;nej;nej;nej;
3;Camilla Holst;;camilla@here.example;;;;nej;nej;ja;sekretær,moderator
4;Eva Dahl;;dahl@here.example;;1;Kastanjevej 6;nej;nej;nej;
5;Finn Dahl;;dahl@here.example;;1;Kastanjevej 6;nej;nej;nej;
"""


@pytest.fixture(scope="session")
def front(hall: Hall, admin_url: str) -> Flask:
    """The front door."""
    return door_to(hall.apps, hall.key, database(admin_url))


@pytest.fixture
def village(hall: Hall, front: Flask) -> Village:
    """An association of its own, with five people."""
    here = Village(front, hall.apps["people"], hall.key)
    here.move_in(DEPARTMENTS, PERSONS)
    hall.settle()
    return here
