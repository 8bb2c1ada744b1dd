"""The generator: vendor documents → claims → catalog → client and contract tests."""

from codegen.package._runtime.version import VERSION as VERSION
