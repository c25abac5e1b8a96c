"""Everyday changes: each one action, one commit, undoable."""
