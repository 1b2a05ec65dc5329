"""The command `waymark policy check`: is this pack fit to be used?"""

from pathlib import Path

from waymark.policy.pack import WrongPack, load


def main(path: Path) -> int:
    """Print that the pack is right, or its faults line by line; 0 when it is right, else 1."""
    try:
        pack = load(path)
    except WrongPack as wrong:
        print(wrong)
        return 1
    questions, factors = len(pack.form.questions), len(pack.framework.factors)
    print(f"OK: {pack.edition.name}, {questions} questions, {factors} factors.")
    return 0
