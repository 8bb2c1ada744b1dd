"""Vendor documents → claims: one reader per kind of document."""
