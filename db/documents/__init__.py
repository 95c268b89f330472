"""Word and Excel files out."""
