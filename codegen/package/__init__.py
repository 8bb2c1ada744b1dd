"""The hand-written part of the package, laid out as in the wheel. It is importable and type-checked where it stands.

It names no service, no operation and no package: the generator copies it into every package that it writes.
"""

from ._runtime.version import VERSION as __version__

__all__ = ["__version__"]
