"""Everyday questions: who is this, who to call, what was said, who changed what."""
