from __future__ import annotations

import shutil
import threading

import pytest

from qmix_gui.review.model import thumbnails as module
from qmix_gui.review.model.thumbnails import STORED_SIDE, Thumbnails


@pytest.fixture
def thumbnails(bare_project, qapp):
    made = Thumbnails(bare_project)
    yield made
    made.close()


def test_thumbnail_arrives_in_the_gui_thread(thumbnails, qtbot):
    threads = []
    thumbnails.ready.connect(lambda _sample: threads.append(threading.current_thread()))

    with qtbot.waitSignal(thumbnails.ready) as caught:
        thumbnails.want([4])

    assert caught.args == [4]
    assert not thumbnails.pixmap(4).isNull()
    assert max(thumbnails.pixmap(4).width(), thumbnails.pixmap(4).height()) <= STORED_SIDE
    assert threads == [threading.main_thread()]


def test_thumbnail_is_stored_by_content_hash_and_read_back(thumbnails, bare_project, qtbot):
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([0])
    digest = bare_project.samples[0].sha256
    stored = bare_project.cache_folder / "thumbnails" / digest[:2] / f"{digest}.jpg"
    assert stored.is_file()
    assert list(stored.parent.iterdir()) == [stored]

    (bare_project.root / bare_project.samples[0].image).unlink()
    again = Thumbnails(bare_project)
    with qtbot.waitSignal(again.ready):
        again.want([0])
    again.close()

    assert again.pixmap(0) is not None


def test_damaged_cache_file_is_made_anew(thumbnails, bare_project, qtbot):
    digest = bare_project.samples[0].sha256
    stored = bare_project.cache_folder / "thumbnails" / digest[:2] / f"{digest}.jpg"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"half a file")

    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([0])

    assert thumbnails.pixmap(0) is not None


def test_altered_cache_file_is_made_anew(thumbnails, bare_project, qtbot):
    digest = bare_project.samples[0].sha256
    stored = bare_project.cache_folder / "thumbnails" / digest[:2] / f"{digest}.jpg"
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([0])
    whole = stored.read_bytes()
    shown = thumbnails.pixmap(0).toImage()
    for at in (0, len(whole) // 2, len(whole) - 1):
        # JPEG itself does not notice a flipped bit
        stored.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        again = Thumbnails(bare_project)
        with qtbot.waitSignal(again.ready):
            again.want([0])
        again.close()
        assert stored.read_bytes() == whole
        assert again.pixmap(0).size() == shown.size()


def test_unreadable_image_is_a_problem_that_names_it(thumbnails, bare_project, qtbot):
    path = bare_project.root / bare_project.samples[2].image
    path.write_bytes(b"no image")

    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([2])

    assert thumbnails.pixmap(2) is None
    assert path.name in thumbnails.problem(2)


def test_only_what_was_wanted_last_is_made(thumbnails, qtbot, monkeypatch):
    gate = threading.Event()
    made = []
    original = module._thumbnail

    def slow(path, *rest):
        gate.wait(10)
        made.append(path.name)
        return original(path, *rest)

    monkeypatch.setattr(module, "_thumbnail", slow)
    thumbnails.want(range(10))
    thumbnails.want([15])
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(15) is not None)

    assert len(made) <= module._WORKERS + 1


def test_memory_is_bounded(thumbnails, qtbot, monkeypatch):
    monkeypatch.setattr(module, "MEMORY_BYTES", 3 * 120 * 90 * 4)
    for sample in range(8):
        with qtbot.waitSignal(thumbnails.ready):
            thumbnails.want([sample])

    kept = [sample for sample in range(8) if thumbnails.pixmap(sample) is not None]
    assert kept == [5, 6, 7]


def test_read_only_cache_does_not_hide_the_image(thumbnails, bare_project, qtbot):
    shutil.rmtree(bare_project.cache_folder)
    bare_project.cache_folder.write_text("a file where the folder should be")

    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([1])

    assert thumbnails.pixmap(1) is not None


def test_a_thumbnail_begun_before_the_files_changed_is_not_kept(thumbnails, qtbot, monkeypatch):
    gate = threading.Event()
    original = module._thumbnail

    def slow(*place):
        gate.wait(10)
        return original(*place)

    monkeypatch.setattr(module, "_thumbnail", slow)
    thumbnails.want([2])
    thumbnails.forget()
    with qtbot.waitSignal(thumbnails.ready):
        gate.set()
    assert thumbnails.pixmap(2) is None
    assert thumbnails.problem(2) == ""
