"""One plain Python function as JavaScript."""

import ast

from figpress.live import javascript as js
from figpress.live.expressions import Expressions
from figpress.live.kinds import target_names


class Writer(Expressions):
    """Writes one function: statements become lines."""

    def function(self, node: ast.FunctionDef, name: str) -> str:
        arguments = node.args
        if arguments.vararg or arguments.kwarg or arguments.posonlyargs or arguments.kwonlyargs:
            raise self.error(node, "it may take plain parameters only, no *, ** or /")
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        parameters = [argument.arg for argument in arguments.args]
        self.scopes.append(self.kinds_of_names(parameters, body))
        written = self.parameters(parameters, node)
        others = sorted(self.local(name) for name in self.scopes[0] if name not in parameters)
        lines = [f"var {', '.join(others)};"] if others else []
        lines += map(self.statement, body)
        if not body or not isinstance(body[-1], ast.Return | ast.Raise):
            lines.append("return null;")
        return f"{js.call(f'function {name}', *written)} {{{js.indented(lines)}\n}}"

    def parameters(self, names: list[str], node: ast.FunctionDef) -> list[str]:
        defaults = [f" = {self.value(default, node)}" for default in self.source.__defaults__ or ()]
        without = [""] * (len(names) - len(defaults))
        return [self.local(name) + default for name, default in zip(names, without + defaults, strict=True)]

    def block(self, body: list[ast.stmt]) -> str:
        return f"{{{js.indented(map(self.statement, body))}\n}}"

    def statement(self, node: ast.stmt) -> str:
        match node:
            case ast.Return():
                return f"return {self.expression(node.value) if node.value else 'null'};"
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=ast.Name() as target, value=ast.expr()):
                return self.assigned(target, self.expression(node.value))
            case ast.Assign():
                raise self.error(node, "assign one name at a time, not a = b = ...")
            case ast.AugAssign(target=ast.Name() | ast.Subscript()):
                return self.augmented(node)
            case ast.If():
                is_elif = len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
                other = self.statement(node.orelse[0]) if is_elif else self.block(node.orelse)
                return f"if ({self.condition(node.test)}) {self.block(node.body)}" + (
                    f" else {other}" if node.orelse else ""
                )
            case ast.While(orelse=[]):
                return f"while ({self.condition(node.test)}) {self.block(node.body)}"
            case ast.For(orelse=[]):
                return f"for ({self.target(node.target)} of {self.iterable(node.iter)}) {self.block(node.body)}"
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[item], keywords=[])):
                return f"{self.owner(node.value)}.push({self.expression(item)});"
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="extend"), args=[items], keywords=[])):
                return f"{self.owner(node.value)}.push(...{self.iterable(items)});"
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return ""
            case ast.Break() | ast.Continue():
                return f"{type(node).__name__.lower()};"
            case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"), args=[message]), cause=None):
                return f"{js.call('py_raise', self.expression(message))};"
        raise self.refusal(node)

    def target(self, node: ast.expr) -> str:
        """Names to assign to: one, or several in brackets."""
        names = target_names(node)
        if names is None:
            raise self.error(node, "only plain names can be unpacked to")
        return self.local(node.id) if isinstance(node, ast.Name) else f"[{', '.join(map(self.local, names))}]"

    def assigned(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            return f"{js.call('py_set', self.expression(target.value), self.expression(target.slice), value)};"
        if isinstance(target, ast.Name | ast.Tuple | ast.List):
            return f"{self.target(target)} = {value};"
        raise self.error(target, "assign to a name or to an item")

    def augmented(self, node: ast.AugAssign) -> str:
        whole = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
        # A list stays the same list, and grows.
        value = self.sum(whole, "py_grown") if isinstance(node.op, ast.Add) else self.binary(whole)
        return self.assigned(node.target, value)
