"""Runs one share of a scan in each Spark task, then merges them: Spark hands out work, gouji does all of it."""

import argparse
import os
import subprocess
import sys

from pyspark.sql import SparkSession


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports")
    parser.add_argument("results")
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--gouji", default="gouji")
    return parser.parse_args()


def run(command):
    """The exit status and what was said. 2 may only mean that some report could not be read: that is a result."""
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stderr.strip()


def main():
    args = arguments()
    part = lambda number: os.path.join(args.results, "shards", f"{number:05}")

    def scan(number):
        command = [args.gouji, "scan", args.reports, "--out", part(number), "--shard", f"{number}/{args.shards}"]
        status, said = run([*command, "--threads", "1", "--no-progress"])
        return number, status, said

    spark = SparkSession.builder.appName("gouji").getOrCreate()
    numbers = range(1, args.shards + 1)
    done = spark.sparkContext.parallelize(numbers, args.shards).map(scan).collect()
    spark.stop()
    failed = [(number, said) for number, status, said in done if status != 0]
    for number, said in failed:
        print(f"{number}/{args.shards}: {said}", file=sys.stderr)
    if failed:
        return 2
    status, said = run([args.gouji, "merge", *map(part, numbers), "--out", args.results])
    print(said, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
