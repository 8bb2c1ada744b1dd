"""The version the client names itself by."""

VERSION = "0.1.0"
