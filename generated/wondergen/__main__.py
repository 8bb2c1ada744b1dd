# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`python -m PACKAGE`: the command line, where its script is not on the path."""

from .cli import main

main()
