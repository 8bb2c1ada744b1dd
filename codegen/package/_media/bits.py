"""Bits written as text: fixed and variable numbers as video and audio streams spell them, then packed to bytes."""

from __future__ import annotations

from functools import lru_cache


def fixed(value: int, width: int) -> str:
    """A number in so many bits."""
    return format(value, f"0{width}b")


@lru_cache(maxsize=1024)
def unsigned(value: int) -> str:
    """An Exp-Golomb number, ue(v): as many zeros as there are bits to come."""
    code = format(value + 1, "b")
    return "0" * (len(code) - 1) + code


def signed(value: int) -> str:
    """An Exp-Golomb number with a sign, se(v): 0, 1, -1, 2, -2 …"""
    return unsigned(2 * value - 1 if value > 0 else -2 * value)


def packed(stream: str) -> bytes:
    """The bytes of these bits, filled up with zeros."""
    filled = stream + "0" * (-len(stream) % 8)
    return int("0" + filled, 2).to_bytes(len(filled) // 8, "big")
