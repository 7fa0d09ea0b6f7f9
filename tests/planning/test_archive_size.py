from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.planning.archive_size import archive_size

BASE, APP, OTHER = LayerSize("base", 100), LayerSize("app", 10), LayerSize("other", 1)


def anatomy(*layers, content=0):
    return Anatomy("linux/amd64", layers, content=content)


def test_each_layer_is_saved_once():
    assert archive_size([anatomy(BASE, APP), anatomy(BASE, OTHER), anatomy(BASE)]) == 111


def test_nothing_is_nothing():
    assert archive_size([]) == 0
    assert archive_size([anatomy(), anatomy(content=50)]) == 0


def test_a_containerd_store_saves_what_it_keeps_compressed():
    assert archive_size([anatomy(BASE, APP, content=44)]) == 44
    assert archive_size([anatomy(BASE, APP, content=44), anatomy(BASE, APP, content=44)]) == 44
    # The share of what is new: 1 of 101 unpacked bytes.
    assert archive_size([anatomy(BASE, content=50), anatomy(BASE, OTHER, content=101)]) == 51
