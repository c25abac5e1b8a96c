"""A customer relationship manager that is a folder of Markdown files in Git."""

__version__ = "0.1.0"
