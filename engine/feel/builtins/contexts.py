"""Context functions (DMN 1.5, 10.3.4.12)."""

from __future__ import annotations

from engine.feel.registry import built_in
from engine.feel.run import Run

Context = dict[str, object]


@built_in("get value", "context", "string")
def get_value(run: Run, context: Context, key: str) -> object:
    return context[key] if key in context else run.null("This context has no such entry.")


@built_in("get entries", "context")
def get_entries(run: Run, context: Context) -> object:
    run.grow(6 * len(context))
    run.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@built_in("context", "list")
def context(run: Run, entries: list[object]) -> object:
    run.spend(len(entries))
    run.grow_context(len(entries))
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "value" not in entry or not isinstance(entry.get("key"), str):
            return run.null("A context is made from entries with a key and a value.")
        if entry["key"] in made:
            return run.null("The same key occurs twice.")
        made[entry["key"]] = entry["value"]
    return made


@built_in("context put", "context", "string", "any")
def context_put(run: Run, target: Context, key: str, value: object) -> object:
    run.grow_context(len(target) + 1)
    return {**target, key: value}


@built_in("context put", "context", "list", "any")
def context_put_deep(run: Run, target: Context, keys: list[object], value: object) -> object:
    if not keys:
        return run.null("There is no key to put a value at.")
    run.spend(len(keys))
    path: list[Context] = []
    current: object = target
    for key in keys:
        if not isinstance(current, dict) or not isinstance(key, str):
            return run.null("A path of keys leads through contexts.")
        run.grow_context(len(current) + 1)
        path.append(current)
        current = current.get(key, {})
    for key, level in zip(reversed(keys), reversed(path), strict=True):
        value = {**level, str(key): value}
    return value


@built_in("context merge", "list")
def context_merge(run: Run, contexts: list[object]) -> object:
    made: Context = {}
    for part in contexts:
        if not isinstance(part, dict):
            return run.null("Only contexts can be merged.")
        run.grow_context(len(part))
        made.update(part)
    return made
