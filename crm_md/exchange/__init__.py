"""Formats of other programs: bytes in, values out, and a plan of what would change here."""
