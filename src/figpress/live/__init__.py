"""Figures that a page can move: plain Python compiled to JavaScript, and the artists that it moves."""
