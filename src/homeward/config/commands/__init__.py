"""The commands of `homeward`, one module each.

A module's name is the command's (a closing underscore is dropped: `import_.py` is `import`). Its docstring is
the help: first a sentence, then an example. `add_arguments(parser)` and `run(args) -> exit code` do the rest.
Import what needs Django inside `run`, after `homeward.config.database.ready()`.
"""
