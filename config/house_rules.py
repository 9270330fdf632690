"""The rules of this house that no ready-made linter knows, each a function from a file to its findings."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 50
VIEW_LINES = 25
TEMPLATE_LINES = 150

FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "core", "misc"}
ENGINE = Path("cases/workflow/engine.py")
SIGNAL_MODULES = {
    "django.db.models.signals",
    "django.core.signals",
    "django.test.signals",
}


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Source:
    """A Python file, parsed; its path is relative to the house."""

    path: Path
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: Path, text: str) -> "Source":
        """Parse one file."""
        return cls(path, text, ast.parse(text))


def check_python(path: Path, text: str) -> list[Finding]:
    """All findings in a Python file."""
    source = Source.of(path, text)
    checks: list[Callable[[Source], Iterator[Finding]]] = [
        check_size,
        check_functions,
        check_inline_imports,
        check_signals,
    ]
    if path.parts[0] != "tests":
        checks += [check_saves, check_state_writes]
    return [finding for check in checks for finding in check(source)]


def check_template(path: Path, text: str) -> list[Finding]:
    """All findings in a template; those of PDFs may carry their own style."""
    findings = []
    if (count := len(text.splitlines())) > TEMPLATE_LINES:
        findings.append(
            Finding(path, count, f"template of {count} lines, at most {TEMPLATE_LINES}")
        )
    if "pdf" in path.parts:
        return findings
    for number, line in enumerate(text.splitlines(), start=1):
        findings += [
            Finding(path, number, message)
            for pattern, message in INLINE.items()
            if pattern.search(line)
        ]
    return findings


INLINE = {
    re.compile(r"<style\b", re.IGNORECASE): "inline style element; the CSP forbids it",
    re.compile(r"\sstyle\s*=", re.IGNORECASE): "inline style attribute; the CSP forbids it",
    re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE): "inline script; the CSP forbids it",
    re.compile(
        r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE
    ): "inline event handler; the CSP forbids it",
    re.compile(r"javascript:", re.IGNORECASE): "script address; the CSP forbids it",
    re.compile(r"\|\s*safe\b"): "`safe` switches escaping off",
}


def check_name(path: Path) -> list[Finding]:
    """A drawer for everything is not a place."""
    if path.stem in FORBIDDEN_NAMES or FORBIDDEN_NAMES & set(path.parts[:-1]):
        return [
            Finding(
                path,
                1,
                "a name that says nothing: " + ", ".join(sorted(FORBIDDEN_NAMES)),
            )
        ]
    return []


def check_lock(path: Path, text: str) -> list[Finding]:
    """Lock files name versions and hashes, never the place they came from."""
    pattern = re.compile(r"://|index-url|find-links|file:")
    return [
        Finding(path, number, "address in a lock file")
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def check_size(source: Source) -> Iterator[Finding]:
    """A file is at most 400 lines."""
    if (count := len(source.text.splitlines())) > FILE_LINES:
        yield Finding(source.path, count, f"file of {count} lines, at most {FILE_LINES}")


def check_functions(source: Source) -> Iterator[Finding]:
    """A function is at most 50 lines, a view 25."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        is_view = any(name_of(decorator) == "page" for decorator in node.decorator_list)
        most = VIEW_LINES if is_view else FUNCTION_LINES
        if (count := (node.end_lineno or node.lineno) - node.lineno + 1) > most:
            kind = "view" if is_view else "function"
            yield Finding(
                source.path,
                node.lineno,
                f"{kind} `{node.name}` of {count} lines, at most {most}",
            )


def check_inline_imports(source: Source) -> Iterator[Finding]:
    """An import inside a function gives its reason; `slow import` is the only one."""
    lines = source.text.splitlines()
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import | ast.ImportFrom) and not gives_reason(lines, inner):
                yield Finding(
                    source.path,
                    inner.lineno,
                    "import inside a function without `# slow import`",
                )


def gives_reason(lines: list[str], node: ast.stmt) -> bool:
    """Whether one of an import's lines carries the reason."""
    return any("slow import" in line for line in lines[node.lineno - 1 : node.end_lineno])


def check_signals(source: Source) -> Iterator[Finding]:
    """No Django signals, except receivers of sign-in."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.module in SIGNAL_MODULES:
            yield Finding(source.path, node.lineno, "Django signals; call the action instead")
        if node.module == "django.dispatch" and any(alias.name == "Signal" for alias in node.names):
            yield Finding(source.path, node.lineno, "a Django signal of our own; call the action")


def check_saves(source: Source) -> Iterator[Finding]:
    """Every `.save()` names its fields, so that parallel requests do not overwrite each other."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and is_bare_save(node):
            message = "bare `.save()`; name the fields in `update_fields`"
            yield Finding(source.path, node.lineno, message)


def is_bare_save(call: ast.Call) -> bool:
    """Whether a call saves a whole row that exists; forms and files save otherwise."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "save":
        return False
    keywords = {keyword.arg for keyword in call.keywords}
    is_other_save = bool(call.args) or name_of(call.func.value).endswith("form")
    return not is_other_save and not keywords & {"update_fields", "force_insert"}


def check_state_writes(source: Source) -> Iterator[Finding]:
    """Only the engine writes a case's state."""
    if source.path == ENGINE:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.stmt | ast.expr) and writes_case_state(node):
            yield Finding(
                source.path,
                node.lineno,
                "a case's state; only `perform()` in the engine writes it",
            )


def writes_case_state(node: ast.stmt | ast.expr) -> bool:
    """Whether a statement or call gives a case another state."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(target, ast.Attribute) and target.attr == "state" and is_case(target.value)
            for target in targets
        )
    if not isinstance(node, ast.Call):
        return False
    keywords = {keyword.arg for keyword in node.keywords}
    if name_of(node.func) == "setattr" and len(node.args) > 1 and is_case(node.args[0]):
        return isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
    return (
        name_of(node.func) == "update"
        and "state" in keywords
        and root_of(node.func) in {"Case", "cases"}
    )


def is_case(node: ast.expr) -> bool:
    """Whether an expression is called a case."""
    name = name_of(node)
    return name in {"case", "locked"} or name.endswith("_case")


def name_of(node: ast.expr) -> str:
    """Last name of an expression: `a.b.c(...)` is `c`, else empty."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_of(node: ast.expr) -> str:
    """First name of an expression: `A.b.c(...).d` is `A`, else empty."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""
