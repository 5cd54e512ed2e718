"""The one transaction: load, advance, commit. Everything that changes a journey passes here; doors stay thin.

    library     flows by slug and by version, compiled once
    dossiers    a journey with its graph; send a command, start, open
    commands    what a door may ask for, as makers of events
    access      secrets, references, resume codes
    worklist    tasks as workers see them

Called by `api.http`, `api.web`, `api.timers` and `api.app`. Knows the store's port, not its adapters.
"""
