#!/usr/bin/env bash
# What only a machine with an NVIDIA GPU can show: how near CUDA comes to the reference, with features that stay on the GPU
# between graphs (cuda only; never tried, for want of a GPU), where the operations of each graph really run, and how fast
# they are.
#
#   deploy/gpu-check.sh [cuda|tensorrt]
#
# Builds Aerie with ONNX Runtime for GPUs (hundreds of megabytes), which ./aerie then keeps using. Needs the driver, CUDA
# and cuDNN in the versions that this ONNX Runtime wants, and for tensorrt TensorRT. Ends with 0 if the reference is met.
set -uo pipefail
cd "$(dirname "$0")/.."
device=${1:-cuda}
gpu=-Pgpu
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || { echo "no NVIDIA driver here" >&2; exit 1; }
mvn -q -B $gpu -DskipTests package || exit 1
mkdir -p .aerie && touch .aerie/built
./aerie doctor
echo "== agreement with the reference on $device"
mvn -q -B $gpu -pl common-vision -am test -Dtest=Sam2ParityTest -Dsurefire.failIfNoSpecifiedTests=false \
    "-Daerie.device=$device"
status=$?
grep -hE "compared golden=|model placed" common-vision/target/surefire-reports/*Sam2ParityTest-output.txt
echo "== milliseconds, and where operations ran"
for run in "edgetam 512" "edgetam 1024" "sam2.1_tiny 1024" "sam2.1_large 1024"; do
    DEVICE=$device ./aerie bench segment --model ${run% *} --size ${run#* } --objects 1,5,10 --json || status=1
    nvidia-smi --query-gpu=memory.used --format=csv,noheader
done
exit $status
