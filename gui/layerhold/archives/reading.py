"""What an archive of images says about itself: read whole before anything is loaded from it."""

from pathlib import Path

from layerhold.archives import docker_form, engine_errors, oci_form
from layerhold.archives.contents import ArchivedImage, Contents, Form, Index, Part
from layerhold.archives.docker_form import MANIFEST
from layerhold.archives.layer_shelf import LayerShelf
from layerhold.archives.limits import MOST_TAGS
from layerhold.archives.oci_walk import INDEX
from layerhold.archives.opened import Opened, look_over
from layerhold.archives.tags import joined, merged, settled
from layerhold.domain.archive_errors import ArchiveFailure, ArchiveFault
from layerhold.domain.cancel import Token
from layerhold.domain.progress import Progress, Report

_ENOUGH = 2
"""Folders of an operating system beside a `manifest.json` that is then an application's own."""


def _unseen(_: Progress) -> None:
    """Nobody looks."""


def read(path: Path, token: Token, report: Report = _unseen) -> Contents:
    """Every image in the file or folder, and what is wrong with it; raises `ArchiveFailure`.

    Layers are not read: `verify` does that. Progress comes only where the file is compressed, since
    all of it must be decompressed then to find anything.
    """
    try:
        opened = look_over(path, token, report)
        return _contents(opened)
    except ArchiveFailure as failure:
        raise engine_errors.sought(path, failure, token) from None


def is_file_system(path: Path, token: Token, report: Report = _unseen) -> bool:
    """Whether it is a root file system, which can be imported; never raises `ArchiveFailure`."""
    try:
        read(path, token, report)
    except ArchiveFailure as failure:
        return failure.fault is ArchiveFault.FILE_SYSTEM
    return False


def _contents(opened: Opened) -> Contents:
    form = _form(opened)
    images, indexes, is_ambiguous = _images(opened, form)
    if not images:
        raise ArchiveFailure(str(opened.place.path), ArchiveFault.EMPTY)
    if sum(len(image.tags) for image in images) > MOST_TAGS:
        raise ArchiveFailure(str(opened.place.path), ArchiveFault.TOO_LARGE, "too many tags")
    images, is_contested = settled(images)
    return Contents(
        opened.place,
        form,
        tuple(images),
        opened.plain_size or sum(part.size for part in _parts(images)),
        tuple(indexes),
        opened.is_ended,
        opened.has_rest,
        opened.is_ambiguous or is_ambiguous or is_contested,
    )


def _form(opened: Opened) -> Form:
    """By the documents at the top, unless they stand among the folders of an operating system."""
    is_listed, is_laid_out = opened.find(MANIFEST), opened.find(INDEX)
    if opened.system_folders < _ENOUGH:
        if is_listed:
            return Form.DOCKER_AND_OCI if is_laid_out else Form.DOCKER
        if is_laid_out:
            return Form.OCI
    path, detail = str(opened.place.path), f"there is no {MANIFEST} and no {INDEX}"
    raise ArchiveFailure(path, _instead(opened), detail)


def _instead(opened: Opened) -> ArchiveFault:
    """What it is if it holds no images; any tar that has just `bin` can be imported."""
    if opened.place.is_folder:
        return ArchiveFault.FOLDER
    if opened.system_folders:
        return ArchiveFault.FILE_SYSTEM
    return ArchiveFault.EMPTY if opened.is_empty else ArchiveFault.NOT_AN_ARCHIVE


def _images(opened: Opened, form: Form) -> tuple[list[ArchivedImage], list[Index], bool]:
    """Images, indexes, and whether two programs could see different ones."""
    shelf = LayerShelf(str(opened.place.path))
    if form is Form.DOCKER:
        return joined(docker_form.images(opened, shelf)), [], False
    laid_out, indexes = oci_form.images(opened, shelf)
    if form is Form.OCI:
        return laid_out, indexes, False
    images, disagree = merged(laid_out, joined(docker_form.images(opened, shelf)))
    return images, indexes, disagree


def _parts(images: list[ArchivedImage]) -> set[Part]:
    parts = {layer.part for image in images for layer in image.layers}
    parts |= {image.config for image in images}
    return {part for part in parts if part}
