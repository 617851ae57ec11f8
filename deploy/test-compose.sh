#!/usr/bin/env bash
# Brings the fleet of docker-compose.yml up, works with it, breaks it, and looks whether it comes back.
#
# Usage: deploy/test-compose.sh [--no-pack] [--keep | --prepare | --images]
#
#   --no-pack        takes the services' jars as they were packed last
#   --keep           leaves the fleet running, with its address; end it with deploy/test-compose.sh --end
#   --end            ends what --keep left
#   --prepare        only makes the stand-ins, which takes two minutes of waiting for packages
#   --images         only makes the images, at low priority
#
# In this order, with the seconds of each step: images of the five services; everything healthy; a clip published and its
# results read at RabbitMQ's management API; three frame-processors, of which each works on one of three streams; one of them
# killed, whose stream another takes over; the broker restarted; everything healthy again, and every frame that the ingest
# took in between is in the archive; a second storage-service on the same volume refused; the profiles observability and s3.
#
# Uses the Docker engine that answers; as root on Linux it starts one of its own otherwise, in .aerie/docker, with Debian's
# docker.io, and ends it. Images that a registry would bring are made here of Debian's packages and the JDK
# (aerie-stand-in/…), unless JDK_IMAGE, BASE_IMAGE and RABBITMQ_IMAGE name others. Where it cannot run it says why in one
# line and exits 0.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
. "$here/machine.sh"
engine=$project/.aerie/docker
work=$project/.aerie/compose-test
fleet=aerie-test
streams='cam-1 cam-2 cam-3'
clip_frames=300
frames_per_second=20
# A service that has just started takes its first stream in hand slowly, where two cores have more to do.
recording_begins_within_seconds=12

say() { echo "compose: $*"; }
skip() { say "skipped, $*"; exit 0; }
fail() {
    say "FAILED, $*" >&2
    [ ! -e "$work/.env" ] || compose logs --tail 30 >"$work/logs.txt" 2>&1 || true
    exit 1
}

step() { # NAME COMMAND...
    local name=$1 began=$SECONDS
    shift
    "$@"
    say "$name: $((SECONDS - began)) s"
}

eventually() { # SECONDS WHAT COMMAND...
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >"$work/last.txt" 2>&1; do
        [ $SECONDS -lt $limit ] || { cat "$work/last.txt" >&2; fail "$what"; }
        sleep 0.5
    done
}

# ---- the engine

require_engine() {
    export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0
    if docker version >/dev/null 2>&1; then
        return
    fi
    [ "$(uname -s)" = Linux ] || skip "no Docker engine answers"
    [ "$(id -u)" = 0 ] || skip "no Docker engine answers, and only root can start one"
    command -v dockerd >/dev/null || skip "no Docker engine answers, and there is none to start (apt-get install docker.io)"
    mkdir -p "$engine"
    export DOCKER_HOST=unix://$engine/docker.sock
    ! docker version >/dev/null 2>&1 || return 0
    rm -f "$engine/docker.pid"
    dockerd -H "$DOCKER_HOST" --data-root "$engine/data" --exec-root "$engine/exec" -p "$engine/docker.pid" \
        >"$engine/dockerd.log" 2>&1 &
    local tries=0
    until docker version >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ $tries = 60 ] || ! kill -0 $! 2>/dev/null; then
            end_engine
            skip "no Docker engine can be started here: $(tail -n 1 "$engine/dockerd.log")"
        fi
        sleep 0.5
    done
}

require_programs() {
    local program
    if ! docker compose version >/dev/null 2>&1 && ! command -v docker-compose >/dev/null; then
        skip "docker compose is missing (apt-get install docker-compose)"
    fi
    for program in curl ffmpeg python3; do
        command -v $program >/dev/null || skip "$program is missing (apt-get install $program)"
    done
}

end_engine() {
    [ -s "$engine/docker.pid" ] || return 0
    local pid
    pid=$(cat "$engine/docker.pid")
    # Layers of earlier builds that no image has any more; younger ones save the next run its time.
    docker image prune -f --filter until=72h >/dev/null 2>&1 || true
    kill "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
    ip link del docker0 2>/dev/null || true
}

# ---- stand-ins for what a registry has

stand_in() { # NAME: builds it from standard input and the folder of that name
    mkdir -p "$work/$1"
    cat >"$work/$1/Dockerfile"
    docker build -q -t "aerie-stand-in/$1" "$work/$1" >"$work/$1.log" 2>&1 ||
        skip "no stand-in for $1 can be made here: $(tail -n 1 "$work/$1.log")"
}

stand_in_debian() {
    docker image inspect aerie-stand-in/debian >/dev/null 2>&1 && return
    [ "$(id -u)" = 0 ] || skip "stand-ins need root (set JDK_IMAGE, BASE_IMAGE, RABBITMQ_IMAGE)"
    mkdir -p "$bare"
    (
        flock 9
        install_missing debootstrap debootstrap
        command -v debootstrap >/dev/null || skip "debootstrap is missing (apt-get install debootstrap)"
        make_root
        tar -C "$root" --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' --exclude='./opt/*' --exclude='./srv/*' \
            --exclude='./home/*' --exclude='./tmp/*' --exclude=./usr/lib/jvm --exclude='./var/cache/apt/*' \
            --exclude='./var/lib/apt/lists/*' -c . | docker import - aerie-stand-in/debian >/dev/null
    ) 9>"$bare/lock"
    docker image inspect aerie-stand-in/debian >/dev/null 2>&1 || exit 0 # why was said
}

stand_in_jdk() {
    docker image inspect aerie-stand-in/jdk >/dev/null 2>&1 && return
    mkdir -p "$work/jdk"
    tar -C "$(find_jdk)" -ch --exclude=./lib/src.zip --exclude=./demo -f "$work/jdk/jdk.tar" .
    stand_in jdk <<'END'
FROM aerie-stand-in/debian
ADD jdk.tar /opt/jdk
ENV PATH=/opt/jdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
END
    rm "$work/jdk/jdk.tar"
}

stand_in_rabbitmq() {
    stand_in rabbitmq <<'END'
FROM aerie-stand-in/debian
RUN apt-get update -q && apt-get install -q -y --no-install-recommends rabbitmq-server && rm -rf /var/lib/apt/lists/* \
    && rabbitmq-plugins enable --offline rabbitmq_management rabbitmq_prometheus
ENV RABBITMQ_LOGS=- PATH=/usr/lib/rabbitmq/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
USER rabbitmq
CMD ["rabbitmq-server"]
END
}

stand_in_prometheus() {
    stand_in prometheus <<'END'
FROM aerie-stand-in/debian
RUN apt-get update -q && apt-get install -q -y --no-install-recommends prometheus wget && rm -rf /var/lib/apt/lists/*
END
}

# An S3 server of npm's, by the names of MinIO's programs.
stand_in_minio() {
    command -v npm >/dev/null || return 1
    mkdir -p "$work/minio"
    [ -d "$work/minio/node_modules/s3rver" ] ||
        (cd "$work/minio" && npm install --silent --no-audit --no-fund --prefix . s3rver@3.7.1 >npm.log 2>&1) || return 1
    cat >"$work/minio/minio" <<'END'
#!/bin/sh
exec node -r /opt/s3/keys.js /opt/s3/node_modules/s3rver/bin/s3rver.js --directory /data --address 0.0.0.0 --port 9000 \
    --no-vhost-buckets
END
    cat >"$work/minio/keys.js" <<'END'
const accounts = require('/opt/s3/node_modules/s3rver/lib/models/account').registry;
accounts.get('S3RVER').createKeyPair(process.env.MINIO_ROOT_USER, process.env.MINIO_ROOT_PASSWORD);
END
    printf '#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/9000\n' >"$work/minio/mc"
    chmod +x "$work/minio/minio" "$work/minio/mc"
    stand_in minio <<'END'
FROM aerie-stand-in/debian
RUN apt-get update -q && apt-get install -q -y --no-install-recommends nodejs && rm -rf /var/lib/apt/lists/*
COPY node_modules /opt/s3/node_modules
COPY keys.js /opt/s3/
COPY minio mc /usr/local/bin/
END
}

stand_ins() {
    if [ -z "${BASE_IMAGE:-}" ] || [ -z "${JDK_IMAGE:-}" ] || [ -z "${RABBITMQ_IMAGE:-}" ]; then
        stand_in_debian
    fi
    [ -n "${JDK_IMAGE:-}" ] || stand_in_jdk
    [ -n "${RABBITMQ_IMAGE:-}" ] || stand_in_rabbitmq
    export BASE_IMAGE=${BASE_IMAGE:-aerie-stand-in/debian} JDK_IMAGE=${JDK_IMAGE:-aerie-stand-in/jdk}
    export RABBITMQ_IMAGE=${RABBITMQ_IMAGE:-aerie-stand-in/rabbitmq}
}

# ---- the fleet

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

settings() {
    local name
    umask 077
    {
        for name in RABBITMQ_PASSWORD AERIE_PASSWORD RTSP_READ_PASSWORD RTSP_PUBLISH_PASSWORD; do
            echo "$name=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')"
        done
        echo "RABBITMQ_USER=aerie AERIE_USERNAME=operator RTSP_READ_USERNAME=reader RTSP_PUBLISH_USERNAME=camera" | tr ' ' '\n'
        for name in INGEST_PORT RTSP_PUBLIC_PORT RTMP_PUBLIC_PORT RABBITMQ_PORT RABBITMQ_MANAGEMENT_PORT PROMETHEUS_PORT MINIO_CONSOLE_PORT; do
            echo "$name=$(free_port)"
        done
        echo "AERIE_TAG=test"
        echo "AERIE_MODELS=$work/models"
        echo "RABBITMQ_IMAGE=$RABBITMQ_IMAGE"
        echo "FRAME_PROCESSOR_CAPACITY=2"
        echo "SEGMENT_LENGTH=10"
        echo "INSPECT_QUEUES=true"
    } >"$work/.env"
    umask 022
    mkdir -p "$work/models"
}

compose() {
    local program=docker-compose
    ! docker compose version >/dev/null 2>&1 || program='docker compose'
    $program --project-name $fleet --project-directory "$project" --env-file "$work/.env" -f "$project/docker-compose.yml" "$@"
}

images() {
    export AERIE_TAG=test
    "$here/build-images.sh" "${packing[@]}" >"$work/images.log" 2>&1 || { tail -n 20 "$work/images.log" >&2; fail "no images"; }
}

up() {
    compose up -d "$@" >"$work/up.log" 2>&1 || { tail -n 20 "$work/up.log" >&2; fail "the fleet does not come up"; }
    eventually 120 "not everything is healthy" all_healthy
}

all_healthy() {
    local container
    for container in $(compose ps -q); do
        docker inspect -f '{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' \
            "$container"
    done | tee "$work/health.txt" | awk '$2 != "running" || ($3 != "healthy" && $3 != "none") { print; bad = 1 } END { exit bad }'
}

ingest() { curl -fsS -m 10 -u "$AERIE_USERNAME:$AERIE_PASSWORD" "http://127.0.0.1:$INGEST_PORT$1"; }
broker() { curl -fsS -m 10 -u "$RABBITMQ_USER:$RABBITMQ_PASSWORD" "http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT/api$1" "${@:2}"; }
json() { python3 -c "import json, sys; d = json.load(sys.stdin); $1"; }

# ---- video

publish() { # STREAM OPTIONS...
    local stream=$1
    shift
    ffmpeg -nostdin -loglevel error -re "$@" -i "$work/clip.mp4" -c copy -rtsp_transport tcp -f rtsp \
        "rtsp://$RTSP_PUBLISH_USERNAME:$RTSP_PUBLISH_PASSWORD@127.0.0.1:$RTSP_PUBLIC_PORT/$stream" 2>>"$work/ffmpeg.log" &
}

clip_of_moving_shapes() {
    ffmpeg -nostdin -loglevel error -y -f lavfi -i "testsrc2=size=320x180:rate=$frames_per_second" -frames:v $clip_frames -c:v libx264 \
        -preset ultrafast -tune zerolatency -g 20 -pix_fmt yuv420p "$work/clip.mp4"
}

a_clip_goes_through() {
    clip_of_moving_shapes
    publish clip
    local publisher=$!
    eventually 60 "no results at RabbitMQ" results_of clip
    wait $publisher || fail "the clip could not be published: see $work/ffmpeg.log"
    eventually 60 "the clip is not in the archive as it was sent" archived clip
}

# The last messages of the exchange, left where they are.
results_of() { # STREAM
    broker /queues/%2F/inspect.processed_frames_exchange/get \
        -d '{"count": 100, "ackmode": "ack_requeue_true", "encoding": "auto"}' | json "
results = [json.loads(m['payload']) for m in d]
assert any(r['stream'] == '$1' and r['frame_number'] > 0 for r in results), [r['stream'] for r in results]"
}

# Whether the stream is over and the archive has every frame of it from the one where recording began, in its first
# seconds, to the last that the ingest relayed.
archived() { # STREAM
    local last
    last=$(ingest "/api/streams/$1" | json 'print(d["frame_number"] if d["state"] == "ended" else -1)')
    archive "/api/recordings/$(session_of "$1")" | json "
assert d['recording']['ended'], 'still recorded'
segments = sorted(d['segments'], key=lambda one: one['first_frame'])
expected = segments[0]['first_frame']
assert expected <= $recording_begins_within_seconds * $frames_per_second, ('recording began at', expected)
for segment in segments:
    assert segment['first_frame'] == expected, ('a gap before', segment['first_frame'], 'not', expected)
    expected = segment['last_frame'] + 1
print(expected)
assert expected == $last + 1, ('recorded to', expected, 'relayed to', $last)"
}

session_of() { ingest "/api/streams/$1" | json 'print(d["session"])'; }

# Which frame-processor works on the stream.
worker_of() { # STREAM
    ingest "/api/streams/$1" | json "
owners = [w['instance'] for w in d['workers'] if w['service'] == 'frame-processor' and w['state'] == 'running']
assert len(owners) == 1, d['workers']
print(owners[0])"
}

owners() {
    local stream
    for stream in $streams; do worker_of "$stream" || return 1; done
}

three_workers_share_three_streams() {
    local stream
    compose up -d --scale frame-processor=3 --no-recreate >>"$work/up.log" 2>&1
    eventually 60 "the frame-processors do not become healthy" all_healthy
    eventually 30 "not three consumers of the work queue" has_consumers 3
    for stream in $streams; do
        publish "$stream" -stream_loop -1
        publishers="$publishers $!"
        eventually 60 "nobody works on $stream" worker_of "$stream"
    done
    [ "$(owners | sort -u | wc -l)" = 3 ] || fail "three streams are not shared by three workers: $(owners)"
}

has_consumers() { # NUMBER
    broker /queues/%2F/frame-processor.streams | json "
print(d)
assert d['consumers'] == $1, d['consumers']"
}

# The instance is named after its container's host name, the first letters of its id.
a_killed_worker_is_replaced() {
    killed=$(worker_of cam-2)
    docker kill -s KILL "$killed" >/dev/null
    eventually 60 "nobody has taken over cam-2" taken_over
}

# The killed one is still listed until the ingest has not heard of it for a while.
taken_over() {
    ingest "/api/streams/cam-2" | json "
owners = [w['instance'] for w in d['workers'] if w['service'] == 'frame-processor' and w['state'] == 'running']
print(owners)
assert set(owners) - {'$killed'}"
}

the_broker_restarts() {
    compose restart -t 20 rabbitmq >>"$work/up.log" 2>&1
    docker start "$killed" >/dev/null
    eventually 120 "not everything is healthy after the broker's restart" all_healthy
    local stream
    for stream in $streams; do
        eventually 60 "nobody works on $stream after the broker's restart" worker_of "$stream"
    done
}

# Streams that were sent while a worker was killed and the broker restarted.
nothing_is_lost() {
    local stream publisher
    for publisher in $publishers; do kill -INT "$publisher" 2>/dev/null || true; done
    for publisher in $publishers; do wait "$publisher" 2>/dev/null || true; done
    publishers=
    for stream in $streams; do
        eventually 90 "the archive does not have all of $stream" archived "$stream"
    done
    eventually 60 "messages wait at the broker" nothing_waits
}

# Confirmed messages were read by the archive, and no stream is anybody's work any more.
nothing_waits() {
    local queue
    for queue in storage-service.messages frame-processor.streams storage-service.streams slam-service.streams; do
        broker "/queues/%2F/$queue" | json "
print(d['name'], d['messages'])
assert d['durable'] and d['messages'] == 0"
    done
}

# Prometheus alone: for Grafana and the collector there is no stand-in.
prometheus_asks_everyone() {
    [ -n "${PROMETHEUS_IMAGE:-}" ] || stand_in_prometheus
    echo "PROMETHEUS_IMAGE=${PROMETHEUS_IMAGE:-aerie-stand-in/prometheus}" >>"$work/.env"
    compose --profile observability up -d --no-recreate prometheus >>"$work/up.log" 2>&1 || fail "Prometheus does not come up"
    eventually 60 "Prometheus does not reach every service" all_are_scraped
}

all_are_scraped() {
    curl -fsS "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/targets?state=active" | json "
up = {t['labels']['job'] for t in d['data']['activeTargets'] if t['health'] == 'up'}
print({t['scrapeUrl']: t['lastError'] for t in d['data']['activeTargets'] if t['health'] != 'up'})
assert up >= {'ingest-server', 'frame-processor', 'slam-service', 'storage-service', 'ptz-service', 'rabbitmq'}, up"
}

segments_are_uploaded() {
    [ -n "${MINIO_IMAGE:-}" ] || stand_in_minio || { say "profile s3 not tried: no stand-in for MinIO without npm"; return; }
    {
        echo "MINIO_IMAGE=${MINIO_IMAGE:-aerie-stand-in/minio}"
        echo "S3_URL=http://minio:9000"
        echo "S3_ACCESS_KEY=archive"
        echo "S3_SECRET_KEY=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')"
    } >>"$work/.env"
    compose --profile s3 up -d --no-deps minio storage-service >>"$work/up.log" 2>&1 || fail "the profile s3 does not come up"
    eventually 60 "not everything is healthy with the profile s3" all_healthy
    eventually 60 "not every segment is uploaded" uploaded
}

# Whether the store's folder has an object of each segment.
uploaded() {
    local segments
    segments=$(archive '/api/segments?limit=1000' | json 'print("\n".join(s["path"] for s in d["segments"]))')
    compose --profile s3 exec -T minio find /data/aerie -type f >"$work/objects.txt"
    [ -n "$segments" ] || return 1
    for segment in $segments; do grep -qF "$segment" "$work/objects.txt" || { echo "not uploaded: $segment"; return 1; }; done
}

# By the ingest's page of recordings.
archive() { ingest "/archive$1"; }

a_second_archive_is_refused() {
    local answer
    answer=$(compose run --rm --no-deps -T storage-service 2>&1) && fail "a second storage-service starts: $answer"
    echo "$answer" | grep -q 'another storage-service uses /data' || fail "a second storage-service is not refused: $answer"
}

end_fleet() {
    local publisher
    for publisher in ${publishers:-}; do kill "$publisher" 2>/dev/null || true; done
    [ ! -e "$work/.env" ] || compose down -v -t 10 --remove-orphans >"$work/down.log" 2>&1 || true
}

end_all() {
    if [ "$keep" = yes ]; then
        say "left running: http://127.0.0.1:${INGEST_PORT:-}, DOCKER_HOST=${DOCKER_HOST:-}, passwords in $work/.env"
        return
    fi
    end_fleet
    end_engine
}

packing=()
keep=no
only=
publishers=
case " $* " in *' --end '*) export DOCKER_HOST=unix://$engine/docker.sock; end_all; exit ;; esac
for argument in "$@"; do
    case $argument in
        --no-pack) packing=(--no-pack) ;;
        --keep) keep=yes ;;
        --prepare | --images) only=${argument#--} ;;
        *) fail "no option '$argument'" ;;
    esac
done
require_programs
mkdir -p "$work"
[ "$only" != images ] || renice -n 10 $$ >/dev/null
require_engine
trap end_all EXIT
trap 'exit 130' INT TERM
step "stand-ins" stand_ins
case $only in
    prepare)
        stand_in_prometheus
        stand_in_minio || true
        exit
        ;;
    images)
        step "images of five services" images
        exit
        ;;
esac
end_fleet
settings
. "$work/.env"
step "images of five services" images
step "everything healthy" up
step "a clip published, results at RabbitMQ, the whole of it in the archive" a_clip_goes_through
step "three frame-processors share three streams" three_workers_share_three_streams
step "one of them killed, its stream taken over" a_killed_worker_is_replaced
step "the broker restarted, everything healthy again" the_broker_restarts
step "every frame in the archive" nothing_is_lost
step "a second storage-service refused" a_second_archive_is_refused
step "profile observability: Prometheus asks everyone" prometheus_asks_everyone
step "profile s3: every segment uploaded" segments_are_uploaded
say "passed after $SECONDS s"
