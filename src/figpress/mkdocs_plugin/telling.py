"""What a long build says while it goes on, to those who wait for it."""

import logging
from collections.abc import Callable
from time import monotonic

PATIENCE = 5.0
"""Seconds without a word. A build of what an edit has changed is done before."""


def now_and_then(log: logging.Logger, what: str) -> Callable[[str, int, int], None]:
    """What is to be called whenever one more of some things is done: it logs how many are, where it has long been silent."""
    said = monotonic()

    def tell(name: str, done: int, number: int) -> None:
        nonlocal said
        if done < number and monotonic() - said >= PATIENCE:
            said = monotonic()
            log.info(f"{done} of {number} {what}")

    return tell
