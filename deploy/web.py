"""A service's web process: `gunicorn 'deploy.web:service("ideas")'`."""

from flask import Flask

from chassis import eyes, telemetry
from chassis.service import run_on
from chassis.settings import service_settings
from chassis.tokens import Verifier
from chassis.transport.rabbitmq import RabbitMQ
from deploy.services import BY_NAME, HEARD


def service(name: str) -> Flask:
    """The web application of one service. It never touches the broker: its letters wait in the outbox for the post."""
    telemetry.configure(name)
    settings = service_settings()
    running = run_on(
        BY_NAME[name],
        url=settings.database_url,
        post_url=settings.post_database_url,
        transport=RabbitMQ(settings.amqp_url),
        heard=HEARD,
    )
    app = running.app(Verifier(settings.gateway_keys, name), settings.sealer)
    app.extensions["eyes"] = eyes.Eyes(service=name, part="web", needs={"database": eyes.database(settings.database_url)})
    return app
