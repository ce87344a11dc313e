"""Letting partners in: by whom, to what, with which credential, and until when."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chassis import clock
from chassis.identity import Duty, Identity
from chassis.sealed import Sealer
from services.partners.actions.credential import hashed
from services.partners.tests.kit import Place, Program, good
from tests.kit import Hall, person


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def test_only_whom_the_association_trusts_lets_partners_in(place: Place) -> None:
    grant = place.grant("idea.*")
    for who in (person(place.here), person(place.here, employee=True, duties=frozenset({Duty.MODERATOR, Duty.IMPORTER}))):
        asker = place.asks(who)
        assert asker.post("/grants", name="X", kinds=["idea.*"]).status_code == 403
        assert asker.get("/grants").status_code == 403
        assert asker.get(f"/grants/{grant['id']}").status_code == 403
        assert asker.put(f"/grants/{grant['id']}", kinds=["idea.*"]).status_code == 403
        assert asker.post(f"/grants/{grant['id']}/test").status_code == 403
        assert asker.post(f"/grants/{grant['id']}/revoke").status_code == 403
        assert asker.post(f"/grants/{grant['id']}/credentials", name="X").status_code == 403
    assert place.asks(person(place.here, duties=frozenset({Duty.SECRETARY}))).get("/grants").status_code == 200


def test_a_grant_names_what_there_is_to_grant_and_something(place: Place) -> None:
    no = place.trusted.post("/grants", name="X", kinds=["idea.drafted", "person.*", "alt"])
    assert (no.status_code, no.json["slug"]) == (409, "no-such-kind")
    assert no.json["facts"]["kinds"] == ["idea.drafted", "person.*", "alt"]
    assert place.trusted.post("/grants", name="X").json["slug"] == "nothing-granted"
    assert place.trusted.post("/grants", kinds=["idea.*"]).status_code == 422
    assert place.trusted.post("/grants", name="X", scopes=["ideas:write"]).json["fields"][0]["field"].startswith("scopes")


def test_who_did_what_with_a_grant_is_kept(place: Place) -> None:
    administrator = person(place.here, duties=frozenset({Duty.ADMINISTRATOR}))
    asker = place.asks(administrator)
    grant = good(asker.post("/grants", name="Appen", kinds=["idea.*", "group.*"], scopes=["ideas:read"]))
    good(asker.put(f"/grants/{grant['id']}", kinds=["group.opened"]))
    seen = good(asker.post(f"/grants/{grant['id']}/revoke"))

    assert [(act["act"], act["person_id"]) for act in seen["acts"]] == [
        (act, str(administrator.person_id)) for act in ("revoke", "change", "give")
    ]
    assert seen["acts"][1]["kinds"] == ["group.opened"]
    assert (seen["state"], seen["may"]) == ("revoked", [])
    assert asker.put(f"/grants/{grant['id']}", kinds=["idea.*"]).status_code == 409
    assert asker.post(f"/grants/{grant['id']}/credentials", name="X").json["slug"] == "grant-revoked"
    assert asker.post(f"/grants/{grant['id']}/test").status_code == 409


def test_a_secret_is_shown_once_and_only_its_hash_is_kept(place: Place) -> None:
    grant = place.grant("idea.*")
    made = place.credential(grant, days=30)

    assert made["secret"].startswith("samskab_") and len(made["secret"]) > 40
    assert made["secret"] not in place.trusted.get(f"/grants/{grant['id']}").text
    assert "hash" not in place.trusted.get(f"/grants/{grant['id']}").text
    with place.hall.running["partners"].begin(Identity(association_id=place.here)) as work:
        for table in ("grants", "acts", "credentials", "outbox", "inbox", "feed"):
            said = str(work.execute(__import__("sqlalchemy").text(f"select t::text from {table} t")).all())
            assert made["secret"] not in said


def test_two_credentials_are_good_at_a_time_so_that_one_can_take_over(place: Place) -> None:
    grant = place.grant("idea.*")
    old, new = place.credential(grant), place.credential(grant)
    third = place.trusted.post(f"/grants/{grant['id']}/credentials", name="Tredje")
    assert (third.status_code, third.json["slug"]) == (409, "two-credentials-already")
    assert shown(place, old) == shown(place, new) == 200

    good(place.trusted.post(f"/credentials/{old['id']}/revoke"))
    assert (shown(place, old), shown(place, new)) == (404, 200)
    assert place.trusted.post(f"/credentials/{old['id']}/revoke").status_code == 409
    assert shown(place, place.credential(grant)) == 200


def test_a_credential_expires_and_makes_room(place: Place, clock_back: None) -> None:
    grant = place.grant("idea.*")
    short = place.credential(grant, days=1)
    place.credential(grant)
    clock.set_to(clock.now() + timedelta(days=1, seconds=1))

    assert shown(place, short) == 404
    listed = good(place.trusted.get(f"/grants/{grant['id']}"))
    assert sorted(each["state"] for each in listed["credentials"]) == ["expired", "good"]
    assert "make_credential" in listed["may"]
    assert shown(place, place.credential(grant)) == 200


def test_use_is_noted_by_the_day(place: Place) -> None:
    grant = place.grant("idea.*")
    made = place.credential(grant)
    assert made["last_used_on"] is None
    shown(place, made)

    (seen,) = good(place.trusted.get(f"/grants/{grant['id']}"))["credentials"]
    assert seen["last_used_on"] == clock.day_of(clock.now()).isoformat()


def test_a_revoked_grant_opens_nothing(place: Place) -> None:
    grant = place.grant("idea.*")
    made = place.credential(grant)
    good(place.trusted.post(f"/grants/{grant['id']}/revoke"))
    assert shown(place, made) == 404


@pytest.mark.invariant(1)
def test_a_credential_opens_nothing_next_door(place: Place) -> None:
    grant = place.grant("idea.*")
    made, there = place.credential(grant), Place(place.hall)
    asked = {"hash": hashed(made["secret"])}

    assert there.asks(Identity(association_id=there.here)).post("/opens", **asked).status_code == 404
    for path in (f"/grants/{grant['id']}/revoke", f"/grants/{grant['id']}/test", f"/credentials/{made['id']}/revoke"):
        assert there.trusted.post(path).status_code == 404
        assert there.asks(Identity(association_id=there.here)).post(path).status_code == 404
    assert there.trusted.get(f"/grants/{grant['id']}").status_code == 404
    assert there.trusted.put(f"/grants/{grant['id']}", kinds=["idea.*"]).status_code == 404
    assert there.trusted.post(f"/grants/{grant['id']}/credentials", name="X").status_code == 404
    assert there.trusted.get("/grants").json["items"] == []


def test_only_the_gateway_asks_what_a_credential_opens(place: Place) -> None:
    made = place.credential(place.grant("idea.*", scopes=("ideas:read",)))
    asked = {"hash": hashed(made["secret"])}
    assert place.trusted.post("/opens", **asked).status_code == 404
    opens = place.asks(Identity(association_id=place.here)).post("/opens", **asked).json
    assert opens["scopes"] == ["events:read", "ideas:read"]


def test_a_partner_with_scopes_alone_reads_no_events(place: Place) -> None:
    made = place.credential(place.grant(scopes=("ideas:read",)))
    opens = place.asks(Identity(association_id=place.here)).post("/opens", hash=hashed(made["secret"])).json
    assert opens["scopes"] == ["ideas:read"]


def test_a_partner_reads_what_is_opened_and_granted_and_writes_nothing(place: Place) -> None:
    grant = place.grant("idea.*", scopes=("ideas:read",))
    program = Program(place, grant, place.credential(grant))
    ideas, groups = place.hall.ask("ideas", program.identity), place.hall.ask("groups", program.identity)

    assert ideas.get("/ideas").status_code == 200
    assert ideas.get(f"/ideas/{uuid4()}").status_code == 404
    assert (ideas.get("/ideas/mine").status_code, ideas.get("/ideas/mine").json["slug"]) == (403, "not-for-partners")
    assert ideas.post("/ideas", title="Mine", text="Tekst").json["slug"] == "not-for-partners"
    no = groups.get("/groups")
    assert (no.status_code, no.json["slug"], no.json["facts"]) == (403, "not-granted", {"needed": "groups:read"})
    assert place.asks(program.identity).get("/grants").json["slug"] == "not-for-partners"


def test_what_is_sealed_is_opened_by_the_same_key_only() -> None:
    one, other = Sealer.new(), Sealer.new()
    sealed = one.seal({"after": 7})
    assert Sealer.with_key(one.key).open(sealed) == {"after": 7}
    for sealer, said in ((other, sealed), (one, sealed[:-2] + "AA"), (one, ""), (one, "a.b.c.d.e"), (one, "æ" * 5_000)):
        with pytest.raises(Exception) as no:
            sealer.open(said)
        assert type(no.value).__name__ == "Broken"


def shown(place: Place, credential: dict[str, object]) -> int:
    """What the gateway is answered when this secret is shown."""
    asked = {"hash": hashed(str(credential["secret"]))}
    return int(place.asks(Identity(association_id=place.here)).post("/opens", **asked).status_code)
