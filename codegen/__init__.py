"""The generator of wondergen: vendor documents → claims → OpenAPI catalog → Python package and its contract tests."""
