# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of every client, generated with it: nothing here is edited by hand."""
