# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The documents of every service: they validate requests, give replies, and hold the facts.

The test kit, the offline upstream and the command line are built on it. It needs jsonschema and referencing, which
their extras bring.
"""

from __future__ import annotations
