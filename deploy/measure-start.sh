#!/usr/bin/env bash
# What each service's image weighs, how long it takes to start, and what it then holds, with and without its AOT cache.
#
# Usage: deploy/measure-start.sh [--starts N] [SERVICE…]
#
# Starts each image N times (5) each way, in turn, with no broker and no stream, and prints a table of medians: seconds from
# the start of the JVM until the service answers (Quarkus' own line), and MB resident three seconds later: all, and what is
# the process' own (the rest is files that it maps, which replicas share); and the seconds of processor time until then, which
# a busy machine changes least. Variables: AERIE_IMAGES, AERIE_TAG, DOCKER_HOST.
set -euo pipefail
starts=5
[ "${1:-}" != --starts ] || { starts=$2; shift 2; }
services=${*:-ingest-server frame-processor slam-service storage-service ptz-service}
name=aerie-start-$$

median() { sort -n | awk '{ all[NR] = $1 } END { print (NR % 2) ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'; }

start() { # IMAGE OPTIONS: seconds, MB resident, MB of its own, seconds of processor time
    local seconds= tries=0 pid
    docker run -d --rm --name "$name" --read-only --tmpfs /tmp --memory 1g -e BIND_HOST=127.0.0.1 -e STORAGE_PATH=/tmp/data \
        -e RABBITMQ_URL=amqp://127.0.0.1:1 -e JDK_JAVA_OPTIONS="$2" "$1" >/dev/null
    until seconds=$(docker logs "$name" 2>&1 | sed -n 's/.* started in \([0-9.]*\)s.*/\1/p') && [ -n "$seconds" ]; do
        tries=$((tries + 1))
        [ $tries -lt 120 ] || { docker logs "$name" >&2; docker kill "$name" >/dev/null; exit 1; }
        sleep 0.5
    done
    sleep 3
    pid=$(docker inspect -f '{{.State.Pid}}' "$name")
    awk -v s="$seconds" -v cpu="$(awk '{ print ($14 + $15) / 100 }' "/proc/$pid/stat")" \
        '/^VmRSS/ { all = $2 } /^RssAnon/ { own = $2 } END { print s, int(all / 1024), int(own / 1024), cpu }' \
        "/proc/$pid/status"
    docker kill "$name" >/dev/null
    while docker inspect "$name" >/dev/null 2>&1; do sleep 0.2; done
}

echo "| service | image, MB | start with AOT cache, s (processor) | without | resident with, MB (own) | without |"
echo "|---|---|---|---|---|---|"
for service in $services; do
    image=${AERIE_IMAGES:-aerie}/$service:${AERIE_TAG:-latest}
    with= without=
    for _ in $(seq "$starts"); do
        with="$with$(start "$image" '')"$'\n'
        without="$without$(start "$image" -XX:AOTMode=off)"$'\n'
    done
    column() { printf %s "$1" | awk -v c="$2" '{ print $c }' | median; }
    echo "| $service | $(($(docker image inspect -f '{{.Size}}' "$image") / 1000000))" \
        "| $(column "$with" 1) ($(column "$with" 4)) | $(column "$without" 1) ($(column "$without" 4)) | $(column "$with" 2) ($(column "$with" 3))" \
        "| $(column "$without" 2) ($(column "$without" 3)) |"
done
