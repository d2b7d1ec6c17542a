"""A file becomes drafts, drafts become contacts."""
