<<<<<<< HEAD
"""Several people on one book: what the others did, and what a host lets in."""
=======
"""The room of the team: share, merge and look after one book from several clones."""
>>>>>>> e05f573 (Share with the team: join two commits without the folder, move there, push)
