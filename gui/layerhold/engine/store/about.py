"""Who the embedded store is, and what it can do."""

from layerhold import __version__
from layerhold.engine.about import About, Caps, Kind, Store
from layerhold.engine.store import host
from layerhold.engine.store.layout import Layout

CAPS = Caps(
    cascades_to_parents=False,
    parents_hold=False,
    stopped_force_deletes_record=False,
    untagging_keeps_parents=False,
    digests_are_references=False,
    build_cache=False,
    classic_builder=False,
    buildkit=False,
    saves_platform=True,
    loads_oci=True,
    containers=False,
    runs=False,
    builds=False,
    commits=False,
    imports=False,
    sizes_are_packed=True,
)


def about(layout: Layout) -> About:
    return About(
        kind=Kind.STORE,
        version=__version__,
        api="",
        store=Store.LAYOUT,
        platform=host.platform_here(),
        root=str(layout.path),
        caps=CAPS,
    )
