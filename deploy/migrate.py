"""Makes and mends roles, databases and tables of every service, then ends; nothing else starts before it succeeded."""

import os
import sys
from pathlib import Path

from deploy.postgres.provision import provision
from deploy.secrets import passwords
from deploy.services import SERVICES
from gateway.store import SERVICE as GATEWAY


def main(folder: Path, admin_url: str = "") -> None:
    """`folder` holds the secrets that `deploy.secrets` wrote."""
    admin_url = admin_url or os.environ.get("ADMIN_DATABASE_URL") or (folder / "admin.database_url").read_text(encoding="ascii")
    for number, service in enumerate((GATEWAY, *SERVICES), start=1):
        print(f"{number}/{len(SERVICES) + 1} {service.name}", flush=True)
        provision(admin_url, service, passwords(folder, service.name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
