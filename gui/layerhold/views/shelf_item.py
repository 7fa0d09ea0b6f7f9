"""A row of the list `Archives`."""

from layerhold.views.sidebar_item import SidebarItem


class ShelfItem(SidebarItem):
    """Sizes stand whole, and only folders have a sign."""

    most_aside = 0.7
