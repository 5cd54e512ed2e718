"""One rule a file: its page and its check, named after its code. `engine.lint.registry` lists them all."""
