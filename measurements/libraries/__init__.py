"""One module for each library: REQUIREMENTS, and ROWS of calls to measure; FINDINGS where there is more to tell."""
