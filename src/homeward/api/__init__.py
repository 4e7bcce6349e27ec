"""The read API: the tracker, a child, deadlines and promises as JSON, for a council's own programs.

The same queries, access, audit and limits as the pages. A token says who asks (records/operations/tokens.py,
web/guard.py); no cookie comes in or goes out.
"""
