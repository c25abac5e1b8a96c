"""Several people on one book: what the others did, how it is joined, what a host lets in."""
