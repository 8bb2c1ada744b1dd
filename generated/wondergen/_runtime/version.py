# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The version the client names itself by."""

VERSION = "0.1.0"
