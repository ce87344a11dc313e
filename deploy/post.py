"""A service's post process: `python -m deploy.post ideas`; it stops gracefully on SIGTERM, and is looked at on METRICS_PORT."""

import signal
import sys
from threading import Event as Flag

from chassis import eyes, telemetry
from chassis.post_office import PostOffice
from chassis.service import run_on
from chassis.settings import service_settings
from chassis.transport.rabbitmq import RabbitMQ
from deploy.services import BY_NAME, HEARD


def main(name: str) -> None:
    """Relay, listen and read until told to stop."""
    telemetry.configure(name, "post")
    settings = service_settings()
    transport = RabbitMQ(settings.amqp_url)
    running = run_on(
        BY_NAME[name], url=settings.database_url, post_url=settings.post_database_url, transport=transport, heard=HEARD
    )
    office, stop = PostOffice(running, transport), Flag()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    office.start()
    needs, wants = {"database": eyes.database(settings.post_database_url)}, {"post": office.troubles}
    eyes.open_where_asked(eyes.Eyes(service=name, part="post", needs=needs, wants=wants, lives=office.lives))
    stop.wait()
    office.stop()


if __name__ == "__main__":
    main(sys.argv[1])
