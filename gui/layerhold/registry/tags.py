"""Which tags a repository has, page by page."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import msgspec
from requests.utils import parse_header_links

from layerhold.domain.cancel import Token
from layerhold.domain.login import Login
from layerhold.domain.references import Reference
from layerhold.domain.registry_errors import RegistryFailure
from layerhold.registry.manifests import pulling
from layerhold.registry.refusals import Answer
from layerhold.registry.request import Request
from layerhold.registry.session import Session
from layerhold.registry.trust import Trust
from layerhold.registry.wire import decode

PAGE = 1000
"""Tags that are asked for at once; registries give as many as they like."""


class _Page(msgspec.Struct):
    tags: list[str] | None = None


def tags(
    reference: Reference,
    login: Login | None = None,
    token: Token | None = None,
    trust: Trust | None = None,
) -> tuple[str, ...]:
    """Every tag of the reference's repository, in the registry's order."""
    with Session(reference.registry, login, token, trust) as session:
        return tuple(dict.fromkeys(_tags(session, reference)))


def _tags(session: Session, reference: Reference) -> Iterator[str]:
    path = f"/v2/{reference.path}/tags/list?n={PAGE}"
    asked: set[str] = set()
    # A registry that leads in a circle has told everything by then.
    while path and path not in asked:
        asked.add(path)
        answer = session.ask(Request(path, scope=pulling(reference), subject=reference.repository))
        yield from _page(answer, reference)
        path = _next(answer)


def _page(answer: Answer, reference: Reference) -> list[str]:
    try:
        return decode(answer.content, _Page).tags or []
    except ValueError as error:
        raise RegistryFailure(reference.repository, reference.registry, str(error)) from error


def _next(answer: Answer) -> str:
    """The next page's path; its host does not count, since the login is for this one."""
    for link in parse_header_links(answer.header("Link")):
        if link.get("rel") == "next":
            url = urlsplit(urljoin(answer.url, link["url"]))
            return f"{url.path}?{url.query}"
    return ""
