"""The gateway's web process: `gunicorn 'deploy.door:gateway()'`."""

import json
from dataclasses import asdict

from environs import FileAwareEnv
from flask import Flask

from chassis import eyes, keys, telemetry
from deploy.services import SERVICES
from gateway.app import create_gateway
from gateway.limits import Limits
from gateway.services import Services
from gateway.settings import GatewaySettings


def gateway() -> Flask:
    """The front door, as DATABASE_URL, GATEWAY_KEY, PUBLIC_URL, SMTP_URL, SAMSKAB_DEMO and SERVICE_URLS say.

    PERSON_READS_A_MINUTE, PERSON_WRITES_A_MINUTE, ASSOCIATION_READS_A_MINUTE and ASSOCIATION_WRITES_A_MINUTE limit requests.
    """
    telemetry.configure("gateway")
    env = FileAwareEnv(eager=False)
    database_url, _ = env.str("DATABASE_URL"), env.str("GATEWAY_KEY")
    public_url, demo, smtp_url = env.str("PUBLIC_URL"), env.bool("SAMSKAB_DEMO", False), env.str("SMTP_URL", "")
    addresses = env.str("SERVICE_URLS", json.dumps({service.name: f"http://{service.name}:8000" for service in SERVICES}))
    usual = Limits()
    limits = Limits(**{name: env.int(f"{name.upper()}_A_MINUTE", most) for name, most in asdict(usual).items()})
    env.seal()
    door = create_gateway(
        GatewaySettings(
            key=keys.named("GATEWAY_KEY", keys.private),
            database_url=database_url,
            services=Services.at(json.loads(addresses)),
            public_url=public_url,
            smtp_url=smtp_url or None,
            demo=demo,
            limits=limits,
        )
    )
    door.extensions["eyes"] = eyes.Eyes(service="gateway", part="web", needs={"database": eyes.database(database_url)})
    return door
