from __future__ import annotations

import threading
from time import monotonic

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from qmix_core.base.errors import DataError
from qmix_gui.jobs.background_job import BackgroundJob, wait_for_threads


class Ear(QObject):
    """Notes what a job says, and in which thread."""

    def __init__(self, job: BackgroundJob) -> None:
        super().__init__()
        self.heard = []
        self.threads = set()
        job.progressed.connect(self.hear_progress)
        job.succeeded.connect(self.hear_result)
        job.failed.connect(self.hear_failure)
        job.cancelled.connect(self.hear_cancellation)

    def hear(self, *words):
        self.heard.append(words)
        self.threads.add(threading.current_thread())

    def hear_progress(self, done, total):
        self.hear("progress", done, total)

    def hear_result(self, result):
        self.hear("result", result)

    def hear_failure(self, text):
        self.hear("failure", text)

    def hear_cancellation(self):
        self.hear("cancelled")


@pytest.fixture
def gate():
    made = threading.Event()
    yield made
    made.set()
    wait_for_threads(5)


@pytest.fixture
def job(qapp, gate):
    made = BackgroundJob()
    yield made
    gate.set()
    made.shut_down()


@pytest.fixture
def ear(job):
    return Ear(job)


def _run(qtbot, job, work):
    with qtbot.waitSignal(job.drained):
        job.start(work)


def test_progress_and_result_come_back_in_the_gui_thread(qtbot, job, ear):
    at_work = []

    def work(progress, _control):
        at_work.append(threading.current_thread())
        progress(1, 2)
        return "done"

    _run(qtbot, job, work)
    assert ear.heard == [("progress", 1, 2), ("result", "done")]
    assert ear.threads == {threading.main_thread()}
    assert threading.main_thread() not in at_work


def test_an_error_of_the_data_is_its_sentence(qtbot, job, ear):
    def work(_progress, _control):
        raise DataError("eye.png cannot be read.")

    _run(qtbot, job, work)
    assert ear.heard == [("failure", "eye.png cannot be read.")]


def test_an_unexpected_error_is_said_and_logged(qtbot, job, ear, caplog):
    _run(qtbot, job, lambda _progress, _control: 1 // 0)
    assert [word for word, _ in ear.heard] == ["failure"]
    assert "division" in ear.heard[0][1]
    assert "ZeroDivisionError" in caplog.text


def test_cancelled_work_stops_at_its_next_check(qtbot, job, ear, gate):
    def work(progress, _control):
        gate.wait(5)
        progress(1, 2)
        raise AssertionError("it went on")

    with qtbot.waitSignal(job.drained):
        job.start(work)
        job.cancel()
        gate.set()
    assert ear.heard == [("cancelled",)]


def test_the_outcome_of_replaced_work_is_dropped(qtbot, job, ear, gate):
    def old(progress, _control):
        gate.wait(5)
        return "old"

    job.start(old)
    with qtbot.waitSignal(job.succeeded):
        job.start(lambda _progress, _control: "new")
    assert not job.is_drained
    with qtbot.waitSignal(job.drained):
        gate.set()
    assert ear.heard == [("result", "new")]


def test_a_new_piece_of_work_may_start_from_the_outcome_of_the_last(qtbot, job, ear):
    def go_on(result):
        if result < 3:
            job.start(lambda _progress, _control: result + 1)

    job.succeeded.connect(go_on)
    _run(qtbot, job, lambda _progress, _control: 1)
    qtbot.waitUntil(lambda: job.is_drained)
    assert ear.heard == [("result", 1), ("result", 2), ("result", 3)]


def test_dropped_work_is_waited_for_by_nobody(job, ear, gate):
    job.start(lambda _progress, _control: gate.wait(5))
    begun = monotonic()
    job.drop()
    assert monotonic() - begun < 1
    assert not job.is_busy
    assert not job.is_drained


def test_shutting_down_waits_for_every_thread_and_nothing_is_heard_after(qtbot, job, ear, gate):
    ended = []

    def work(_progress, control):
        gate.wait(0.2)
        ended.append(True)
        control.check()

    job.start(work)
    job.start(work)
    with qtbot.assertNotEmitted(job.drained, wait=50):
        job.shut_down()
        assert ended == [True, True]
    assert ear.heard == []
    assert job.is_drained


def test_work_may_outlive_the_object_that_started_it(qtbot, qapp, gate):
    parent = QObject()
    job = BackgroundJob(parent)
    job.start(lambda progress, _control: [gate.wait(5), progress(1, 1)])
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    gate.set()
    assert wait_for_threads(5)
    qapp.processEvents()


def test_the_wait_for_threads_has_an_end(job, gate):
    job.start(lambda _progress, _control: gate.wait(5))
    begun = monotonic()
    assert not wait_for_threads(0.1)
    assert 0.05 < monotonic() - begun < 2
    assert not job.is_drained


def test_work_ends_with_the_page_that_began_it(qtbot):
    page, ended = QObject(), threading.Event()

    def work(_progress, control):
        try:
            while True:
                control.check()
        finally:
            ended.set()

    BackgroundJob(page).start(work)
    delete(page)
    assert ended.wait(5)
