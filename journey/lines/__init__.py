"""The kinds of line of today's list: one small function each, `(workspace, today, limit)` to lines, the most
pressing first.

Each is one query or two, whatever the number of rows, and leaves out what was put aside.
"""
