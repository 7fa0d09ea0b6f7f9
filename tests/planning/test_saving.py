import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerhold.archives.compression import Compression
from layerhold.domain.images import Image
from layerhold.planning.saving import Item, file_name, file_names, items_of, with_suffix
from layerhold.planning.targets import OneTag, WholeImage

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
IMAGES = {
    A: Image(A, tags=("nginx:1.27", "nginx:latest")),
    B: Image(B, tags=("ghcr.io/acme/web:2",)),
    C: Image(C),
}


def test_a_whole_image_means_all_its_tags():
    assert items_of(IMAGES, [WholeImage(A)]) == {
        Item(A, "nginx:1.27"): True,
        Item(A, "nginx:latest"): True,
    }


def test_one_tag_leaves_the_others_to_be_chosen():
    assert items_of(IMAGES, [OneTag(A, "nginx:1.27")]) == {
        Item(A, "nginx:1.27"): True,
        Item(A, "nginx:latest"): False,
    }


def test_two_tags_of_one_image_are_both_meant():
    both = [OneTag(A, "nginx:latest"), OneTag(A, "nginx:1.27")]
    assert all(items_of(IMAGES, both).values())


def test_an_untagged_image_is_saved_by_its_id_and_one_that_went_is_left_out():
    assert items_of(IMAGES, [WholeImage(C), WholeImage(f"sha256:{'d' * 64}")]) == {Item(C): True}
    assert Item(C).reference == C


@pytest.mark.parametrize(
    ("tags", "name"),
    [
        (["nginx:1.27"], "nginx_1.27.tar"),
        (["nginx:1.27", "nginx:latest"], "nginx.tar"),
        (["nginx:1.27", "web:2", "db:3"], "nginx_1.27_and_2_more.tar"),
        (["localhost:5000/team/web:2"], "localhost_5000_team_web_2.tar"),
        ([""], "aaaaaaaaaaaa.tar"),
        (["nginx:1.27", ""], "nginx_1.27_and_1_more.tar"),
    ],
)
def test_a_name_tells_what_is_inside(tags, name):
    assert file_name([Item(A, tag) for tag in tags]) == name


def test_a_name_ends_as_the_file_is_packed():
    assert file_name([Item(A, "nginx:1.27")], Compression.GZIP) == "nginx_1.27.tar.gz"
    assert with_suffix("nginx_1.27.tar.gz", Compression.ZSTD) == "nginx_1.27.tar.zst"
    assert with_suffix("mine.TGZ", Compression.NONE) == "mine.tar"
    assert with_suffix("nginx_1.27", Compression.NONE) == "nginx_1.27.tar"


def test_no_two_files_have_one_name():
    items = [Item(A, "a/b:1"), Item(A, "a_b:1"), Item(B, "a/b:1_2"), Item(C, "A/b:1")]
    names = file_names(items, Compression.NONE)
    assert names == ["a_b_1.tar", "a_b_1_2.tar", "a_b_1_2_2.tar", "A_b_1_3.tar"]


@given(st.text(max_size=400))
def test_whatever_a_tag_is_the_name_is_one_of_a_file(tag):
    (name,) = file_names([Item(A, tag)], Compression.ZSTD)
    assert "/" not in name
    assert not name.startswith(".")
    assert len(name) <= 220
    assert name.removesuffix(".tar.zst")
