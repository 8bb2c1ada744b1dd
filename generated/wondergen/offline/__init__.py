# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The offline upstream: a local stand-in for every service of this package, driven by the catalog alone."""
