"""Whether RabbitMQ lets each service do its own and nothing else, and whether each queue is there and listened to."""

from collections.abc import Iterator
from contextlib import contextmanager

import pika
from pika.exceptions import AMQPConnectionError, AMQPError, ChannelClosedByBroker, ConnectionBlockedTimeout
from sqlalchemy.engine import make_url

from chassis.transport.rabbitmq import ARGUMENTS, exchange_of, queue_of
from deploy.command.reach import Reach
from deploy.services import SERVICES
from deploy.upkeep.doctor.finding import Finding, bad, note, well

OLDEST = (3, 10)
PROBE = "doctor.probe"
"""A routing key that no queue is bound to: what is published under it goes nowhere."""

REFUSED, MISSING, OTHERWISE, FULL = 403, 404, 406, 1
LOAD = "load definitions.json into it: restart rabbitmq, or `rabbitmqctl import_definitions`"


def users(reach: Reach) -> Iterator[Finding]:
    """Each service logs in with its own name; nobody logs in as guest."""
    if reach.data:
        yield note("broker", "an installation in one process has none")
        return
    for service in SERVICES:
        try:
            with _open(reach.amqp_url(service.name)) as connection:
                version = str(connection._impl.server_properties.get("version"))
        except AMQPError as no:
            yield bad(f"broker for {service.name}", f"cannot be entered ({type(no).__name__})", f"start RabbitMQ, or {LOAD}")
            continue
        if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
            yield bad(f"broker for {service.name}", f"RabbitMQ {version} is too old", "upgrade to 3.10 or newer")
        else:
            yield well(f"broker for {service.name}", f"RabbitMQ {version} lets it in")
    if _guest_enters(reach.amqp_url(SERVICES[0].name)):
        yield bad("broker", "guest, whose password everybody knows, is let in", "rabbitmqctl delete_user guest")


def rights(reach: Reach) -> Iterator[Finding]:
    """Each service publishes to its own exchange and to no other's."""
    for service, other in zip(SERVICES, SERVICES[1:] + SERVICES[:1], strict=True) if reach.data is None else ():
        name, url = f"rights of {service.name}", reach.amqp_url(service.name)
        own, foreign = _publishes(url, exchange_of(service.name)), _publishes(url, exchange_of(other.name))
        if own == MISSING or foreign == MISSING:
            yield note(name, "an exchange is not there yet: it is made when its service starts")
        elif own == REFUSED:
            yield bad(name, "it may not publish to its own exchange", LOAD)
        elif foreign != REFUSED:
            yield bad(name, f"it may publish in the name of {other.name}", LOAD)
        elif own == FULL:
            yield bad(name, "the broker takes no letters now", "free memory or disk on the broker's machine")
        else:
            yield well(name, "it publishes in its own name and in no other's")


def exchanges(reach: Reach) -> Iterator[Finding]:
    """Each exchange is there, and is made as we make it. Who tells nothing that anybody hears has none until it first does."""
    heard = {teller for service in SERVICES for teller, _ in service.topics}
    for service in SERVICES if reach.data is None else ():
        name, exchange = f"exchange of {service.name}", exchange_of(service.name)
        try:
            with _open(reach.amqp_url(service.name)) as connection:
                connection.channel().exchange_declare(exchange, passive=True)
                connection.channel().exchange_declare(exchange, "topic", durable=True)
            yield well(name, "is there")
        except ChannelClosedByBroker as no:
            if no.reply_code == OTHERWISE:
                yield bad(
                    name, "is made otherwise than we make it", f"delete it, and restart {service.name}-post and all who listen"
                )
            elif no.reply_code != MISSING:
                yield bad(name, "its service may not use it", LOAD)
            elif service.name in heard:
                yield bad(name, "is not there", "restart the posts, which make it and bind their queues to it")


def queues(reach: Reach) -> Iterator[Finding]:
    """Each queue is there, is made as we make it, and somebody listens."""
    for service in SERVICES if reach.data is None else ():
        if not service.topics:
            continue
        name = f"queue of {service.name}"
        try:
            with _open(reach.amqp_url(service.name)) as connection:
                found = connection.channel().queue_declare(queue_of(service.name), passive=True).method
                connection.channel().queue_declare(queue_of(service.name), durable=True, arguments=ARGUMENTS)
        except ChannelClosedByBroker as no:
            yield _wrong(name, service.name, no.reply_code)
            continue
        if not found.consumer_count:
            yield bad(name, f"nobody listens, and {found.message_count} letters lie there", f"start {service.name}-post")
        else:
            yield well(name, f"is listened to; {found.message_count} letters lie there")


def _wrong(name: str, service: str, code: int) -> Finding:
    if code == MISSING:
        return bad(name, "is not there", f"start {service}-post, which makes it and binds it")
    if code == OTHERWISE:
        return bad(name, "is made otherwise than we make it", f"delete it when it is empty, and restart {service}-post")
    return bad(name, "its service may not use it", LOAD)


def _publishes(url: str, exchange: str) -> int:
    """0: the broker took a letter that goes nowhere; else why not."""
    try:
        with _open(url) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            channel.basic_publish(exchange, PROBE, b"")
            return 0
    except ConnectionBlockedTimeout:
        return FULL
    except ChannelClosedByBroker as no:
        return int(no.reply_code)


def _guest_enters(url: str) -> bool:
    if make_url(url.replace("amqp://", "postgresql://")).username == "guest":
        return True
    try:
        with _open("amqp://guest:guest@" + url.rpartition("@")[2].partition("/")[0] + "/"):
            return True
    except AMQPConnectionError:
        return False


@contextmanager
def _open(url: str) -> Iterator[pika.BlockingConnection]:
    parameters = pika.URLParameters(url)
    parameters.socket_timeout = parameters.blocked_connection_timeout = 5
    parameters.connection_attempts = 1
    connection = pika.BlockingConnection(parameters)
    try:
        yield connection
    finally:
        if connection.is_open:
            connection.close()
