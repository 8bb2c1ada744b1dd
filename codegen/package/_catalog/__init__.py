"""The catalog at hand: the documents of every service, as judge of requests, maker of replies and source of facts.

The test kit, the offline upstream and the command line are built on it. It needs jsonschema and referencing, which
their extras bring.
"""
