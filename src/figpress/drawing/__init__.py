"""A figure's module to SVG, PNG, PDF, CSV and JSON, in the project's style."""
