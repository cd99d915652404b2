from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from small_encoder import CONFIG

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.events import SeparationDone, Warned
from qmix_core.base.types import CLEAN, HIGH, LOW, Partition, Pin
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.qmix import losses, targets
from qmix_core.engine.qmix.separation import loss_of, moments, separate, uncertainty_of
from qmix_core.engine.qmix.verdict import Belief, judge
from qmix_core.engine.quality.poor_images import judge_with_known
from qmix_core.engine.trainer import train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.augment import VIEW_SETS, strong_view, weak_view
from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.quality_files import load_basis
from qmix_core.runs.quality_report import load_how
from qmix_core.runs.scores import load_features, load_history

SHORT = replace(CONFIG, rounds=3, deals=2, epochs=2, batch_size=16, cached_views=1)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


# -- views ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [weak_view, strong_view])
@pytest.mark.parametrize("name", list(VIEW_SETS))
def test_views_keep_form_and_range_and_differ_by_image(view, name):
    image = torch.rand(1, 3, 32, 32, generator=generator()).repeat(16, 1, 1, 1)
    seen = view(image, views=VIEW_SETS[name], generator=generator(1))
    assert seen.shape == image.shape
    assert 0 <= seen.min() <= seen.max() <= 1
    assert len({round(float(item.double().std() * 1e6 + item[0, 3, 7] * 1e6)) for item in seen}) > 3


def test_views_repeat_with_the_seed():
    image = torch.rand(4, 3, 32, 32, generator=generator())
    first, second = (
        strong_view(image, views=VIEW_SETS["rotate_flip"], generator=generator(7)) for _ in range(2)
    )
    assert torch.equal(first, second)


def test_no_mirror_views_never_swap_left_and_right():
    image = torch.zeros(64, 3, 33, 33)
    image[:, :, :, :10] = 1.0
    seen = weak_view(image, views=VIEW_SETS["no_mirror"], generator=generator())
    assert (seen[:, :, :, :10].mean(dim=(1, 2, 3)) > seen[:, :, :, -10:].mean(dim=(1, 2, 3))).all()


# -- targets and losses ---------------------------------------------------------------------------


def refined_row(posterior, seen, label, **options):
    lessons = targets.refined(
        np.array([label]),
        np.array([posterior], dtype=np.float32),
        np.array([seen], dtype=np.float32),
        **{"temperature": 1.0, "smoothing": True, "reweighting": True} | options,
    )
    return lessons.targets[0].numpy(), float(lessons.weights[0])


def test_each_kind_of_image_has_the_target_of_its_rule():
    seen = (0.7, 0.2, 0.1)
    sure, weight = refined_row((1, 0, 0), seen, 2)
    assert sure == pytest.approx([0, 0, 1])
    assert weight == 1
    # co-refinement: a label that is trusted three quarters
    refined, _ = refined_row((0.75, 0.25, 0.0), seen, 2)
    assert refined == pytest.approx(0.25 * np.array(seen) + [0, 0, 0.75])
    # co-guessing: the label is dropped
    guessed, weight = refined_row((0.2, 0.8, 0.0), seen, 2)
    assert guessed == pytest.approx(seen)
    assert weight == 1
    sharper, _ = refined_row((0.2, 0.8, 0.0), seen, 2, temperature=0.5)
    assert sharper[0] > seen[0]
    # a pseudo-label that is the smoother the poorer the image is, and pulls the less
    poor, weight = refined_row((0.1, 0.1, 0.8), seen, 2)
    assert poor == pytest.approx(0.2 * np.array(seen) + 0.8 / 3)
    assert weight == pytest.approx(0.2)
    plain, weight = refined_row((0.1, 0.1, 0.8), seen, 2, smoothing=False, reweighting=False)
    assert plain == pytest.approx(seen)
    assert weight == 1


def test_mix_up_keeps_the_first_image_in_the_majority():
    views = torch.eye(6)
    mixed, goals = targets.mix_up(views, torch.eye(6), alpha=4.0, generator=generator())
    assert (mixed.diagonal() >= 0.5).all()
    assert torch.allclose(mixed, goals)


@pytest.mark.parametrize(
    ("posterior", "bucket"),
    [
        ((0.61, 0.39, 0.0), CLEAN),
        # probably right, but a missed error costs more than a look
        ((0.59, 0.41, 0.0), HIGH),
        # what cannot be read says nothing of its label
        ((0.49, 0.0, 0.51), LOW),
        ((0.4, 0.2, 0.4), CLEAN),
        ((0.3, 0.3, 0.4), HIGH),
        ((0.0, 0.0, 1.0), LOW),
    ],
)
def test_images_leave_clean_before_they_are_more_likely_wrong_than_right(posterior, bucket):
    partition = Partition.of(np.array([posterior], dtype=np.float32))
    assert partition.bucket.tolist() == [bucket]


def test_loss_weighs_images_and_is_zero_where_none_counts():
    logits = torch.tensor([[2.0, 0.0], [0.0, 2.0]], requires_grad=True)
    goals = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    first = losses.soft_cross_entropy(logits, goals, torch.tensor([1.0, 0.0]))
    both = losses.soft_cross_entropy(logits, goals, torch.tensor([1.0, 1.0]))
    assert float(first.detach()) == pytest.approx(np.log(1 + np.exp(-2)), abs=1e-5)
    assert float(both.detach()) == pytest.approx(np.log(1 + np.exp(-2)) + 1, abs=1e-5)
    none = losses.soft_cross_entropy(logits, goals, torch.zeros(2))
    none.backward()
    assert float(none.detach()) == 0.0


def test_contrastive_loss_falls_when_classes_come_together():
    labels = torch.tensor([0, 0, 1, 1])
    is_clean = torch.ones(4, dtype=torch.bool)
    apart = torch.nn.functional.normalize(torch.randn(4, 8, generator=generator()), dim=1)
    together = torch.eye(8)[[0, 0, 1, 1]]
    values = [
        float(losses.contrastive_enhancement(points, labels, is_clean, ~is_clean, temperature=0.2))
        for points in (together, apart)
    ]
    assert values[0] < values[1]


def test_contrastive_loss_without_pairs_is_zero():
    points = torch.eye(3)
    is_clean = torch.tensor([True, False, False])
    assert (
        losses.contrastive_enhancement(
            points, torch.zeros(3).long(), is_clean, ~is_clean, temperature=1
        )
        == 0
    )


# -- separation -----------------------------------------------------------------------------------


def three_clouds(rng, sizes=(300, 100, 100)):
    centres = [(0.1, 0.3), (2.5, 0.4), (1.4, 0.95)]
    loss = np.concatenate([rng.normal(c[0], 0.1, n) for c, n in zip(centres, sizes, strict=True)])
    entropy = np.concatenate(
        [rng.normal(c[1], 0.03, n) for c, n in zip(centres, sizes, strict=True)]
    )
    return loss.astype(np.float32), entropy.astype(np.float32), np.repeat([0, 1, 2], sizes)


def test_three_clouds_are_told_apart():
    loss, entropy, truth = three_clouds(np.random.default_rng(0))
    separation = separate(loss, entropy)
    assert (separation.posterior.argmax(axis=1) == truth).mean() > 0.98
    assert separation.posterior.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert separation.means[LOW, 1] > separation.means[HIGH, 1]


@pytest.mark.parametrize(
    ("loss", "entropy"),
    [
        (np.zeros(50), np.zeros(50)),
        (np.ones(50), np.linspace(0, 1, 50)),
        (np.zeros(0), np.zeros(0)),
        (np.linspace(0, 1, 5), np.linspace(0, 1, 5)),
    ],
    ids=["all equal", "equal losses", "no image", "five images"],
)
def test_degenerate_points_are_clean_with_a_sentence(loss, entropy):
    separation = separate(loss.astype(np.float32), entropy.astype(np.float32))
    assert separation.problem
    assert (separation.posterior[:, 0] == 1).all()


def test_uncertainty_is_zero_when_sure_and_one_when_not():
    given = np.array([[1.0, 0, 0, 0], [0.25] * 4], dtype=np.float32)
    assert uncertainty_of(given) == pytest.approx([0.0, 1.0], abs=1e-5)
    assert loss_of(given, np.array([0, 0])) == pytest.approx([0.0, np.log(4)], abs=1e-5)


def test_ellipses_lie_where_the_posterior_puts_the_images():
    points = np.random.default_rng(0).normal(size=(2, 400, 2)).astype(np.float32)
    points[:, 200:] += 5
    posterior = np.zeros((2, 400, 3), dtype=np.float32)
    posterior[:, :200, CLEAN] = posterior[:, 200:, HIGH] = 1
    means, covariances = moments(points, posterior)
    assert means[:, CLEAN] == pytest.approx(np.zeros((2, 2)), abs=0.2)
    assert means[:, HIGH] == pytest.approx(np.full((2, 2), 5), abs=0.2)
    assert covariances[:, HIGH] == pytest.approx(np.tile(np.eye(2), (2, 1, 1)), abs=0.3)
    assert np.isnan(means[:, LOW]).all()


def test_stability_is_the_share_of_separations_that_agree_with_the_bucket():
    posterior = np.array([[0.9, 0.1, 0.0], [0.3, 0.7, 0.0]], dtype=np.float32)
    once_clean = posterior.copy()
    once_clean[1] = (1, 0, 0)
    true_class = np.array([[0.9, 0.1], [0.2, 0.8]], dtype=np.float32)
    belief = Belief(
        model=None,
        seen=true_class,
        true_class=true_class,
        p_wrong=np.array([0.1, 0.7]),
        p_wrong_alone=np.array([0.1, 0.7]),
        confused=np.zeros((2, 2), dtype=np.bool_),
    )
    scores = np.tile(np.array([0.1, 3.0], dtype=np.float32), (2, 1))
    verdict = judge(
        belief,
        posterior,
        np.array([0, 0]),
        loss=scores,
        uncertainty=scores / 4,
        separations=[np.stack([posterior, once_clean]), np.stack([posterior, posterior])],
    )
    assert verdict.bucket.tolist() == [CLEAN, HIGH]
    assert verdict.stability == pytest.approx([1.0, 0.75])
    assert verdict.suggested.tolist() == [0, 1]
    assert verdict.probability == pytest.approx([0.9, 0.7])
    assert verdict.error_score[1] > verdict.error_score[0]


# -- a run ----------------------------------------------------------------------------------------


@pytest.fixture
def images(project):
    return TrainingSet(
        paths=tuple(project.root / sample.image for sample in project.samples),
        hashes=tuple(sample.sha256 for sample in project.samples),
        rows=np.arange(len(project.samples)),
        sample=np.arange(len(project.samples)),
        labels=np.array([project.classes.names.index(s.label) for s in project.samples]),
        pins=(Pin.NONE,) * len(project.samples),
        classes=project.classes.names,
    )


def run(images, folder, config=SHORT, control=None):
    events = []
    result = train(
        config,
        images,
        folder=folder / "run",
        cache=folder / "cache",
        sink=events.append,
        control=control or Control(),
    )
    return result, events


def test_run_writes_scores_before_it_names_them(images, tmp_path):
    seen = []

    def sink(event):
        if isinstance(event, SeparationDone):
            seen.append(load_history(tmp_path / "run", samples=25) is not None)

    train(
        SHORT, images, folder=tmp_path / "run", cache=tmp_path / "c", sink=sink, control=Control()
    )
    assert seen
    assert all(seen)
    history = load_history(tmp_path / "run", samples=25)
    assert history.loss.shape == (3, 2, 25)
    assert history.probabilities.shape == (2, 25, 2)
    assert np.isfinite(history.posterior).all()
    assert history.plot.means.shape == (2, 3, 2)
    assert load_features(tmp_path / "run", samples=25)[1].shape == (25, 64)
    basis = load_basis(tmp_path / "run", samples=25)
    assert basis.features.shape[0] == 25
    assert basis.log_odds.shape == (25,)
    assert load_how(tmp_path / "run") is not None


def test_a_run_keeps_which_classes_were_judged_among_themselves(images, tmp_path, monkeypatch):
    def judge(*arguments, **options):
        return replace(judge_with_known(*arguments, **options), among_themselves=(1,))

    monkeypatch.setattr("qmix_core.engine.trainer.judge_with_known", judge)
    run(images, tmp_path)
    assert load_how(tmp_path / "run").among_themselves == (images.classes[1],)


def test_one_seed_gives_one_result(images, tmp_path):
    first, _ = run(images, tmp_path / "a")
    second, _ = run(images, tmp_path / "b")
    other, _ = run(images, tmp_path / "c", replace(SHORT, seed=1))
    assert np.array_equal(first.results.error_score, second.results.error_score)
    assert not np.array_equal(first.results.error_score, other.results.error_score)


def test_human_decisions_are_facts(images, tmp_path):
    pins = [Pin.NONE] * len(images.pins)
    pins[:3] = Pin.CORRECT, Pin.LOW_QUALITY, Pin.FINE
    result, _ = run(replace(images, pins=tuple(pins)), tmp_path)
    assert result.results.posterior[0].tolist() == [1, 0, 0]
    assert result.results.posterior[1].tolist() == [0, 0, 1]
    assert result.results.posterior[2, 2] < 1e-4


def test_image_that_vanished_is_left_out_with_a_warning(images, tmp_path):
    images.paths[3].unlink()
    run(images, tmp_path)
    # the second run must not find a black image in the cache
    result, events = run(images, tmp_path)
    assert 3 not in result.sample.tolist()
    assert next(event.code for event in events if isinstance(event, Warned)) == "unreadable"


def test_cancel_in_the_first_round_ends_the_run(images, tmp_path):
    control = Control()

    def sink(event):
        if event.name == "epoch_started":
            control.cancel()

    with pytest.raises(Cancelled):
        train(SHORT, images, folder=tmp_path, cache=tmp_path / "c", sink=sink, control=control)


def test_run_without_some_images_reads_the_cache_of_all(images, tmp_path):
    run(images, tmp_path)
    kept = np.arange(2, len(images.rows))
    fewer = replace(images, rows=kept, sample=kept, labels=images.labels[2:], pins=images.pins[2:])
    result, events = run(fewer, tmp_path)
    assert not [event for event in events if event.name == "preparing"]
    assert result.sample.tolist() == kept.tolist()


# -- settings and weights -------------------------------------------------------------------------


def test_config_out_of_range_is_refused():
    with pytest.raises(ConfigError, match="epochs is 0"):
        RunConfig(epochs=0)
    with pytest.raises(ConfigError, match="deals is 0"):
        RunConfig(deals=0)


def test_config_survives_saving(tmp_path):
    (tmp_path / "config.json").write_text(PRESETS["quick"].to_json())
    assert RunConfig.load(tmp_path / "config.json") == PRESETS["quick"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x80\x04junk"])
def test_file_that_is_no_weights_is_named(tmp_path, content):
    (tmp_path / "junk.pth").write_bytes(content)
    with pytest.raises(DataError, match=r"junk\.pth"):
        load_encoder(replace(SHORT, weights=str(tmp_path / "junk.pth")))


def test_pickled_code_is_never_run(tmp_path):
    import pickle

    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    torch.save({"features": Evil()}, tmp_path / "evil.pth", pickle_module=pickle)
    with pytest.raises(DataError):
        load_encoder(replace(SHORT, weights=str(tmp_path / "evil.pth")))
    assert not (tmp_path / "ran").exists()
