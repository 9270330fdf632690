"""The forms of a page as a browser would send them: what is chosen, and filled in where nothing is."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from tests.access.region import TODAY

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FILLED = {
    "date": str(TODAY + timedelta(1)),
    "time": "09:30",
    "number": "5",
    "email": "iemand@voorbeeld.example",
}


@dataclass
class Form:
    """Where it goes, and its fields with the values that would be sent."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    # Values on offer that were not chosen, by field.
    offered: dict[str, list[str]] = field(default_factory=dict)

    def with_ids(self) -> list[str]:
        """Names of the fields that carry an id."""
        return [
            name
            for name in {**self.offered, **self.fields}
            if any(
                ID.search(value) for value in self.fields.get(name, []) + self.offered.get(name, [])
            )
        ]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a form starts, offers and holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = given.get("method", "").lower() == "post"
            self.form = Form(given.get("action", "")) if is_post else None
        elif self.form is None:
            return
        elif tag == "input" and given.get("name"):
            self._input(self.form, given)
        elif tag == "textarea":
            self.form.fields[given["name"]] = ["Een hele zin voor dit veld."]
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and given.get("value"):
            self._offer(self.form, self.select, given["value"], "selected" in given)

    def handle_endtag(self, tag: str) -> None:
        """End a form."""
        if tag == "form" and self.form:
            self.forms.append(self.form)
            self.form = None

    def _input(self, form: Form, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given["name"]
        if kind in ("radio", "checkbox"):
            self._offer(form, name, given.get("value", "on"), "checked" in given)
        elif kind not in ("submit", "file"):
            form.fields[name] = [given.get("value") or FILLED.get(kind, "Tekst")]

    def _offer(self, form: Form, name: str, value: str, is_chosen: bool) -> None:
        if is_chosen:
            form.fields.setdefault(name, []).append(value)
        else:
            form.offered.setdefault(name, []).append(value)


def forms_on(page: str) -> list[Form]:
    """Every form that a page would send, each choice made once."""
    parser = _Forms()
    parser.feed(page)
    for form in parser.forms:
        for name, values in form.offered.items():
            form.fields.setdefault(name, values[:1])
    return parser.forms
