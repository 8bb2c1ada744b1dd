"""Contract tests of documents without a lifecycle of tasks: one module an operation, over any OpenAPI.

What a call has to become is worked out here from the document itself, without the runtime's help: parameters, styles,
media types, security and replies are read again, on purpose, so that a mistake of the generator is not shared.
"""

from __future__ import annotations

from codegen.contracts.general.suite_files import ContractPages

__all__ = ["ContractPages"]
