"""The report: one file, nothing from outside, nothing that should have been left out."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from flawed_dataset import write_flawed
from PIL import Image
from table_files import make_images, project_of

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.types import BUCKETS, Action, Context, NoiseEstimate, Partition, RunResults
from qmix_core.cli.main import main
from qmix_core.export.report import MOST_IN_MATRIX, export_report
from qmix_core.export.report_plot import MOST_POINTS, separation_svg
from qmix_core.preflight.finding_names import FINDING_NAMES
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.runs.noise_report import save_noise
from qmix_core.runs.quality_files import QualityBasis, TaughtQuality, save_basis
from qmix_core.runs.quality_report import HowJudged, save_how
from qmix_core.runs.run_options import RunOptions

EVIL = '<script>alert("x")</script>'


def results_of(count, classes=2):
    rng = np.random.default_rng(0)
    posterior = rng.dirichlet((1, 1, 1), count).astype(np.float32)
    numbers = rng.random((5, count), dtype=np.float32)
    return RunResults(
        Partition.of(posterior).bucket,
        rng.integers(0, classes, count),
        numbers[0],
        posterior,
        *numbers[1:],
    )


class Page(HTMLParser):
    """Tags with their attributes, and the text of tables by caption."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.tables, self._cell = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        if tag in {"td", "th", "caption"}:
            self.tables[-1].append("")
            self._cell = tag

    def handle_endtag(self, tag):
        if tag == self._cell:
            self._cell = None

    def handle_data(self, data):
        if self._cell:
            self.tables[-1][-1] += data

    def table(self, caption):
        found = next(cells for cells in self.tables if cells[0].startswith(caption))
        return [" ".join(cell.split()) for cell in found[1:]]


@pytest.fixture
def clinic(tmp_path):
    """A table with sites, graders and a patient, a run, decisions and blind checks."""
    names = [f"Smith_{number:02d}.png" for number in range(24)]
    make_images(tmp_path / "secret clinic" / "images", names)
    table = tmp_path / "secret clinic" / "labels of Jones.csv"
    rows = [
        f"images/{name},{('north', 'south')[n % 2]},{('Dr. Wu', 'Dr. Xi')[n % 3 % 2]},P{n % 3},"
        f"{40 + n},{n % 2}"
        for n, name in enumerate(names)
    ]
    header = "image,site,grader,patient_id,age,level"
    table.write_text("\n".join([header, *rows]), encoding="utf-8")
    with project_of(table, tmp_path / "p.qmix") as project:
        results = results_of(24)
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        noise = NoiseEstimate(0.2, 0.1, 0.3, 0.05, np.array([0.1, 0.3]), np.eye(2) * 0.8 + 0.1)
        save_noise(project.runs.folder(run), noise, classes=project.classes.names)
        project.runs.finish(run, status="done", results=results)
        clean = np.flatnonzero(results.bucket == 0)

        def decide(number, action, reader, **values):
            image = project.samples[number].image
            project.decisions.decide(NewDecision(image, action, **values), reviewer=reader, run=run)

        for number in clean[:4]:
            decide(number, Action.CONFIRM, "Dr. Okafor", context=Context.BLIND_CHECK)
        others = np.flatnonzero(results.bucket != 0)
        decide(others[0], Action.EXCLUDE, "Dr. Okafor", note="Smith called")
        new = str(1 - int(project.samples[others[1]].label))
        decide(others[1], Action.RELABEL, f"Dr. {EVIL}", label=new, note=EVIL)
        yield project


def page_of(project, out, **options):
    export_report(project, out, **options)
    text = out.read_text(encoding="utf-8")
    return text, Page(text)


def test_nothing_is_fetched_and_nothing_is_run(clinic, tmp_path):
    text, page = page_of(clinic, tmp_path / "r.html")
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    links = [value for _, attrs in page.tags for name, value in attrs.items()
             if name in {"src", "href", "srcset", "action"}]  # fmt: skip
    assert links
    assert all(link.startswith("data:image/jpeg;base64,") for link in links)
    assert not re.search(r"https?://|url\((?!#)|@import", text)
    assert EVIL not in text
    assert "Dr. &lt;script&gt;" in text
    assert any(
        "default-src 'none'" in attrs.get("content", "")
        for tag, attrs in page.tags
        if tag == "meta"
    )


def test_it_counts_what_was_found_and_done(clinic, tmp_path):
    text, page = page_of(clinic, tmp_path / "r.html")
    results = clinic.runs.results(1)
    shown = page.table("Images by bucket")
    for code, _ in enumerate(BUCKETS):
        assert str(int((results.bucket == code).sum())) in shown
    told = re.search(r"About 20 % of the labels look wrong as they came .10–30 %.: (.*)<", text)
    doubted, unread = (int((results.bucket == code).sum()) for code in (1, 2))
    assert told[1].startswith(f"{doubted} labels are doubted, {unread} images are too poor to read")
    assert re.fullmatch(r".*; [1-9]\d* corrected\.", told[1])
    assert page.table("Blind checks")[5:9] == ["● Clean", "4", "0", "100 % (51 % – 100 %)"]
    assert "Excluded 1" in " ".join(page.table("Images by review state"))
    matrix = page.table("Images by the label")
    assert matrix[:4] == ["came with", "0", "1", "left out"]
    assert sum(int(cell) for cell in matrix[4:] if cell.isdecimal()) >= 24
    assert "6 of 24 images are reviewed (25 %)" in text
    assert "Hou, Xu, Feng, Chen" in text
    assert clinic.decisions.all()[-1].hash in text
    assert "unaltered" in text


def test_no_raw_code_is_told(tmp_path):
    with project_of(write_flawed(tmp_path / "set"), tmp_path / "p.qmix") as project:
        results = results_of(len(project.samples))
        for status, found in (("done", results), ("cancelled", None)):
            run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
            project.runs.finish(run, status=status, results=found)
        text, page = page_of(project, tmp_path / "r.html")
        kinds = {problem.kind for problem in project.problems}
    found = page.table("What the check of the files found")
    assert {"near_duplicate", "conflicting"} <= kinds
    assert {FINDING_NAMES[kind] for kind in kinds} <= set(found)
    assert "Stopped" in page.table("All runs")
    assert not [kind for kind in kinds if "_" in kind and kind in text]
    assert not {"rotate_flip", "view_set", "learning_rate", "cancelled"} & set(text.split())


def test_noise_is_told_by_class_site_and_grader_but_not_by_age_or_patient(clinic, tmp_path):
    _, page = page_of(clinic, tmp_path / "r.html")
    told = {cells[0].split("“")[1].split("”")[0] for cells in page.tables if "“" in cells[0]}
    assert told == {"site", "grader"}
    assert {"north", "south"} <= set(page.table("By the column “site”"))
    assert "30 %" in page.table("By the label")


def test_pictures_carry_nothing_but_pixels_and_can_be_left_out(clinic, tmp_path):
    for sample in clinic.samples:
        Image.new("RGB", (64, 64), "brown").save(
            clinic.files.path(sample), "JPEG", comment=b"Jane Smith", exif=b"Exif\0\0Jane Smith"
        )
    _, page = page_of(clinic, tmp_path / "r.html")
    pictures = [attrs for tag, attrs in page.tags if tag == "img"]
    assert pictures
    for picture in pictures:
        assert picture["alt"]
        assert b"Jane" not in base64.b64decode(picture["src"].partition(",")[2])
    out = tmp_path / "n.html"
    code = main(
        ["export", str(clinic.folder), "--what", "report", "--no-images", "--out", str(out)]
    )
    assert code == 0
    assert "<img" not in out.read_text(encoding="utf-8")


def test_without_identities_no_name_is_left(capsys, clinic, tmp_path):
    out = tmp_path / "a.html"
    arguments = ["--what", "report", "--anonymous", "--out", str(out)]
    assert main(["export", str(clinic.folder), *arguments, "--keep-column", "site"]) == 0
    assert "values of these columns: site." in capsys.readouterr().out
    text = out.read_text(encoding="utf-8")
    for name in ("Smith", "Okafor", "Jones", "secret", "Wu", "P1", "called", "<img", ".png"):
        assert name not in text
    assert "reader 1" in text
    assert "image-" in text
    assert "north" in text


def test_every_table_has_a_caption_and_headers_with_a_scope(clinic, tmp_path):
    _, page = page_of(clinic, tmp_path / "r.html")
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") > 5
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")
    assert ("html", {"lang": "en"}) in page.tags


def contrast(first, second):
    def light(color):
        parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_is_readable_in_light_and_dark(clinic, tmp_path):
    text, _ = page_of(clinic, tmp_path / "r.html")
    themes = re.findall(r":root \{([^}]*)\}", text)
    assert len(themes) == 2
    for theme in themes:
        colors = dict(re.findall(r"--(\w+): (#\w+)", theme))
        colors = {
            n: c if len(c) == 7 else "#" + "".join(2 * d for d in c[1:]) for n, c in colors.items()
        }
        for name in ("text", "muted", "accent", "b0", "b1", "b2", "bad"):
            for ground in ("ground", "panel"):
                assert contrast(colors[name], colors[ground]) >= 4.5, (name, ground)
        assert contrast(colors["text"], colors["strong"]) >= 4.5


def test_a_project_without_a_run_and_decisions_has_a_report(project, tmp_path):
    text, _ = page_of(project, tmp_path / "r.html")
    assert "No training run is finished" in text
    assert "<svg" not in text


def test_many_classes_make_a_list_and_not_a_wide_matrix(tmp_path):
    count = MOST_IN_MATRIX + 3
    for number in range(count):
        make_images(tmp_path / "in" / f"class {number:02d}", ["a.png"])
    with project_of(tmp_path / "in", tmp_path / "p.qmix") as project:
        image = project.samples[0].image
        new = NewDecision(image, Action.RELABEL, label="class 03")
        project.decisions.decide(new, reviewer="Dr. A")
        _, page = page_of(project, tmp_path / "r.html")
    assert page.table("Changes by frequency")[3:] == ["class 00", "class 03", "1"]


def test_a_hundred_thousand_points_stay_small():
    results = results_of(100_000)
    svg = separation_svg(results, None)
    assert len(svg) < 200_000
    for code, _ in enumerate(BUCKETS):
        path = re.search(rf'class="b{code}" d="([^"]*)"', svg).group(1)
        assert path.count("M") == MOST_POINTS


def test_it_tells_why_images_were_left_out_and_how_many_can_be_read(clinic, tmp_path):
    for sample, reason in zip(clinic.samples[:3], ("haze", "haze", "wrong_kind"), strict=True):
        clinic.decisions.decide(
            NewDecision(sample.image, Action.RETAKE, reason=reason), reviewer="Dr. Wu"
        )
    clinic.change_poor_below(0.6)
    _, page = page_of(clinic, tmp_path / "r.html")
    reasons = page.table("Why images were excluded")
    assert reasons == ["Reason", "Images", "Hazy", "2", "Not this kind of image", "1"]
    poor = int((clinic.runs.results(1).columns()["quality"] < 0.6).sum())
    assert page.table("Images by quality: poor below 0.6")[-2:] == ["Poor", str(poor)]
    assert str(poor) in page.table("Images by bucket")


def test_it_tells_which_class_was_judged_among_itself_and_what_readers_taught(clinic, tmp_path):
    folder, count = clinic.runs.folder(1), len(clinic.samples)
    save_how(folder, HowJudged(is_judged=True, among_themselves=("cataract",)))
    log_odds = np.full(count, -3.0, dtype=np.float32)
    save_basis(folder, QualityBasis(np.arange(count), log_odds[:, None], log_odds))
    clinic.runs.take_quality(1, TaughtQuality(log_odds, 7, 9, None))
    text, _ = page_of(clinic, tmp_path / "r.html")
    assert "Most images of &#39;cataract&#39; are hazy: judged among themselves." in text
    assert "Learned from 7 images that readers called poor and 9 that they called fine." in text


def test_cancelling_leaves_no_report(clinic, tmp_path):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        export_report(clinic, tmp_path / "x" / "r.html", control=control)
    assert not (tmp_path / "x").exists()
