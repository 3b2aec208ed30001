"""Brings figures and notebooks up to date, in worker processes."""
