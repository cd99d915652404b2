"""A table and its round photographs, with one flaw of every kind that the preflight finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIDE = 144
REGULAR = 36


def photograph(seed: int, side: int = SIDE) -> Image.Image:
    """A reddish round picture with shades and vessels of its own on black ground."""
    rng = np.random.default_rng(seed)
    shades = Image.fromarray(rng.integers(60, 200, (12, 12), dtype=np.uint8))
    grey = shades.resize((side, side), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(grey)
    for x, y in rng.integers(0, side, (6, 2)).tolist():
        pen.line([(side // 2, side // 2), (x, y)], fill=50, width=2)
    across, down = np.meshgrid(np.arange(side), np.arange(side))
    is_inside = np.hypot(across - side / 2, down - side / 2) < 0.46 * side
    light = np.asarray(grey, dtype=np.float32) * is_inside
    return Image.fromarray(np.stack([light, 0.5 * light, 0.2 * light], axis=2).astype(np.uint8))


def write_flawed(folder: Path) -> Path:
    """Write the photographs and `labels.csv` with image, level and split; give the table."""
    images = folder / "images"
    images.mkdir(parents=True)
    rows: list[tuple[str, str, str]] = []

    def save(name: str, label: str, picture: Image.Image, split: str = "train") -> None:
        picture.save(images / name)
        rows.append((name, label, split))

    def copy(name: str, of: str, label: str) -> None:
        (images / name).write_bytes((images / of).read_bytes())
        rows.append((name, label, "train"))

    for number in range(REGULAR):
        save(f"r{number:02d}.png", str(number % 2), photograph(number))
    copy("same.png", "r00.png", "0")
    copy("contradicts.png", "r02.png", "1")
    larger = photograph(4).resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    save("resaved.jpg", "0", larger)
    save("resaved_otherwise.jpg", "1", photograph(6))
    save("tiny.png", "0", photograph(101, side=48))
    save("wide.png", "0", photograph(102).resize((4 * SIDE, SIDE)))
    save("page.png", "0", _page())
    named = photograph(103)
    ImageDraw.Draw(named).text((3, 2), "DOE J", fill="white")
    save("named.png", "1", named)
    photograph(104).save(images / "pages.tif", save_all=True, append_images=[photograph(105)])
    rows.append(("pages.tif", "1", "train"))
    save("p7_left.png", "0", photograph(106))
    save("p7_right.png", "1", photograph(107))
    save("p8_left.png", "1", photograph(108))
    save("p8_right.png", "1", photograph(109), split="test")
    (images / "broken.png").write_bytes(b"no image")
    rows.append(("broken.png", "0", "train"))
    rows.append(("gone.png", "0", "train"))
    photograph(110).save(images / "nowhere.png")
    photograph(111).save(images / "unlabelled.png")
    rows.append(("unlabelled.png", "", "train"))
    lines = ["image,level,split", *(",".join(row) for row in rows)]
    (folder / "labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "labels.csv"


def _page() -> Image.Image:
    page = Image.new("RGB", (SIDE, SIDE), "white")
    pen = ImageDraw.Draw(page)
    for line in range(8, SIDE, 14):
        pen.text((6, line), "blood pressure 120", fill="black")
    return page
