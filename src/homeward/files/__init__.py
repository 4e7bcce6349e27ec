"""The one gate for files that come in: accepted as something safe, or refused in a sentence.

`gate.accept` is for what is kept with a child, `zips` and `workbooks` for the files of an import. What has
to be taken apart is taken apart by a process of its own (`apart`), which may open nothing and runs out of
time and memory before the service does.
"""
