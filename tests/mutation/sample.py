"""A filter of Cosmic Ray: keep a random sample of the mutants of each file."""

import math
import random
import sys
from collections import defaultdict

from cosmic_ray.config import load_config
from cosmic_ray.tools.filters.filter_app import FilterApp
from cosmic_ray.work_item import WorkerOutcome, WorkResult


class SampleFilter(FilterApp):
    """Skip all mutants but a sample, the same one for the same code and seed."""

    def add_args(self, parser):
        parser.add_argument("config", help="config file to use")

    def filter(self, work_db, args):
        config = load_config(args.config).sub("filters", "sample")
        of_files = defaultdict(list)
        for item in work_db.pending_work_items:
            (mutation,) = item.mutations
            place = mutation.start_pos, mutation.operator_name, mutation.occurrence
            of_files[str(mutation.module_path)].append((place, item.job_id))
        skipped = []
        for path, mutants in of_files.items():
            count = max(config["least"], math.ceil(config["share"] * len(mutants)))
            mutants.sort()
            random.Random(f"{config['seed']} {path}").shuffle(mutants)
            skipped += [job_id for _, job_id in mutants[count:]]
        work_db.set_multiple_results(
            skipped, WorkResult(WorkerOutcome.SKIPPED, "not in the sample")
        )


if __name__ == "__main__":
    sys.exit(SampleFilter().main())
