"""A spreadsheet becomes checked rows: bytes in, dataclasses out."""
