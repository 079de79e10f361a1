"""YAML, read by libyaml where PyYAML was built with it: a sandbox starts twice as fast."""

import pickle
from functools import lru_cache
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> Any:  # noqa: ANN401 - a file's content is of any shape
    """What the text holds, the caller's own to change. yaml.YAMLError."""
    return pickle.loads(_read(text))  # noqa: S301 - made below


@lru_cache(maxsize=16)
def _read(text: str) -> bytes:
    """The same few scenes and manifests, again and again where many sandboxes are started."""
    return pickle.dumps(yaml.load(text, Loader=_LOADER))  # noqa: S506 - both are safe loaders
