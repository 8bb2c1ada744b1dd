"""Many pictures side by side: one coroutine a prompt, and no prompt spoils the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from wondergen import AsyncMediaIO, WondergenError


async def contact_sheet(prompts: Sequence[str], folder: Path) -> dict[str, Path | str]:
    """Return each prompt with the file of its picture, or with what went wrong."""
    async with AsyncMediaIO() as client:

        async def picture(prompt: str) -> Path | str:
            try:
                task = await client.text_to_image.imagen_4(prompt)
                result = await task.wait()
                return (await result.save(folder))[0]
            except WondergenError as error:
                return str(error)

        pictures = await asyncio.gather(*(picture(prompt) for prompt in prompts))
    return dict(zip(prompts, pictures, strict=True))
