#!/usr/bin/env bash
# Compares the Java tracker with the PyTorch reference for every model and size, prints one line for each:
#
#   deploy/models/sam2/parity.sh FOLDER [MODEL...]
#
# FOLDER keeps what the reference found (up to 1 MB for each); what is there already is not made again. AERIE_PYTHON is
# a Python that has requirements.txt, `python3` by default. All of it takes an hour or more on two cores.
set -euo pipefail
cd "$(dirname "$0")"
[ $# -ge 1 ] || { echo "usage: deploy/models/sam2/parity.sh FOLDER [MODEL...]" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
models=("${@:-}")
[ -n "${models[0]}" ] || models=(edgetam sam2.1_tiny sam2.1_small sam2.1_base_plus sam2.1_large)
for size in 512 1024; do
    for model in "${models[@]}"; do
        [ -e "$folder/${model}_$size.golden.gz" ] ||
            "${AERIE_PYTHON:-python3}" golden.py "$model" --size "$size" --frames 5 --score-bias 3 --out "$folder"
    done
done
cd ../../..
mvn -q -B -pl common-vision -am test -Dtest=Sam2ParityTest -Dsurefire.failIfNoSpecifiedTests=false \
    "-Daerie.goldens=$folder" || failed=1
grep -h "compared golden=" common-vision/target/surefire-reports/*Sam2ParityTest-output.txt
exit "${failed:-0}"
