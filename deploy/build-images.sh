#!/usr/bin/env bash
# Packs Aerie's services and builds their images, with whatever `docker` answers (DOCKER_HOST names another engine).
#
# Usage: deploy/build-images.sh [--cuda | --native] [--no-pack] [SERVICE…]
#
#   SERVICE          ingest-server, frame-processor, slam-service, storage-service, ptz-service (without one, all five), or
#                    simulator, the drone of docker-compose.dev.yml
#   --cuda           those whose networks can run on a GPU (frame-processor, ptz-service), on NVIDIA's CUDA base, tagged
#                    TAG-cuda: packs 600 MB of ONNX Runtime for GPUs; the next ./aerie packs its own again
#   --native         programs without a JVM, tagged TAG-native, of those services whose parts allow it (ingest-server,
#                    slam-service, storage-service): docs/deployment.md says what was not tried
#   --no-pack        takes the jars as they are
#
# Needs Maven and a JDK 25 (./aerie says where it looks). Variables:
#
#   JDK_IMAGE        an image with a JDK 25 (eclipse-temurin:25-jdk)
#   BASE_IMAGE       what the images stand on (debian:bookworm-slim)
#   CUDA_IMAGE       the same with --cuda (nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04)
#   NATIVE_IMAGE     with --native: GraalVM's or Mandrel's native-image for Java 25
#                    (quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25)
#   AERIE_IMAGES     name in front of the service's (aerie)
#   AERIE_TAG        tag (latest)
#
# Each image holds its software bill of materials (CycloneDX) as /opt/aerie/sbom.cdx.json.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$project/deploy/machine.sh"
jdk_image=${JDK_IMAGE:-eclipse-temurin:25-jdk}
base_image=${BASE_IMAGE:-debian:bookworm-slim}
cuda_image=${CUDA_IMAGE:-nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04}
native_image=${NATIVE_IMAGE:-quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25}
images=${AERIE_IMAGES:-aerie}
tag=${AERIE_TAG:-latest}
all='ingest-server frame-processor slam-service storage-service ptz-service'
with_networks='frame-processor ptz-service'
native_capable='ingest-server slam-service storage-service'

fail() { echo "build-images: $*" >&2; exit 1; }
help() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"; }

port_of() {
    case $1 in
        ingest-server) echo 5001 ;;
        frame-processor) echo 5002 ;;
        slam-service) echo 5003 ;;
        storage-service) echo 5004 ;;
        ptz-service) echo 5005 ;;
        simulator) ;;
        *) fail "no service '$1': $all simulator" ;;
    esac
}

# The jars of the services.
pack() {
    local modules
    modules=$(echo "$services" | tr ' ' ',')
    JAVA_HOME=$(find_jdk)
    export JAVA_HOME
    (cd "$project" && mvn -q -B -DskipTests "${packing[@]}" -pl "$modules" -am package)
    "$project/deploy/reproducible.sh" times
    # Without static analysis: ./aerie test compiles it again.
    mkdir -p "$project/.aerie" && touch "$project/.aerie/unchecked"
    # ./aerie packs again what it runs: these may be for GPUs.
    [ $cuda = no ] || rm -f "$project/.aerie/built"
    # shellcheck disable=SC2086 # names
    [ $native = no ] || "$project/deploy/native-check.sh" $services
}

build() { # SERVICE
    local service=$1 dockerfile=$project/deploy/Dockerfile
    [ "$service" != simulator ] || dockerfile=$project/deploy/Dockerfile.simulator
    [ $native = no ] || dockerfile=$project/deploy/Dockerfile.native
    echo "building $images/$service:$tag on $base_image"
    docker build -q --force-rm -f "$dockerfile" -t "$images/$service:$tag" \
        --build-arg SERVICE="$service" --build-arg API_PORT="$(port_of "$service")" \
        --build-arg JDK_IMAGE="$jdk_image" --build-arg BASE_IMAGE="$base_image" \
        "${native_arguments[@]}" \
        --build-arg REVISION="$(git_here rev-parse HEAD 2>/dev/null || echo unknown)" \
        "$project"
}

cuda=no
native=no
pack=yes
services=
packing=(-Pimage,fleet)
native_arguments=()
for argument in "$@"; do
    case $argument in
        --cuda) cuda=yes ;;
        --native) native=yes ;;
        --no-pack) pack=no ;;
        -h | --help) help; exit ;;
        -*) fail "no option '$argument'" ;;
        *) port_of "$argument" >/dev/null && services="$services $argument" ;;
    esac
done
services=${services# }
if [ $cuda = yes ]; then
    services=${services:-$with_networks}
    base_image=$cuda_image
    tag=$tag-cuda
    packing=(-Pimage,fleet,gpu)
fi
if [ $native = yes ]; then
    [ $cuda = no ] || fail "--cuda and --native exclude each other"
    services=${services:-$native_capable}
    for service in $services; do
        case " $native_capable " in
            *" $service "*) ;;
            *) fail "$service cannot be built natively (docs/deployment.md); these can: $native_capable" ;;
        esac
    done
    tag=$tag-native
    native_arguments=(--build-arg "NATIVE_IMAGE=$native_image")
fi
services=${services:-$all}
docker version >/dev/null 2>&1 || fail "no Docker engine answers (DOCKER_HOST=${DOCKER_HOST:-})"
[ $pack = no ] || pack
# The first makes the layers that all share; of the others two at a time.
build "${services%% *}"
for service in $(echo " $services " | cut -d' ' -f3-); do
    build "$service" &
    [ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n
done
for job in $(jobs -p); do wait "$job"; done
