import os


class Config:
    RETRIES = int(os.environ.get("RETRIES", "1"))


def tables():
    return os.environ.get("TABLES", "orders users").split()
