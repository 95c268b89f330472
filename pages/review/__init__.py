"""Reviewing lists: verdicts, possible duplicates, posting."""
