import pytest

from layerhold.domain.errors import Unsupported
from layerhold.domain.usage import DiskUsage
from layerhold.engine.docker.engine import connect

CACHE = [
    {"Size": 10, "InUse": False, "Shared": False},
    {"Size": 5, "InUse": True, "Shared": False},
    {"Size": 100, "InUse": False, "Shared": True},
]


def test_disk_usage_of_older_engines(api, engine):
    api.answer("GET", "/system/df", {"LayersSize": 1000, "Images": [{}], "BuildCache": CACHE})

    assert engine.disk_usage() == DiskUsage(1000, 15, 10)
    assert api.asked[-1] == "GET /v1.41/system/df"


def test_disk_usage_from_api_1_52_on(api, engine):
    usage = {
        "LayersSize": 0,
        "Images": [],
        "ImageUsage": {"TotalSize": 77},
        "BuildCacheUsage": {"TotalSize": 8, "Reclaimable": 3},
    }
    api.answer("GET", "/system/df", usage)

    assert engine.disk_usage() == DiskUsage(77, 8, 3)


def test_newer_engines_need_not_measure_volumes(api):
    api.be("d28gd")
    api.answer("GET", "/system/df", {"LayersSize": 1, "BuildCache": None})
    engine = connect(api.endpoint)

    assert engine.disk_usage() == DiskUsage(1, 0, 0)
    assert api.asked[-1] == "GET /v1.51/system/df?type=image&type=build-cache"
    engine.close()


def test_podman_has_no_build_cache_and_says_nothing_about_layers(api):
    api.be("p43")
    api.answer("GET", "/system/df", {"LayersSize": 0, "Images": [{"Size": 5}], "BuildCache": []})
    engine = connect(api.endpoint)

    assert engine.disk_usage() == DiskUsage(None, None, None)
    with pytest.raises(Unsupported):
        engine.prune_build_cache()
    engine.close()


@pytest.mark.parametrize(("everything", "query"), [(False, ""), (True, "?all=true")])
def test_pruning_the_build_cache(api, engine, everything, query):
    api.answer("POST", "/build/prune", {"CachesDeleted": None, "SpaceReclaimed": 123})

    assert engine.prune_build_cache(everything=everything) == 123
    assert api.asked[-1] == f"POST /v1.41/build/prune{query}"
