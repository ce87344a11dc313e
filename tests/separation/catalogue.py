"""What PostgreSQL's own catalogue says about a service's tables and roles, held against what separation needs."""

from typing import Any

from sqlalchemy import Connection, MetaData, text

TABLES = text("""
    select c.relname as name, c.relrowsecurity as guarded, c.relforcerowsecurity as forced,
           exists (select 1 from pg_policy p where p.polrelid = c.oid) as policy,
           exists (select 1 from pg_attribute a
                   where a.attrelid = c.oid and a.attname = 'association_id' and a.attnotnull) as has_association
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'alembic_version'
""")
INDEXES = text("""
    select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as on_table,
           (select attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) as first
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and c.relname <> 'alembic_version'
""")
FOREIGN = text("""
    select conname as name, conrelid::regclass::text as on_table,
           (select attname from pg_attribute a where a.attrelid = conrelid and a.attnum = conkey[1]) as first
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
""")
ROLES = text("""
    select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty,
           exists (select 1 from pg_class where relowner = pg_roles.oid) as owns,
           exists (select 1 from pg_auth_members where member = pg_roles.oid) as becomes
    from pg_roles where rolname in (cast(:service as text), cast(:service as text) || '_post')
""")
RIGHTS = text("""
    select grantee || ' may ' || privilege_type || ' ' || table_name from information_schema.role_table_grants
    where grantee in (cast(:service as text), cast(:service as text) || '_post')
      and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
""")
LOOSE = text("""
    select 'view ' || relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
""")
POLICIES = text("""
    select polname as name, polcmd as does, coalesce(pg_get_expr(polqual, polrelid), '') as sees,
           coalesce(pg_get_expr(polwithcheck, polrelid), '') as writes
    from pg_policy where polrelid = to_regclass(:table)
""")
READS_WHOSE = text("""
    select grantee from information_schema.column_privileges
    where table_name = :table and column_name = 'association_id' and privilege_type = 'SELECT' and grantee = :service
""")
SHARED = {
    "shared_templates": "associations share these by choice; all read them, nobody whose they are, and only they change them"
}
"""The tables that everybody reads and only the owner of a row changes: each with its reason."""

POST_SEES = {"outbox", "inbox", "heard", "in_hand", "unreadable", "closed"}
SEES = text(
    "select distinct table_name from information_schema.role_table_grants where grantee = cast(:service as text) || '_post'"
)


def faults(connection: Connection, service: str, tables: MetaData) -> list[str]:
    """Everything that is wrong, in words; empty is how it should be."""
    excused = {name for name, table in tables.tables.items() if "no_association" in table.info}
    found = [fault for table in connection.execute(TABLES) for fault in _of_table(table, excused)]
    for kind, query in (("index", INDEXES), ("foreign key", FOREIGN)):
        found += [
            f"{kind} {row.name} does not lead with the association"
            for row in connection.execute(query)
            if row.first != "association_id" and row.on_table not in excused
        ]
    found += [fault for name in SHARED if name in tables.tables for fault in _of_shared(connection, service, name)]
    for role in connection.execute(ROLES, {"service": service}):
        found += [f"role {role.name} {what}" for what in ("mighty", "owns", "becomes") if getattr(role, what)]
    found += connection.execute(RIGHTS, {"service": service}).scalars().all()
    found += connection.execute(LOOSE).scalars().all()
    seen = set(connection.execute(SEES, {"service": service}).scalars())
    return found + [f"the post sees {name}" for name in sorted(seen - POST_SEES)]


def _of_table(table: Any, excused: set[str]) -> list[str]:
    wrong = [what for what in ("guarded", "forced", "policy") if not getattr(table, what)]
    if not table.has_association and table.name not in excused:
        wrong.append("has_association")
    return [f"table {table.name} is not {what}" for what in wrong]


def _of_shared(connection: Connection, service: str, table: str) -> list[str]:
    """Reading is open; every other policy asks whose row it is, and whose it is cannot be read."""
    held = list(connection.execute(POLICIES, {"table": table}))
    wrong = [
        f"policy {policy.name} lets others change {table}"
        for policy in held
        if policy.does != "r" and not all("app.association_id" in part for part in (policy.sees, policy.writes) if part)
    ]
    wrong += [] if {policy.does for policy in held} == {"r", "a", "w", "d"} else [f"table {table} is not shared by four policies"]
    readers = connection.execute(READS_WHOSE, {"table": table, "service": service}).scalars().all()
    return wrong + [f"{reader} reads whose {table} are" for reader in readers]
