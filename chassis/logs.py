"""The form of every log line: JSON that says when, how grave, which service, and where it belongs; never what anybody wrote."""

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, Processor

DEEPEST = 12
"""Calls that are shown of where a failure came from, the innermost ones."""

log = structlog.get_logger()


def configure(service: str, part: str = "web") -> None:
    """One line per event on standard error, of our own code and of the libraries; plain lines when LOG_FORMAT=plain."""
    level = os.environ.get("LOG_LEVEL", "info")
    plain = os.environ.get("LOG_FORMAT") == "plain"
    structlog.configure(
        processors=[
            _named(service, part),
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _without_words,
            structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    root = logging.getLogger()
    root.handlers = [Libraries()]
    root.setLevel(logging.WARNING)
    threading.excepthook = _ended


def called(failure: BaseException) -> str:
    """What a failure is called. What it says is left out: it may hold what somebody wrote."""
    cause = failure.orig if isinstance(failure, DBAPIError) and failure.orig else failure
    return " ".join(filter(None, (type(cause).__name__, getattr(cause, "sqlstate", None))))


class Libraries(logging.Handler):
    """Log lines of libraries in the same form: the words that they always say, and numbers, but nothing that was sent to us."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it as ours."""
        filled = record.args if isinstance(record.args, tuple) else ()
        numbers = [value for value in filled if isinstance(value, int | float)]
        facts: dict[str, Any] = {"library": record.name} | ({"numbers": numbers} if numbers else {})
        log.log(record.levelno, _template(record), exc_info=record.exc_info, **facts)


def _ended(thread: threading.ExceptHookArgs) -> None:
    log.critical("a thread ended", thread=thread.thread.name if thread.thread else "", exc_info=thread.exc_value)


def _template(record: logging.LogRecord) -> str:
    """A message before anything is put into it; of one that was put together already, the part before the first sign."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    return record.msg if record.args else re.split(r"[=:'\"<(\[\n]", record.msg, maxsplit=1)[0].strip()


def _named(service: str, part: str) -> Processor:
    return lambda _, __, line: {"service": service, "part": part, **line}


def _without_words(_: Any, __: str, line: EventDict) -> EventDict:
    """A failure by its name and by where it came from."""
    raised = line.pop("exc_info", None)
    failure = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if isinstance(failure, BaseException):
        line["exception"] = [{"failure": called(each), "at": _places(each.__traceback__)} for each in _chain(failure)]
    return line


def _chain(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    frames = [(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in traceback.walk_tb(trace)]
    return ["/".join(Path(file).parts[-2:]) + f":{line} {name}" for file, line, name in frames[-DEEPEST:]]
