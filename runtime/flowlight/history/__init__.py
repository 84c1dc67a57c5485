"""The history: runs, states, logs and events in the SQLite file of `flowlight.store`.

`sink.py` listens, `rows.py` says what is written, `writer.py` writes, `queries.py` reads.
"""
