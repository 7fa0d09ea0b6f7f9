"""Where the log goes, and what becomes of an exception that nobody caught."""

import logging
import os
import re
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

VARIABLE = "LAYERHOLD_LOG"
"""A level (`debug`, `info`, `warning`, `error`); where it is set, stderr has the log too."""
LINE = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
FILE_BYTES = 1_000_000
FILES = 3

SECRETS = (
    (re.compile(r"(?<=://)([^\s/:@]+):[^\s/@]+@"), r"\1:***@"),
    (
        re.compile(
            r"""(?i)(["']?(?:auth|password|secret|identitytoken|registrytoken|x-registry-auth"""
            r""")["']?\s*[:=]\s*["']?)[^\s"',}]+"""
        ),
        r"\1***",
    ),
)
"""What must not be written down even if some library says it."""

log = logging.getLogger("layerhold")


def folder() -> Path:
    """Where the log files are."""
    return user_log_path("layerhold")


def file() -> Path:
    """The log of this and recent runs."""
    return folder() / "layerhold.log"


def begin(environ: Mapping[str, str] = os.environ) -> None:
    """Write a log from now on, uncaught exceptions of every thread included."""
    chosen = logging.getLevelNamesMapping().get(environ.get(VARIABLE, "").upper())
    log.setLevel(chosen or logging.INFO)
    _add(_file_handler())
    if chosen:
        _add(logging.StreamHandler())
    sys.excepthook = log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """In place of a traceback on the terminal; Ctrl+C is none of our business."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("An error that nobody expected", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(uncaught: threading.ExceptHookArgs) -> None:
    if uncaught.exc_value is not None:
        log_uncaught(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)


def _add(handler: logging.Handler) -> None:
    """Other libraries' warnings are logged too, but not their chatter."""
    handler.setFormatter(Discreet(LINE))
    logging.getLogger().addHandler(handler)


def _file_handler() -> logging.Handler:
    """A disk that refuses is no reason not to start."""
    from logging.handlers import RotatingFileHandler

    try:
        folder().mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            file(), maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8"
        )
    except OSError:
        return logging.StreamHandler()


class Discreet(logging.Formatter):
    """Writes lines without the secrets in them."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret, masked in SECRETS:
            line = secret.sub(masked, line)
        return line
