"""How many steps are shown of the walkthrough: those that its given numbers ask for, and a few more.

Apart from the numbers that are given, so that an edit of these redraws only what shows the walk.
"""

from figures import given

# L1's steps to 0, and two in which it stays.
N_STEPS = round(given.W0 / (given.ETA * given.LAM)) + 2

# The steps of the walk that does not arrive on its first side, and some to and fro.
N_STEPS_UNEVEN = int(given.W0_UNEVEN / (given.ETA * given.LAM)) + 7
