"""What `--runner` says, and what it is told where it says nothing."""

from __future__ import annotations

import pytest

from qmix_core.base.errors import ConfigError
from qmix_core.runners.line import Line
from qmix_core.runners.spec import Elsewhere, Local, OtherPython, parse_runner


@pytest.mark.parametrize(
    ("text", "runner"),
    [
        ("local", Local()),
        ("", Local()),
        ("python:/opt/env/bin/python", OtherPython("/opt/env/bin/python")),
        (r"python:C:\env\python.exe", OtherPython(r"C:\env\python.exe")),
        ("ssh:lab", Elsewhere("lab")),
        ("ssh:me@lab.org:/env/bin/python", Elsewhere("me@lab.org", "/env/bin/python")),
        ("ssh:[::1]:/env/bin/python", Elsewhere("[::1]", "/env/bin/python")),
        ("srun:gpu", Elsewhere(partition="gpu")),
        (
            "srun:gpu,gres=gpu:1,time=4:00:00",
            Elsewhere(partition="gpu", options=("gres=gpu:1", "time=4:00:00")),
        ),
        ("ssh:login+srun:gpu,exclusive", Elsewhere("login", "", "gpu", ("exclusive",))),
    ],
)  # fmt: skip
def test_every_form_is_read(text, runner):
    assert parse_runner(text) == runner


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("lab", "There is no runner 'lab'"),
        ("python:", "lacks its path"),
        ("ssh:", "names no computer"),
        ("ssh:-oProxyCommand=evil", "names no computer"),
        ("ssh:lab;reboot", "names no computer"),
        ("srun:", "names no partition"),
        ("srun:gpu,--wrap=evil", "no option of Slurm"),
        ("srun:gpu,gres=a b", "no option of Slurm"),
        ("ssh:lab+reboot", "names no partition"),
    ],
)
def test_what_is_no_runner_is_one_sentence(text, sentence):
    with pytest.raises(ConfigError, match=sentence):
        parse_runner(text)


def test_the_shell_there_takes_no_word_for_an_order(server):
    line = Line(parse_runner("ssh:lab:/my env/python;reboot"), "/a folder/$(reboot)")
    assert line.far("held")[-1] == (
        "'/my env/python;reboot' -P -m qmix_core far held '--folder=/a folder/$(reboot)'"
    )
