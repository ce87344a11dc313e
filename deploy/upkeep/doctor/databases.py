"""Whether the databases answer, are up to date, and keep associations apart."""

from collections.abc import Iterator

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from chassis import migrate
from chassis.service import Service
from deploy.command.reach import Reach
from deploy.upkeep.cut import HEAD
from deploy.upkeep.doctor.finding import Finding, bad, note, well

OLDEST = 15
SETTINGS = {
    "fsync": "a crash of the machine may destroy everything",
    "full_page_writes": "a crash of the machine may destroy everything",
    "synchronous_commit": "a crash of the machine loses what people were told is done",
}
ROLES = text("""
    select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty,
           exists (select from pg_class where relowner = pg_roles.oid) as owns,
           exists (select from pg_auth_members where member = pg_roles.oid) as becomes
    from pg_roles where rolname = any(:roles)
""")
OPEN_TO_ALL = text("select has_database_privilege('public', current_database(), 'connect')")
FENCES = text("""
    select relname as name, relrowsecurity and relforcerowsecurity as forced,
           exists (select from pg_policy where polrelid = pg_class.oid) as policy
    from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'
""")
IN_USE = text("""
    select (select count(*) from pg_stat_activity where backend_type = 'client backend') as used,
           current_setting('max_connections')::int as most,
           (select coalesce(max(extract(epoch from now() - xact_start)), 0) from pg_stat_activity
            where backend_type = 'client backend' and state <> 'active') as longest
""")
LONG = 600
AGAIN = "run the migration: `docker compose up migrate`, or start `make demo` anew"


def server(reach: Reach) -> Iterator[Finding]:
    """PostgreSQL itself: its version, and that it keeps what it was told."""
    with reach.seeing_all("postgres") as connection:
        number = int(connection.execute(text("select current_setting('server_version_num')::int / 10000")).scalar_one())
        if number < OLDEST:
            yield bad("database server", f"PostgreSQL {number} is too old", f"upgrade to {OLDEST} or newer")
        loose = [name for name in SETTINGS if connection.execute(text(f"show {name}")).scalar() == "off"]
    for name in loose:
        yield bad("database server", f"{name} is off: {SETTINGS[name]}", f"set {name} = on in postgresql.conf and reload")
    if not loose:
        yield well("database server", f"PostgreSQL {number} keeps what it is told")


def reachable(reach: Reach) -> Iterator[Finding]:
    """Each role enters its own database with its own password."""
    for service in reach.databases:
        refused = [role for role in (service.name, f"{service.name}_post") if not _enters(reach, role)]
        name = f"database {service.name}"
        if refused:
            yield bad(name, f"{' and '.join(refused)} cannot enter it", AGAIN + ": it gives the roles their passwords")
        else:
            yield well(name, "its roles enter it")


def migrated(reach: Reach) -> Iterator[Finding]:
    """Each database has the tables that this version knows."""
    for service in reach.databases:
        name, newest = f"tables of {service.name}", migrate.revisions(service.migrations)[0]
        with reach.admin(service.name).begin() as connection:
            found = str(connection.execute(HEAD).scalar())
        yield well(name, f"at {found}") if found == newest else bad(name, f"at {found}, and this version wants {newest}", AGAIN)


def roles(reach: Reach) -> Iterator[Finding]:
    """No role of ours can do more than its work."""
    for service in reach.databases:
        name, both = f"roles of {service.name}", [service.name, f"{service.name}_post"]
        with reach.admin(service.name).begin() as connection:
            found = list(connection.execute(ROLES, {"roles": both}))
            public = connection.execute(OPEN_TO_ALL).scalar()
        wrong = [f"{role.name} is mighty (superuser, BYPASSRLS, or makes roles or databases)" for role in found if role.mighty]
        wrong += [f"{role.name} owns tables, and owners can take fences down" for role in found if role.owns]
        wrong += [f"{role.name} can become another role" for role in found if role.becomes]
        wrong += ["every role of the server may enter the database"] if public else []
        yield from (bad(name, each, f"take that from the role again; {AGAIN}") for each in wrong)
        if not wrong:
            yield well(name, "can do their work and nothing else")


def fences(reach: Reach) -> Iterator[Finding]:
    """Every table has forced row-level security and a policy."""
    for service in reach.databases:
        wrong = list(_fences_down(reach, service))
        yield from wrong
        if not wrong:
            yield well(f"fences of {service.name}", "every table has forced row-level security")


def connections(reach: Reach) -> Iterator[Finding]:
    """There is room for more connections, and nobody holds a transaction open."""
    with reach.seeing_all("postgres") as connection:
        row = connection.execute(IN_USE).one()
    if row.used > 0.9 * row.most:
        yield bad("connections", f"{row.used} of {row.most} are taken", "raise max_connections, or run fewer processes")
    else:
        yield well("connections", f"{row.used} of {row.most} are taken")
    if row.longest > LONG:
        yield bad(
            "transactions",
            f"one has been open and idle for {row.longest / 60:.0f} minutes: nothing is cleaned up meanwhile",
            "find it in pg_stat_activity and end it; set idle_in_transaction_session_timeout",
        )


def _enters(reach: Reach, role: str) -> bool:
    engine = create_engine(reach.url(role), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return bool(connection.execute(text("select true")).scalar())
    except OperationalError:
        return False


def _fences_down(reach: Reach, service: Service) -> Iterator[Finding]:
    with reach.admin(service.name).begin() as connection:
        found = list(connection.execute(FENCES))
    for table in found:
        if table.name not in service.tables.tables:
            yield note(f"fences of {service.name}", f"the table {table.name} is none of ours")
        elif not table.forced or not table.policy:
            yield bad(
                f"fences of {service.name}",
                f"the table {table.name} is open: an association may see its neighbours' rows",
                f"alter table {table.name} enable row level security, force row level security; restore its policy",
            )
