"""A customer relationship manager that is a folder of Markdown files in Git."""
