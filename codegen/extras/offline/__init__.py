"""The offline upstream: a local stand-in for every service of this package, driven by the catalog alone."""
