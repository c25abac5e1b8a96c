"""Cut a file into pieces, and find which piece is which in two versions of it."""
