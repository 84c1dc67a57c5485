import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pendulum

ZONE = ZoneInfo("America/New_York")
LATER = pendulum.datetime(2024, 6, 1, tz="Asia/Tokyo")
DEFAULTS = {"owner": "shop", "start_date": datetime(2024, 1, 1, tzinfo=ZONE)}


def local_zone():
    return ZoneInfo(os.environ["TZ"])
