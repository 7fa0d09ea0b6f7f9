import logging
from hashlib import sha256
from operator import is_

import msgspec
import pytest

from layerhold.domain.layers import Anatomy, LayerSize
from layerhold.jobs.figure_cache import load, save


def digest(name: object) -> str:
    return f"sha256:{sha256(str(name).encode()).hexdigest()}"


BASE = LayerSize(digest("base"), 80_000_000)


def some(count: int) -> dict[str, Anatomy]:
    return {
        digest(number): Anatomy(
            "linux/arm64/v8" if number % 2 else "linux/amd64",
            (BASE, LayerSize(digest(f"layer {number}"), number)),
            content=number % 3,
        )
        for number in range(count)
    }


def test_what_was_kept_comes_back(tmp_path):
    anatomies = some(50)
    save(tmp_path / "new folder/figures", anatomies, anatomies)

    assert load(tmp_path / "new folder/figures") == anatomies


def test_images_share_the_objects_of_their_layers(tmp_path):
    save(tmp_path / "figures", some(2), some(2))

    first, second = load(tmp_path / "figures").values()
    assert first.layers[0] is second.layers[0]


def test_ids_of_present_images_are_their_own_texts(tmp_path):
    save(tmp_path / "figures", some(2), some(2))

    present = list(some(2))
    assert all(map(is_, load(tmp_path / "figures", present), present))


def test_images_that_are_gone_and_guesses_are_not_kept(tmp_path):
    anatomies = some(4)
    _gone, guess, *rest = anatomies
    anatomies[guess] = Anatomy("linux/amd64", (BASE,), exact=False)
    save(tmp_path / "figures", anatomies, [guess, *rest, digest("never read")])

    assert list(load(tmp_path / "figures")) == rest


def test_unusual_ids_are_left_out_and_do_no_harm(tmp_path):
    odd = {"sha512:12": Anatomy("", ()), "sha256:" + "A" * 64: Anatomy("", ()), "": Anatomy("", ())}
    save(tmp_path / "figures", odd | some(1), [*odd, *some(1)])

    assert load(tmp_path / "figures") == some(1)


def damaged(content: bytes) -> list[bytes]:
    kept = msgspec.msgpack.decode(content)
    return [
        b"",
        b"not MessagePack",
        content[: len(content) // 2],
        msgspec.msgpack.encode([99, *kept[1:]]),
        msgspec.msgpack.encode([*kept[:3], b"", *kept[4:]]),
        msgspec.msgpack.encode([kept[0], [], *kept[2:]]),
        msgspec.msgpack.encode([*kept[:8], kept[8][:-4]]),
        msgspec.msgpack.encode([*kept[:8], kept[8][:-1]]),
        msgspec.msgpack.encode([*kept[:8], b"\xff" * len(kept[8])]),
        msgspec.msgpack.encode({"format": 1}),
    ]


@pytest.mark.parametrize("which", range(10))
def test_a_damaged_or_foreign_file_counts_as_none_and_is_logged(tmp_path, caplog, which):
    path = tmp_path / "figures"
    save(path, some(5), some(5))
    path.write_bytes(damaged(path.read_bytes())[which])

    with caplog.at_level(logging.WARNING):
        assert load(path) == {}
    assert str(path) in caplog.text
    caplog.clear()


def test_no_file_is_no_news(tmp_path, caplog):
    assert load(tmp_path / "nosuch") == {}
    assert not caplog.records


def test_a_disk_that_refuses_is_survived_and_leaves_nothing_behind(tmp_path, caplog):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/occupied").touch()

    save(tmp_path / "figures", some(1), some(1))

    assert "cannot be kept" in caplog.text
    caplog.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]
