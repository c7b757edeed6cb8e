"""``python -m aslb.cli`` is the command `aslb`."""

from aslb.cli import main

if __name__ == "__main__":
    main()
