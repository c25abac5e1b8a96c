"""What becomes of files that two sides changed: of each alone, and of where it stands."""
