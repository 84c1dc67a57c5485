import os

KNOWN = "@daily"
if os.environ.get("ENV") == "prod":
    IMPORTED = "@hourly"
else:
    IMPORTED = "@daily"
CHANGED = "@hourly"
