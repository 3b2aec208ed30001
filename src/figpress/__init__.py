"""A press for figures that cannot drift from their code.

It runs figure scripts, redraws what is stale and hands drawings and their numbers to the pages.
"""

from figpress.drawing.run_script import find_own_modules, run_script
from figpress.figure.facts import shown_number
from figpress.figure.parameters import Choice, Range, Text
from figpress.live.artists import Live, fill, label, plot, precomputed

__all__ = ["Choice", "Live", "Range", "Text", "fill", "label", "plot", "precomputed", "run_script", "shown_number"]

find_own_modules()
