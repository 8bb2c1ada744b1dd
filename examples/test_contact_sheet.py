"""The contact sheet: asynchronous code is tested in the same way."""

from __future__ import annotations

import asyncio
from pathlib import Path

from wondergen.testing import Fake

from examples.contact_sheet import contact_sheet


def test_one_failure_spoils_no_other_picture(fake: Fake, tmp_path: Path) -> None:
    fake.mediaio.text_to_image.imagen_4.succeeds().refuses("InsufficientCredits").succeeds(after=10)
    sheet = asyncio.run(contact_sheet(["a fox", "a lake", "a moon"], tmp_path))
    fox, lake, moon = sheet.values()
    assert isinstance(fox, Path)
    assert isinstance(moon, Path)
    assert "imagen_4: " in str(lake)


def test_the_pictures_are_made_side_by_side(fake: Fake, tmp_path: Path) -> None:
    asyncio.run(contact_sheet([f"fox {number}" for number in range(10)], tmp_path))
    assert fake.clock.elapsed < fake.clock.slept / 4
