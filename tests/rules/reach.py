"""Which optional inputs and public names of the rules nothing in the program reaches."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("db", "components", "pages")


def program() -> Mapping[str, ast.Module]:
    paths = [ROOT / "app.py", *(path for part in PARTS for path in (ROOT / part).rglob("*.py"))]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text())
        for path in paths
        if "migrations" not in path.parts
    }


def switches_nobody_sets(modules: Mapping[str, ast.Module]) -> set[str]:
    """`module.function(parameter)` for each default that every call of the program leaves."""
    calls: dict[str, list[ast.Call]] = {}
    for module in modules.values():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                calls.setdefault(_last(node.func), []).append(node)
    return {
        f"{Path(path).stem}.{name}({parameter})"
        for path, module in _rules(modules)
        for name, parameter, place in _optional(module)
        if not any(_sets(call, parameter, place) for call in calls.get(name, ()))
    }


def names_nobody_uses(modules: Mapping[str, ast.Module]) -> set[str]:
    """`module.name` for each public function, class or constant that is only defined."""
    used: dict[str, int] = {}
    for module in modules.values():
        for node in ast.walk(module):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                used[node.id] = used.get(node.id, 0) + 1
            elif isinstance(node, ast.Attribute):
                used[node.attr] = used.get(node.attr, 0) + 1
    return {
        f"{Path(path).stem}.{name}"
        for path, module in _rules(modules)
        for name in _public(module)
        if name not in used
    }


def _rules(modules: Mapping[str, ast.Module]) -> Iterator[tuple[str, ast.Module]]:
    return ((path, module) for path, module in modules.items() if path.startswith("db/rules/"))


def _public(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield inner.name


def _optional(module: ast.Module) -> Iterator[tuple[str, str, int | None]]:
    """(what is called, its optional input, its place among the positional ones)."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            given = node.args
            first = len(given.args) - len(given.defaults)
            is_method = bool(given.args) and given.args[0].arg == "self"
            for place, argument in enumerate(given.args):
                if place >= first:
                    yield node.name, argument.arg, place - is_method
            for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
                if default is not None:
                    yield node.name, argument.arg, None
        elif isinstance(node, ast.ClassDef) and _is_dataclass(node):
            fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
            for place, each in enumerate(fields):
                value = each.value
                is_filled_later = isinstance(value, ast.Call) and "default_factory" in {
                    keyword.arg for keyword in value.keywords
                }
                if value is not None and not is_filled_later and isinstance(each.target, ast.Name):
                    yield node.name, each.target.id, place


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(each) for each in node.decorator_list)


def _sets(call: ast.Call, parameter: str, place: int | None) -> bool:
    named = {keyword.arg for keyword in call.keywords}
    if parameter in named or None in named:
        return True
    spread = any(isinstance(argument, ast.Starred) for argument in call.args)
    return place is not None and (spread or len(call.args) > place)


def _last(function: ast.expr) -> str:
    return ast.unparse(function).rsplit(".", 1)[-1]
