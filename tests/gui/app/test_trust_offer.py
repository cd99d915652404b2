"""A project that is not plainly one's own: the window says why, and one click trusts it."""

from __future__ import annotations

import os

import pytest

pytestmark = [pytest.mark.gui, pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")]


def test_a_foreign_project_is_read_only_until_the_person_trusts_it(window, project_folder):
    project_folder.chmod(0o777)
    assert window.open_project(project_folder)
    assert "others may write to it" in window.message_bar.text
    assert window.message_bar.action_button.isVisibleTo(window.message_bar)
    assert window.workspace.project.read_only
    window.message_bar.action_button.click()
    assert window.workspace.project.read_only == ""
    assert "is trusted" in window.message_bar.text


def test_a_project_with_a_link_is_told_in_a_sentence(window, project_folder, tmp_path):
    victim = tmp_path / "start-up"
    victim.write_text("export A=1\n")
    (project_folder / "decisions.jsonl").unlink(missing_ok=True)
    (project_folder / "decisions.jsonl").symlink_to(victim)
    assert not window.open_project(project_folder)
    assert victim.read_text() == "export A=1\n"
