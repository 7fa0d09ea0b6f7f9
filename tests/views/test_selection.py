import pytest

from fakes.desks import desk_over
from layerhold.planning.sharing import Bytes
from layerhold.planning.targets import OneTag, WholeImage
from layerhold.views.selection import weigh
from planning.model_engine import GraphDriver

APP, STEP, BASE = (f"sha256:{letter * 64}" for letter in "abc")


@pytest.mark.usefixtures("qapp")
def test_steps_of_a_build_do_not_hold_what_goes_with_their_last_image():
    model = GraphDriver(sizes={"base": 100, "step": 20, "app": 3})
    model.add(BASE, ["base:1"], ["base"])
    model.add(STEP, [], ["base", "step"], parent=BASE)
    model.add(APP, ["app:1", "app:2"], ["base", "step", "app"], parent=STEP)
    library = desk_over(model).library

    assert weigh(library, (WholeImage(APP),)).freed == Bytes(23)
    assert weigh(library, (OneTag(APP, "app:1"),)).freed == Bytes(0)
    assert weigh(library, (WholeImage(APP), WholeImage(BASE))).freed == Bytes(123)
