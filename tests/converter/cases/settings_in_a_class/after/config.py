import enum
import os
from datetime import timedelta

import pendulum


class Base:
    START = pendulum.datetime(2024, 1, 1, tz="Europe/Amsterdam")
    TRIES = 2


class Config(Base):
    ARGS = {"retries": Base.TRIES, "retry_delay": timedelta(minutes=5)}
    SCHEDULE = "0 6 * * *"
    LIMIT = 1
    if os.environ.get("ENV") == "prod":
        LATE = "0 22 * * *"
    else:
        LATE = None


class Plan(enum.Enum):
    NIGHTLY = "0 3 * * *"


Config.LIMIT = 3
