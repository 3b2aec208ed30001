"""A press for figures that cannot drift from their code.

It runs figure scripts, redraws what is stale and hands drawings and their numbers to the pages.
"""

from figpress.parameters import Choice, Range
from figpress.script import run_script

__all__ = ["Choice", "Range", "run_script"]
