"""Which encoders there are by name, and what their files do not say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.base.foreign_json import Finite

Channels = tuple[Finite, Finite, Finite]

#: timm's name of the network whose weights come with the installation.
DEFAULT_ENCODER = "tf_efficientnet_lite0"
#: Before the name of a network: timm's may do without, torchvision's may not.
TIMM, TORCHVISION = "timm:", "torchvision:"
#: In place of a weights file: those that the library publishes; or those fetched before.
DOWNLOAD, DOWNLOADED = "download", "downloaded"

IMAGENET_MEAN: Channels = (0.485, 0.456, 0.406)
IMAGENET_STD: Channels = (0.229, 0.224, 0.225)
HALF: Channels = (0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Recipe:
    """timm's `network`, and the images that its weights were learned from: side in pixels, mean
    and standard deviation of the channels in [0, 1].
    """

    network: str
    image_size: int
    mean: Channels
    std: Channels


#: Weights that were learned with timm's network on other images than timm's own.
RECIPES = {
    "retfound": Recipe("vit_large_patch16_224", 224, IMAGENET_MEAN, IMAGENET_STD),
    "retfound_dinov2": Recipe("vit_large_patch14_dinov2", 224, IMAGENET_MEAN, IMAGENET_STD),
    "retfound_green": Recipe("vit_small_patch14_reg4_dinov2", 392, HALF, HALF),
}
