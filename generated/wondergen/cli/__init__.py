# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The command line: every operation of this package as a command, made from the methods and the catalog."""
