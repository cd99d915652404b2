"""Pictures that are nearly the same: re-saved, scaled, slightly brightened or trimmed copies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import FloatArray

Bytes = NDArray[np.uint8]

#: Orders of the bits in which the prints are sorted, and neighbours compared in each.
_ORDERS, _NEIGHBOURS = 16, 4
#: Of 256 bits, more differ in nothing that is worth a closer look.
_MOST_BITS = 40
#: Correlation of two prints from which on they show the same picture.
_LEAST_ALIKE = 0.985
#: Prints with less detail, in grey levels, are all alike: black, white or plain pictures.
_FAINT = 1.4
_BITS_IN = np.array([value.bit_count() for value in range(256)], dtype=np.uint8)
_CHUNK = 2_000


def nearly_same(bits: Bytes, prints: Bytes) -> list[list[int]]:
    """Groups of positions, each of at least two, of pictures that are nearly the same.

    `bits`: uint8 [N, B] of packed bits; `prints`: uint8 [N, 256] of grey prints, 16 x 16. Sorted by
    the bits in several random orders, copies come to lie side by side, in N log N steps.
    """
    if len(bits) < 2:
        return []
    pairs = _near_pairs(bits)
    alike = [
        likeness(prints[pairs[start : start + _CHUNK, 0]], prints[pairs[start : start + _CHUNK, 1]])
        for start in range(0, len(pairs), _CHUNK)
    ]
    return _groups(pairs[np.concatenate([*alike, []]) >= _LEAST_ALIKE], len(bits))


def _near_pairs(bits: Bytes) -> NDArray[np.int64]:
    """Int64 [P, 2], the smaller position first."""
    unpacked = np.unpackbits(bits, axis=1)
    rng = np.random.default_rng(0)
    count = len(bits)
    # a pair as one number: many copies of one picture make many pairs
    known = np.zeros(0, dtype=np.int64)
    for _ in range(_ORDERS):
        shuffled = unpacked[:, rng.permutation(unpacked.shape[1])]
        mixed = np.ascontiguousarray(np.packbits(shuffled, axis=1))
        order = np.argsort(mixed.view(f"V{mixed.shape[1]}").ravel(), kind="stable")
        found = [known]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            first, second = order[:-step], order[step:]
            near = _BITS_IN[bits[first] ^ bits[second]].sum(axis=1) <= _MOST_BITS
            first, second = first[near], second[near]
            found.append(np.minimum(first, second) * count + np.maximum(first, second))
        known = np.unique(np.concatenate(found))
    return np.stack(np.divmod(known, count), axis=1)


def likeness(prints: Bytes, others: Bytes) -> FloatArray:
    """Correlation of uint8 [P, 256] prints, row by row, without their large shades: [-1, 1]."""
    one, other = _details(prints), _details(others)
    power, power_of_other = (one**2).mean(axis=1), (other**2).mean(axis=1)
    faint = np.minimum(power, power_of_other) < _FAINT**2
    found: FloatArray = (one * other).mean(axis=1) / np.sqrt(power * power_of_other + 1e-9)
    found[faint] = 0
    return found


def _details(prints: Bytes) -> FloatArray:
    grey = prints.reshape(-1, 4, 4, 4, 4).astype(np.float32)
    details: FloatArray = grey - grey.mean(axis=(2, 4), keepdims=True)
    return details.reshape(len(prints), -1)


def _groups(pairs: NDArray[np.int64], count: int) -> list[list[int]]:
    """The positions, of `count`, that pairs connect, in ascending order."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(pairs), dtype=np.int8), pairs.T), shape=(count, count))
    group = connected_components(graph, directed=False)[1]
    paired = np.unique(pairs)
    order = paired[np.argsort(group[paired], kind="stable")]
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    return sorted(part.tolist() for part in np.split(order, cuts) if len(part))
