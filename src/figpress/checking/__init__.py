"""Compares the equations of pages with their functions, and runs the tests of their claims."""
