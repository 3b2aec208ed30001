"""What a run depended on, and whether any of it has changed. Knows no figure."""
