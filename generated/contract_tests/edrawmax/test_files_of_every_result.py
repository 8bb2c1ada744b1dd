# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of EdrawMax: the files of a result are of the kind it promises, from the hosts it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wondergen import DownloadError, UntrustedHost

from ..files import KINDS, OTHERS, SAMPLES, handed_out
from ..rows import Made, Reply
from ..support import Stage
from ..tables import about, name_of
from . import test_flowchart, test_gantt, test_infographic, test_mindmap

RESULTS = (
    Made(
        test_flowchart.ENDPOINT,
        test_flowchart.SMALLEST,
        None,
        None,
        "diagram",
        True,
        "files.aliyuncs.com",
        (".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
    ),
    Made(
        test_gantt.ENDPOINT,
        test_gantt.SMALLEST,
        None,
        None,
        "diagram",
        True,
        "files.aliyuncs.com",
        (".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
    ),
    Made(
        test_infographic.ENDPOINT,
        test_infographic.SMALLEST,
        None,
        None,
        "diagram",
        True,
        "files.aliyuncs.com",
        (".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
    ),
    Made(
        test_mindmap.ENDPOINT,
        test_mindmap.SMALLEST,
        None,
        None,
        "diagram",
        True,
        "files.aliyuncs.com",
        (".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
    ),
)


def result_of(stage: Stage, made: Made, host: str) -> Any:
    """The result of a call, with its files at a host."""
    answering = made.poll or made.endpoint
    reply = json.loads(json.dumps(answering.reply).replace(made.host, host))
    if made.poll is None or made.poll_call is None:
        return stage.send(made.endpoint, made.call, Reply(answering.status, reply))
    task = stage.send(made.endpoint, made.call)
    stage.answers(made.poll, made.poll_call, Reply(answering.status, reply))
    return stage.finish(task.wait())


@pytest.mark.parametrize("made", RESULTS, ids=name_of)
def test_a_file_of_the_promised_kind_is_saved(stage: Stage, tmp_path: Path, made: Made) -> None:
    result = result_of(stage, made, made.host)
    for kind in KINDS[made.media]:
        with handed_out(stage, SAMPLES[kind]) as asked:
            paths = stage.finish(result.save(tmp_path / kind))
        assert [headers["host"] for headers in asked] == [made.host] * len(result.urls)
        assert [(path.suffix, path.read_bytes()) for path in paths] == [(f".{kind}", SAMPLES[kind])] * len(result.urls)
        # Credentials are for the service alone.
        assert [name for headers in asked for name in headers if name in made.endpoint.headers] == []


@pytest.mark.parametrize("made", [made for made in RESULTS if made.placed], ids=name_of)
def test_a_file_of_another_kind_is_not_kept(stage: Stage, tmp_path: Path, made: Made) -> None:
    result = result_of(stage, made, made.host)
    with handed_out(stage, SAMPLES[OTHERS[made.media]]), pytest.raises(DownloadError):
        stage.finish(result.save(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("made", [made for made in RESULTS if made.hosts], ids=name_of)
def test_files_come_from_the_named_domains_alone(stage: Stage, tmp_path: Path, made: Made) -> None:
    for number, domain in enumerate(made.hosts):
        with about(domain), handed_out(stage, SAMPLES[KINDS[made.media][0]]) as asked:
            result = result_of(stage, made, f"canary{domain}")
            assert len(stage.finish(result.save(tmp_path / str(number)))) == len(asked) == len(result.urls)
            stage.taken()
            result = result_of(stage, made, f"canary-{domain.lstrip('.')}")
            with pytest.raises(UntrustedHost):
                stage.finish(result.save(tmp_path))
            assert len(asked) == len(result.urls)
            stage.taken()
