"""What a figure is: its parameters, and how its numbers are written."""
