"""The catalogue and the full text: caches over the files, which may be deleted at any moment."""
