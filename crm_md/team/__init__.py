"""Several people on one book: what the others did, and what a host lets in."""
