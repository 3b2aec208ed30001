"""What real libraries minimise, read off their fits. `python -m measurements.run` measures; results.json is what came out."""
