def play() -> None:
    """x"""


def replay() -> None:
    """x"""
