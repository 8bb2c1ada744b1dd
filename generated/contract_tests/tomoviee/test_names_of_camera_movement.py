# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of Tomoviee: CameraMovement: each name is sent as its number."""

from __future__ import annotations

from wondergen.tomoviee.enums import CameraMovement

from ..rows import Accepted
from ..support import Stage, about, request_of
from . import test_first_last_frame_to_video as sample

ENDPOINT, SMALLEST = sample.TestFirstLastFrameToVideo.endpoint, sample.TestFirstLastFrameToVideo.smallest
MEMBERS = (
    ("ORBIT", 1),
    ("SPIN", 2),
    ("PAN_LEFT", 3),
    ("PAN_RIGHT", 4),
    ("TILT_UP", 5),
    ("TILT_DOWN", 6),
    ("PUSH_IN", 7),
    ("PULL_OUT", 8),
    ("STATIC", 9),
    ("TRACKING", 10),
    ("OTHERS", 11),
    ("OBJECT_POV", 12),
    ("SUPER_DOLLY_IN", 13),
    ("SUPER_DOLLY_OUT", 14),
    ("SNORRICAM", 15),
    ("HEAD_TRACKING", 16),
    ("CAR_GRIP", 17),
    ("SCREEN_TRANSITION", 18),
    ("CAR_CHASING", 19),
    ("FISHEYE", 20),
    ("FPV_DRONE", 21),
    ("CRANE_OVER_THE_HEAD", 22),
    ("TIMELAPSE_LANDSCAPE", 23),
    ("DOLLY_IN", 24),
    ("DOLLY_OUT", 25),
    ("ZOOM_IN", 26),
    ("ZOOM_OUT", 27),
    ("FULL_SHOT_WIDE", 28),
    ("CLOSE_UP_SHOT", 29),
    ("EXTREME_CLOSE_UP", 30),
    ("MACRO_SHOT", 31),
    ("BIRDS_EYE_VIEW", 32),
    ("RULE_OF_THIRDS", 33),
    ("SYMMETRICAL_COMPOSITION", 34),
    ("HANDHELD", 35),
    ("FPV_SHOT", 36),
    ("JIB_UP", 37),
    ("JIB_DOWN", 38),
    ("FULL_SHOT_SUBJECT", 39),
    ("TIME_LAPSE_SHOT", 40),
    ("AERIAL_SHOT", 41),
    ("LOW_ANGLE_SHOT", 42),
    ("EYE_LEVEL_SHOT", 43),
    ("DIAGONAL_COMPOSITION", 44),
    ("OVER_SHOULDER_SHOT", 45),
    ("CRANE_DOWN", 46),
)


def test_the_names_have_their_numbers() -> None:
    assert {member.name: member.value for member in CameraMovement} == dict(MEMBERS)


def test_a_name_goes_on_the_wire_as_its_number(stage: Stage) -> None:
    members = [CameraMovement[name] for name, _ in MEMBERS] + [name.lower() for name, _ in MEMBERS]
    row = Accepted(
        "camera_move_index", members, wire=[number for _, number in MEMBERS] * 2, wire_name="camera_move_index"
    )
    for member, call in row.calls(ENDPOINT, SMALLEST):
        with about(member):
            stage.send(ENDPOINT, call)
            assert stage.request_faults(ENDPOINT) == []
            assert stage.differences(request_of(ENDPOINT, call)) == []
            stage.clear()
