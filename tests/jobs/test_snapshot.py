from hypothesis import given
from hypothesis import strategies as st

from layerhold.domain.containers import Container
from layerhold.domain.images import Image
from layerhold.jobs.snapshot import NOTHING, settle
from layerhold.library import differences

sizes = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3))


def images(sized):
    return tuple(Image(f"sha256:{name}", size=size) for name, size in sized.items())


@given(sizes, sizes)
def test_only_what_differs_is_another_object(before, after):
    first = settle(images(before), ())
    second = settle(images(after), (), first)
    found = differences(first.images, second.images)

    assert found.added == {f"sha256:{name}" for name in after.keys() - before.keys()}
    assert found.removed == {f"sha256:{name}" for name in before.keys() - after.keys()}
    assert found.changed == {
        f"sha256:{name}" for name in before.keys() & after.keys() if before[name] != after[name]
    }


def test_the_same_containers_are_the_same_object():
    first = settle((), (Container("1", "web", "sha256:a"),), NOTHING)
    second = settle((), (Container("1", "web", "sha256:a"),), first)
    assert second.containers is first.containers
