"""What the generated package carries as it stands here: self-contained modules, copied word for word."""

from __future__ import annotations

from pathlib import Path

MEDIA = Path(__file__).resolve().parent / "media"


def files() -> dict[str, str]:
    """Every verbatim copy, by its path under the package: `media/png.py` becomes `_media/png.py`."""
    return {f"_media/{path.name}": path.read_text(encoding="utf-8") for path in sorted(MEDIA.glob("*.py"))}
