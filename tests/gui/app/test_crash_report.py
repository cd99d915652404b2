from __future__ import annotations

from pathlib import Path

import pytest

from qmix_gui.app.crash import end_of_log, report_text


@pytest.mark.parametrize(
    "text",
    [
        "cannot read /data/Jane Doe/left eye.png here",
        "cannot read 'Jane Doe 1970.JPG'",
        'cannot read "C:\\data\\Jane Doe.tiff": truncated',
        "cannot read C:\\data\\Jane Doe\\1.dcm",
        "cannot read Jane_Doe.jpeg.",
    ],
)
def test_names_of_images_are_left_out(text):
    report = report_text(text)
    assert "Jane" not in report
    assert "Doe" not in report
    assert "cannot read <image>" in report


def test_the_trace_stays_and_the_home_folder_is_not_named():
    home = Path.home()
    trace = f'  File "{home}/qmix/qmix_gui/app.py", line 3, in main\nValueError: broken'
    report = report_text(trace)
    assert report.startswith("QMix GUI ")
    assert 'File "~/qmix/qmix_gui/app.py", line 3, in main\nValueError: broken' in report


def test_the_end_of_a_log(tmp_path):
    path = tmp_path / "log"
    assert end_of_log(path) == ""
    path.write_text("\n".join(str(number) for number in range(500)), encoding="utf-8")
    assert end_of_log(path, lines=2) == "498\n499"
