"""How large an archive of images will be, of which an engine tells nothing beforehand."""

from collections.abc import Iterable

from layerhold.domain.layers import Anatomy


def archive_size(anatomies: Iterable[Anatomy]) -> int:
    """About how many bytes a save of these images gives: each layer once.

    A containerd store saves the compressed content, of which it tells no size by layer.
    """
    seen: set[str] = set()
    total = 0.0
    for anatomy in anatomies:
        whole = sum(layer.size for layer in anatomy.layers)
        new = sum(layer.size for layer in anatomy.layers if layer.chain_id not in seen)
        seen.update(layer.chain_id for layer in anatomy.layers)
        total += anatomy.content * new / whole if anatomy.content and whole else new
    return round(total)
