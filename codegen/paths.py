"""Where things are in the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "specs"
CLAIMS = SPECS / "claims"
DECISIONS = SPECS / "decisions"
OVERLAYS = SPECS / "overlays"
OPENAPI = SPECS / "openapi"
REPORT = SPECS / "RECONCILIATION.md"
EXCUSED = SPECS / "unproven.yaml"
GENERATED = ROOT / "generated"
EXTENSIONS = SPECS / "extensions.schema.json"
EVIDENCE = SPECS / "evidence"
REFERENCE = ROOT / "docs" / "reference"
LLMS = ROOT / "llms.txt"
