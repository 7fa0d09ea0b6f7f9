from layerhold.planning.load_rows import Spot
from layerhold.planning.load_wishes import Wishes


def test_wishes_follow_their_archives_to_new_places():
    ticks = {Spot(0, 1): False, Spot(2, 0): True, Spot(2, 3, 1): False}
    wishes = Wishes(ticks, {Spot(1, 0, 0): "a:1", Spot(2, 0, 0): "b:1"})

    left = wishes.of([2])

    assert left.ticks == {Spot(0, 0): True, Spot(0, 3, 1): False}
    assert left.names == {Spot(0, 0, 0): "b:1"}
    assert wishes.of([0, 1, 2]) == wishes
