"""Reports as one HTML page that needs nothing else: no script, nothing from outside."""

from __future__ import annotations

from typing import Any

from annotator.storage.disk.contents import printable
from annotator.storage.shipped.resources import resource_path


def render(template: str, **values: Any) -> str:
    """The page that a template of ``resources/reports`` makes; all values are escaped."""
    # Drawn in only where a page is made: the table of formats must be there without it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resource_path("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return printable(environment.get_template(template).render(values))
