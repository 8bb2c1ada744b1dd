# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What `fake` has for each service of this package, by the names of its clients."""

from __future__ import annotations

from .fake import ServiceFakes
from .fake_operations import FakeGeneration, FakeQuery, FakeService, FakeTask, Namespace


class Fake_edrawmax(FakeService):
    """The fake of `edrawmax`."""

    flowchart: FakeGeneration
    gantt: FakeGeneration
    infographic: FakeGeneration
    mindmap: FakeGeneration


class Fake_mediaio_image_to_image(Namespace):
    """The operations `image_to_image` of `mediaio`."""

    nano_banana: FakeTask
    nano_banana_pro: FakeTask
    seedream_4_0: FakeTask


class Fake_mediaio_image_to_video(Namespace):
    """The operations `image_to_video` of `mediaio`."""

    google_veo_3_1: FakeTask
    google_veo_3_1_fast: FakeTask
    hailuo_02: FakeTask
    hailuo_2_3: FakeTask
    kling_2_1: FakeTask
    kling_2_5_turbo: FakeTask
    kling_2_6: FakeTask
    kling_3_0: FakeTask
    motion_control_kling_2_6: FakeTask
    vidu_q2: FakeTask
    vidu_q3: FakeTask
    wan_2_2: FakeTask
    wan_2_5: FakeTask
    wan_2_6: FakeTask


class Fake_mediaio_text_to_image(Namespace):
    """The operations `text_to_image` of `mediaio`."""

    imagen_4: FakeTask
    soul_character: FakeTask


class Fake_mediaio_text_to_video(Namespace):
    """The operations `text_to_video` of `mediaio`."""

    vidu_q3: FakeTask
    wan_2_5: FakeTask
    wan_2_6: FakeTask


class Fake_mediaio(FakeService):
    """The fake of `mediaio`."""

    image_to_image: Fake_mediaio_image_to_image
    image_to_video: Fake_mediaio_image_to_video
    text_to_image: Fake_mediaio_text_to_image
    text_to_video: Fake_mediaio_text_to_video
    credits: FakeQuery
    task_result: FakeQuery


class Fake_tomoviee(FakeService):
    """The fake of `tomoviee`."""

    first_last_frame_to_video: FakeTask
    task_result: FakeQuery
    image_recognition: FakeTask
    image_redrawing: FakeTask
    image_to_image: FakeTask
    image_to_video: FakeTask
    text_to_music: FakeTask
    text_to_sound_effect: FakeTask
    text_to_speech: FakeTask
    text_to_video: FakeTask
    video_continuation: FakeTask
    video_soundtrack: FakeTask


class Fake(ServiceFakes):
    """One stateful fake a service. See `ServiceFakes` for what all of them share."""

    edrawmax: Fake_edrawmax
    mediaio: Fake_mediaio
    tomoviee: Fake_tomoviee
