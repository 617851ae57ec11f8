#!/usr/bin/env bash
# Compares the Java tracker with the PyTorch reference for every model and size, prints one line for each:
#
#   deploy/models/sam2/parity.sh FOLDER [MODEL...]
#
# FOLDER keeps what the publishers' predictors found (up to 1 MB for each); what is there already is not made again.
# AERIE_SAM2 and AERIE_EDGETAM are checkouts of their repositories, facebookresearch/sam2 and facebookresearch/EdgeTAM.
# AERIE_PYTHON is a Python that has requirements.txt, `python3` by default. All of it takes hours on two cores.
set -euo pipefail
cd "$(dirname "$0")"
: "${AERIE_SAM2:?is to be a checkout of facebookresearch/sam2}" "${AERIE_EDGETAM:?is to be a checkout of facebookresearch/EdgeTAM}"
[ $# -ge 1 ] || { echo "usage: deploy/models/sam2/parity.sh FOLDER [MODEL...]" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
models=("${@:-}")
[ -n "${models[0]}" ] || models=(edgetam sam2.1_tiny sam2.1_small sam2.1_base_plus sam2.1_large)
golden() { # MODEL SIZE FILE ARGUMENT...
    local checkout=$AERIE_SAM2
    [ "$1" != edgetam ] || checkout=$AERIE_EDGETAM
    [ -e "$folder/$3.golden.gz" ] ||
        "${AERIE_PYTHON:-python3}" golden.py "$1" --checkout "$checkout" --size "$2" --out "$folder" "${@:4}"
}
for model in "${models[@]}"; do
    golden "$model" 512 "${model}_512_long" --scene long --score-bias 1.55
    golden "$model" 512 "${model}_512_long_conditioning" --scene long --corrections conditioning --score-bias 1.55
    for size in 512 1024; do
        golden "$model" "$size" "${model}_$size" --frames 5 --score-bias 3
    done
done
cd ../../..
mvn -q -B -pl common-vision -am test -Dtest=Sam2ParityTest -Dsurefire.failIfNoSpecifiedTests=false \
    "-Daerie.goldens=$folder" || failed=1
grep -h "compared golden=" common-vision/target/surefire-reports/*Sam2ParityTest-output.txt
exit "${failed:-0}"
