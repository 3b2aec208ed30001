"""A press for figures that cannot drift from their code.

It runs figure scripts, redraws what is stale and hands drawings and their numbers to the pages.
"""

from figpress.compiler import precomputed
from figpress.facts import shown_number
from figpress.live import Live, fill, label, plot
from figpress.parameters import Choice, Range
from figpress.script import run_script

__all__ = ["Choice", "Live", "Range", "fill", "label", "plot", "precomputed", "run_script", "shown_number"]
