"""FEEL, the expression language of DMN 1.5, with a third value for what is not known yet; and decision tables.

    text ── parser.parse ──> tree.Expr ──┬── check.check ─────────────> types, all mistakes at once
                                         ├── names.free_names ────────> what it reads
                                         └── evaluator.compile_expression ──> Program
    Program(scope, Run()) ──> a value, null, or UNKNOWN; Run.diagnostics says why something is null

Text comes in, values come out; nothing here knows flows, DMN XML or the world. Three layers:

    syntax      lexer, names_in_scope, cursor, parse_operators, parse_forms, parser; tree
    values      values, decimals, lexical, moments, text; compare, arithmetic, properties, fits
    programs    compiler with its emit_ modules, registry with builtins; checker with its check_ modules
    tables      cells, table, analysis and bulk modules (docs/language/tables.md)

The language is described in docs/language/feel.md; every example there is run.
"""
