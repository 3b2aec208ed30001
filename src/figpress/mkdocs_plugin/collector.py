"""What Python's garbage collector need not look at."""

import atexit
import functools
import gc


@functools.cache
def spare_the_collector() -> None:
    """Keep garbage collection from going through what stays for good: all that is imported by now, and at the end all there is.

    It takes about a twentieth of a build that draws nothing. Once only: when serving, later builds leave garbage behind.
    """
    gc.freeze()
    atexit.register(gc.freeze)
