"""What people ask for: sizes, lengths, seeds and texts, ordinary and not."""

from __future__ import annotations

from hypothesis import strategies as st

_SIDES = st.integers(1, 16384)

SIZES = st.one_of(
    st.sampled_from([(320, 180), (1920, 1080), (1080, 1920), (1024, 1024), (1, 1), (20, 1), (1, 20), (16384, 16384)]),
    st.tuples(_SIDES, _SIDES).filter(lambda size: max(size) <= 20 * min(size)),
)
"""Width and height."""
TEXTS = st.one_of(
    st.sampled_from(
        ["", "A red fox & a <blue> hen", "]]>", "<script>alert(1)</script>", "\0\x1b[31m\r\n\ud800", "狐🦊é", "x" * 999]
    ),
    st.text(st.characters(), max_size=80),
)
"""Lone surrogates included: a test kit is handed whatever a caller had in hand."""
SEEDS = st.text(st.characters(), max_size=8)
