"""The post process of one of the pair, with what a test may change about it: `python -m tests.faults.process counter`."""

import os
import signal
import sys
from datetime import timedelta
from threading import Event as Flag

from chassis import failpoint, post_office, relay, telemetry
from chassis.post_office import PostOffice
from chassis.service import run_on
from chassis.transport.rabbitmq import RabbitMQ
from tests.faults.pair import BY_NAME, HEARD


def main(name: str) -> None:
    """Relay, listen and read until told to stop."""
    telemetry.configure(name)
    post_office.LONGEST_WAIT = 2.0
    relay.FREEZE = timedelta(seconds=float(os.environ.get("FREEZE", "60")))
    failpoint.arm_from_environment()
    transport = RabbitMQ(os.environ["AMQP_URL"])
    running = run_on(
        BY_NAME[name], url=os.environ["DATABASE_URL"], post_url=os.environ["POST_DATABASE_URL"], transport=transport, heard=HEARD
    )
    office, stop = PostOffice(running, transport), Flag()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    office.start()
    stop.wait()
    office.stop()


if __name__ == "__main__":
    main(sys.argv[1])
