"""Legal terms, working hours and promises: pure date arithmetic. Anything above `engine.graph` may call it.

periods         ISO 8601 durations (P8W, PT4H) and calendar arithmetic
holidays        the list of article 3 Algemene termijnenwet, and what a working day is
decree_days     days put on a level with a holiday by royal decree (data, with sources)
deadlines       the last day of a legal term, with every step and its article
opening_hours   `mo-fr 08:30-17:00`: open now, next opening, so many opening hours later
promises        when a promise falls due
flow_checks     what a flow says of time: waits that add up, opening hours, promises
"""
