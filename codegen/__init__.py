"""The generator of wondergen: vendor documents → claims → OpenAPI catalog → Python package and its contract tests."""

VERSION = "0.1.0"
"""The version of the generated package; the wheel takes it from here."""
