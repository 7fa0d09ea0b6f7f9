"""Tell which engines were looked for and where, what answered, and what else may be in the way."""

import os
import platform
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from layerhold import __version__, desktop, logs
from layerhold.command_line import Options
from layerhold.domain.cancel import Token
from layerhold.domain.errors import (
    ConfigProblem,
    EngineGone,
    Failure,
)
from layerhold.engine.about import About, Endpoint
from layerhold.engine.candidates import Choice
from layerhold.engine.connect import Found, look
from layerhold.engine.sockets import ROOT
from layerhold.formatting import visible
from layerhold.jobs.asking import answering
from layerhold.registry import docker_config
from layerhold.registry.docker_config import DockerConfig

Answers = Mapping[Endpoint, About | Failure]


@dataclass(frozen=True, slots=True)
class Patient:
    """The machine to look at."""

    environ: Mapping[str, str]
    home: Path
    root: Path = ROOT


NOTHING = "No engine answers. Start Docker or Podman, or name an engine with --host."


def run(options: Options, out: TextIO, patient: Patient | None = None) -> int:
    """Write the report; 1 if the window would find no engine, else 0."""
    patient = patient or Patient(os.environ, Path.home())
    found = look(options.choice, patient.environ, patient.home, patient.root)
    answers = dict(answering(found.endpoints, Token()))
    shown, reason = _verdict(found, answers)
    _section(out, f"Layerhold {__version__}", [_machine()])
    _section(out, "Engines", _engines(found, answers))
    _section(out, "Looked for in vain", (f"{it.name}: {it.url}" for it in found.absent))
    _section(out, "Configuration", _configuration(options.choice, found, patient))
    _section(out, "Desktop", [*desktop.describe(patient.environ), f"Log: {logs.file()}"])
    out.write(f"{_shown(shown, found) if shown else reason}\n")
    return 0 if shown else 1


def _shown(shown: Endpoint, found: Found) -> str:
    if shown != found.store:
        return f"The window would show {shown.name}."
    return f"{NOTHING} Until then the window would show the embedded store."


def _section(out: TextIO, title: str, lines: Iterable[str]) -> None:
    if body := [f"  {visible(line, LONGEST)}\n" for line in lines]:
        out.writelines([f"{title}\n", *body, "\n"])


LONGEST = 500
"""Characters of a line; what it tells may come from anywhere."""


def _machine() -> str:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"Python {platform.python_version()} on {system}"


def _verdict(found: Found, answers: Answers) -> tuple[Endpoint | None, str]:
    """The engine that would be shown, or why there is none."""
    for endpoint in found.to_try:
        if isinstance(answers.get(endpoint), About):
            return endpoint, ""
    if not found.asked_for:
        return None, NOTHING
    failures = (it for place in found.to_try if isinstance(it := answers.get(place), Failure))
    reason = found.refusal or next(failures)
    return None, f"The engine that {found.asked_for} names cannot be shown: {explain(reason)}"


def _engines(found: Found, answers: Answers) -> Iterator[str]:
    for endpoint in found.endpoints:
        yield _engine(endpoint, answers[endpoint])
    for endpoint, why in found.unusable:
        yield _engine(endpoint, why)
    if not (found.endpoints or found.unusable):
        yield "none"


def _engine(endpoint: Endpoint, answer: About | Failure) -> str:
    told = f"answers: {_about(answer)}" if isinstance(answer, About) else explain(answer)
    name = f"{endpoint.name}, " if endpoint.name not in {endpoint.url, endpoint.source} else ""
    return f"{name}{endpoint.url or 'no address'} (from {endpoint.source}): {told}"


def _about(about: About) -> str:
    store = f"{about.store.value} {about.driver}".strip()
    api = f"API {about.api}" if about.api else ""
    told = (f"{about.kind.value} {about.version}", api, store, about.platform)
    return ", ".join(filter(None, told))


def explain(failure: Failure) -> str:
    """What the window says, without its promises; the bare facts where Qt cannot be loaded."""
    try:
        from layerhold import wording
    except ImportError:
        return f"{type(failure).__name__} {failure}"
    said = wording.explain(failure)
    hint = "" if isinstance(failure, EngineGone) else said.hint
    return " ".join(part for part in (said.what, hint) if part)


def _configuration(choice: Choice, found: Found, patient: Patient) -> Iterator[str]:
    folder = docker_config.folder(patient.environ, patient.home)
    config, _problem = docker_config.read(folder)
    there = (folder / "config.json").is_file()
    yield f"{folder / 'config.json'}{'' if there else ' (not there)'}"
    yield f"Context: {_context(choice, config, patient.environ)}"
    yield from _helpers(config, patient.environ.get("PATH", ""))
    yield from map(_broken, found.problems)


def _context(choice: Choice, config: DockerConfig, environ: Mapping[str, str]) -> str:
    return choice.context or environ.get("DOCKER_CONTEXT") or config.current_context or "default"


def _helpers(config: DockerConfig, path: str) -> Iterator[str]:
    if config.credential_store:
        yield f"Credentials: {_helper(config.credential_store, path)}"
    for host, name in config.credential_helpers.items():
        yield f"Credentials for {host}: {_helper(name, path)}"
    if not (config.credential_store or config.credential_helpers):
        yield "Credentials: no helper is configured"


def _helper(name: str, path: str) -> str:
    if not name:
        return "kept in config.json"
    program = f"docker-credential-{name}"
    return f"{program} ({shutil.which(program, path=path) or 'not found in PATH'})"


def _broken(problem: ConfigProblem) -> str:
    return f"Cannot be used: {problem.path}: {problem.detail}"
