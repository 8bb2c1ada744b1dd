"""The version the client names itself by. The generator writes it as a literal into the package."""

from codegen import VERSION as VERSION
