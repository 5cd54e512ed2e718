"""Is a flow well made? Rules that go beyond what must hold for a flow to load.

    rule       what a rule is: a page (Avoid, Prefer, Why) and a pure check
    rules/     one rule a file
    registry   all rules, and the page of every code that anybody can see
    subject    what a rule looks at: the compiled flow, and where everything stands
    waivers    `# lint: L-CODE: reason` in the flow file
    linting    everything together: `lint(text, file)`

Called by `api.cli.lint`, by `watch` and by the pages for authors. Tests: tests/engine/lint/; pages: docs/lint/.
"""
