"""How containers use an image."""

import pytest

from layerhold.domain.containers import Container, State
from layerhold.domain.images import Image
from layerhold.models.container_sign import container_sign
from layerhold.models.user_list import how, user_list, users

ID = "sha256:" + "ab" * 32
PORTS = ("80->80/tcp", "53->53/udp")
IMAGE = Image(ID, ("app:1",), ("app@sha256:" + "c" * 64,))


@pytest.mark.parametrize(
    ("container", "said"),
    [
        (Container("1", "web", ID, "app:1"), "Made from it"),
        (Container("1", "web", ID), "Made from it"),
        (Container("1", "web", ID, ID), "Made from it"),
        (Container("1", "web", ID, "abababababab"), "Made from it"),
        (Container("1", "web", ID, "app@sha256:" + "c" * 64), "Made from it"),
        (Container("1", "web", ID, "app:0"), "Made from it when it was called app:0"),
        (Container("1", "web", "sha256:2", "other", mounted_images=(ID,)), "Mounts it"),
    ],
)
def test_the_way_in_which_a_container_uses_an_image_is_said(container, said):
    assert how(IMAGE, container) == said


def test_no_two_states_that_differ_for_the_user_share_a_sign(qapp):
    del qapp
    states = (State.RUNNING, State.PAUSED, State.EXITED, State.DEAD)
    drawn = [container_sign(state).pixmap(16, 16).toImage() for state in states]
    assert all(drawn.count(picture) == 1 for picture in drawn)


def test_running_containers_come_first_with_glyph_and_word(qapp):
    model = user_list(qapp)
    model.plant(
        users(
            IMAGE,
            (
                Container("1", "a", ID, "app:1", State.EXITED, "Exited (0) 2 hours ago"),
                Container("2", "z", ID, "app:1", State.RUNNING, "Up 2 hours", ports=PORTS),
            ),
        )
    )

    assert [[model.index(row, column).data() for column in range(5)] for row in range(2)] == [
        ["z", "Running", "Up 2 hours", "80->80/tcp, 53->53/udp", "Made from it"],
        ["a", "Exited", "Exited (0) 2 hours ago", "", "Made from it"],
    ]
