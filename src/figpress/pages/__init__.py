"""What pages are written in, and what they show. Knows no MkDocs."""
