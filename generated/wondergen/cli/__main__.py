# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`python -m PACKAGE.cli`, where the script is not on the path."""

from . import main

main()
