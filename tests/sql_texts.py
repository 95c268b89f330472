"""Whether the text of a statement is made of our own constants and the names of our own tables.

Every expression is followed to where it comes from, through local names, loops, helpers and
parameters to each of their calls. Whatever cannot be followed is not ours.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TAKES_TEXT = {"text": 0, "exec_driver_sql": 0, "execute": 0, "copy": 0}
"""Calls that take SQL, and where."""
OF_OUR_OWN = {"join", "format", "replace", "items", "keys", "values"}
"""What is ours when it is called on what is ours."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Code:
    """All modules by their dotted names."""

    modules: Mapping[str, ast.Module]

    def statements(self) -> Iterator[tuple[str, ast.expr, "Place"]]:
        """(where, the text, its surroundings) of every call that takes SQL as text."""
        for name, module in self.modules.items():
            for place, call in _calls(self, name, module):
                at = TAKES_TEXT.get(_called(call))
                if at is not None and len(call.args) > at:
                    yield f"{name}:{call.lineno}", call.args[at], place

    def strangers(self) -> list[str]:
        """The statements whose text is not ours."""
        return [
            f"{where}: {ast.unparse(text)}"
            for where, text, place in self.statements()
            if _is_text(text, place) and not place.owns(text)
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """An expression's surroundings: its module, and its function if it stands in one."""

    code: Code
    module: str
    function: Function | None
    followed: frozenset[int] = frozenset()

    def owns(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr():
                return all(self.owns(part) for part in node.values)
            case ast.FormattedValue():
                return self.owns(node.value)
            case ast.BinOp(op=ast.Mult()):
                return self.owns(node.left) or self.owns(node.right)
            case ast.BinOp():
                return self.owns(node.left) and self.owns(node.right)
            case ast.IfExp():
                return self.owns(node.body) and self.owns(node.orelse)
            case ast.Tuple() | ast.List() | ast.Set():
                return all(self.owns(each) for each in node.elts)
            case ast.Dict():
                return all(self.owns(each) for each in node.values)
            case ast.Subscript():
                return self.owns(node.value)
            case ast.Starred():
                return self.owns(node.value)
            case ast.GeneratorExp() | ast.ListComp():
                return self.owns(node.elt)
            case ast.DictComp():
                return self.owns(node.key) and self.owns(node.value)
            case ast.Attribute():
                return self._owns_attribute(node)
            case ast.Call():
                return self._owns_call(node)
            case ast.Name():
                return self._owns_name(node.id)
            case _:
                return False

    def _owns_attribute(self, node: ast.Attribute) -> bool:
        if node.attr == "__tablename__" or self._is_a_column(node):
            return True
        is_member = isinstance(node.value, ast.Name) and node.attr.isupper()  # of an enum
        return is_member or self.owns(node.value)

    def _owns_call(self, node: ast.Call) -> bool:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        name = _called(node)
        if isinstance(node.func, ast.Attribute) and name in OF_OUR_OWN:
            return self.owns(node.func.value) and all(map(self.owns, arguments))
        if name in {"str", "int", "enumerate", "text", "dict", "tuple", "len", "zip"}:
            return all(map(self.owns, arguments))
        if self._is_class(name):
            return all(map(self.owns, arguments))
        return self._owns_what_returns(name)

    def _is_class(self, name: str) -> bool:
        return any(
            isinstance(each, ast.ClassDef) and each.name == name
            for tree in self.code.modules.values()
            for each in tree.body
        )

    def _owns_what_returns(self, name: str) -> bool:
        for module, function in self._functions(name):
            if id(function) in self.followed:
                continue
            inside = Place(self.code, module, function, self.followed | {id(function)})
            returned = [
                each.value
                for each in ast.walk(function)
                if isinstance(each, ast.Return) and each.value is not None
            ]
            return bool(returned) and all(map(inside.owns, returned))
        return False

    def _owns_name(self, name: str) -> bool:
        if self.function is not None:
            told = _assigned(self.function, name)
            if told:
                return all(map(self.owns, told))
            if name in _parameters(self.function):
                return self._owns_at_each_call(name)
        for module in self._where_defined(name):
            told = _assigned(self.code.modules[module], name)
            if told:
                return all(map(Place(self.code, module, None, self.followed).owns, told))
        return False

    def _owns_at_each_call(self, parameter: str) -> bool:
        function = self.function
        assert function is not None
        if id(function) in self.followed:
            return False
        place = _parameters(function).index(parameter)
        given = []
        for module, tree in self.code.modules.items():
            for where, call in _calls(self.code, module, tree):
                if _called(call) != function.name or self._is_namesake(function, module):
                    continue
                named = [each.value for each in call.keywords if each.arg == parameter]
                at_place = call.args[place : place + 1]
                found = named or at_place
                if not found:
                    return False
                given.append(
                    Place(
                        where.code, where.module, where.function, self.followed | {id(function)}
                    ).owns(found[0])
                )
        return bool(given) and all(given)

    def _is_namesake(self, function: Function, module: str) -> bool:
        """A private function of that name elsewhere is another one."""
        return module != self.module and function.name.startswith("_")

    def _functions(self, name: str) -> Iterator[tuple[str, Function]]:
        for module in (self.module, *self.code.modules):
            for each in self.code.modules[module].body:
                if isinstance(each, Function) and each.name == name:
                    yield module, each

    def _where_defined(self, name: str) -> Iterator[str]:
        yield self.module
        for each in ast.walk(self.code.modules[self.module]):
            if not isinstance(each, ast.ImportFrom) or each.module not in self.code.modules:
                continue
            if any(alias.name == name for alias in each.names):
                yield each.module

    def _is_a_column(self, node: ast.Attribute) -> bool:
        """The name of a column that was taken from a table of ours."""
        if node.attr not in {"name", "key"} or not isinstance(node.value, ast.Name):
            return False
        if self.function is None:
            return False
        return any(
            "__table__.columns" in ast.unparse(source)
            for told in _assigned(self.function, node.value.id)
            for source in [told, *_sources(self.function, told)]
        )


def _is_text(node: ast.expr, place: Place) -> bool:
    """Built statements of SQLAlchemy are no text: they bind what they are given."""
    if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp):
        return True
    return _called_name(node) in {"format", "join", "replace"} or (
        isinstance(node, ast.Name) and place.function is not None and _is_str(node, place.function)
    )


def _is_str(node: ast.Name, function: Function) -> bool:
    return any(
        argument.arg == node.id and ast.unparse(argument.annotation or node) == "str"
        for argument in function.args.args
    )


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rsplit(".", 1)[-1]


def _called_name(node: ast.expr) -> str:
    return _called(node) if isinstance(node, ast.Call) else ""


def _calls(code: Code, name: str, module: ast.Module) -> Iterator[tuple[Place, ast.Call]]:
    inside: dict[int, Function] = {}
    for function in ast.walk(module):
        if isinstance(function, Function):
            inside |= {id(node): function for node in ast.walk(function)}
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield Place(code, name, inside.get(id(node))), node


def _parameters(function: Function) -> list[str]:
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _assigned(tree: Function | ast.Module, name: str) -> list[ast.expr]:
    """Everything a name stands for there: assigned, or looped over."""
    found: list[ast.expr] = []
    for node in _of_module(tree) if isinstance(tree, ast.Module) else ast.walk(tree):
        if isinstance(node, ast.Assign):
            found += [node.value for target in node.targets if _names(target, name)]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            if node.value is not None and _names(node.target, name):
                found.append(node.value)
        elif isinstance(node, ast.For | ast.comprehension) and _names(node.target, name):
            found.append(node.iter)
    return found


def _of_module(tree: ast.Module) -> Iterator[ast.AST]:
    for statement in tree.body:
        if not isinstance(statement, Function | ast.ClassDef):
            yield from ast.walk(statement)


def _sources(function: Function, node: ast.expr) -> list[ast.expr]:
    return [
        told
        for each in ast.walk(node)
        if isinstance(each, ast.Name)
        for told in _assigned(function, each.id)
    ]


def _names(target: ast.expr, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(target))
