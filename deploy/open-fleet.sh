#!/usr/bin/env bash
# The fleet as a network sees it: every service on 0.0.0.0, with TLS by a certificate of ./aerie certificate, tokens alone for
# HTTP, users of their own for RTSP. Then programs of others use it by an address beyond loopback: ffmpeg reads and publishes
# RTSPS, reads HLS; VLC reads HLS; Chromium logs in, watches, is drawn masks. Prints a line for each, and ends with 1 where
# one did not work. Everything is made in a folder that is removed at the end.
#
# Usage: deploy/open-fleet.sh [FIRST_PORT]      ports from FIRST_PORT (24001) on, eight of them
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
first=${1:-24001}
address=$(hostname -I | tr ' ' '\n' | grep -m 1 -v ':' || true)
fail() { echo "open-fleet: $*" >&2; exit 1; }
[ -n "$address" ] || fail "this machine has no address beyond loopback"
for program in ffmpeg curl node openssl; do command -v "$program" >/dev/null || fail "$program is missing"; done
folder=$(mktemp -d)
chmod 700 "$folder"
started=()
failed=0

end() {
    local status=$?
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$folder"
    exit $status
}
trap end EXIT
trap 'exit 130' INT TERM

# check WORDS COMMAND…: one line, by the command's status.
check() {
    local words=$1 status=0
    shift
    "$@" >"$folder/output" 2>&1 || status=$?
    if [ $status = 0 ]; then
        echo "works   $words$(sed -n 's/^result: /: /p' "$folder/output")"
    else
        echo "FAILED  $words ($status): $(tail -n 3 "$folder/output" | tr '\n' ' ')"
        failed=1
    fi
}

await() { # WORDS COMMAND…
    local words=$1
    shift
    for _ in $(seq 240); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 1
    done
    tail -n 5 "$folder"/*.log >&2
    fail "$words: not within four minutes"
}

random() { openssl rand -hex 16; }
token() { "$project/aerie" token add "$1" "$2" --file "$folder/tokens" 2>/dev/null; }

"$project/aerie" certificate "$address" 127.0.0.1 localhost --out "$folder/tls" >/dev/null
viewer=$(token ana viewer)
operator=$(token bo operator)
server=$(token server operator)
drone=$(token drone operator)
worker=$(random) reader=$(random) camera=$(random) broker=$(random)
(
    umask 077
    cat >"$folder/rtsp-users" <<EOF
workers   read     *           $worker
workers   publish  */overlay   $worker
ana       read     *           $reader
gate      publish  gate        $camera
EOF
)
export BIND_HOST=0.0.0.0 TLS_CERTIFICATE=$folder/tls/certificate.pem TLS_KEY=$folder/tls/key.pem TLS_CA=$folder/tls/ca.pem
export AERIE_TOKENS=$folder/tokens RABBITMQ_URL=amqp://guest:$broker@127.0.0.1:$((first + 6))
export RTSP_HOST=127.0.0.1 RTSP_PORT=$((first + 4)) RTSPS_PORT=$((first + 5))
export RTSP_READ_USERNAME=workers RTSP_READ_PASSWORD=$worker RTSP_PUBLISH_USERNAME=workers RTSP_PUBLISH_PASSWORD=$worker
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC)

start() { # NAME COMMAND…
    local name=$1
    shift
    "$@" >"$folder/$name.log" 2>&1 </dev/null &
    started+=($!)
}
service() { # NAME PORT [VARIABLE=VALUE…]
    local name=$1 port=$2
    shift 2
    start "$name" env API_PORT="$port" "$@" "$java" "@$project/$name/jvm.options" -jar \
        "$project/$name/target/quarkus-app/quarkus-run.jar"
}
ask() { curl -fsS -m 10 --cacert "$TLS_CA" -H "Authorization: Bearer $viewer" "https://$address:$first$1"; }
is_live() { ask "/api/streams/$1" | grep -q '"state":"live"'; }
is_ready() { curl -fsS -m 10 --cacert "$TLS_CA" "https://127.0.0.1:$1/q/health/ready"; }
refuses() { # STATUS URL [CURL_OPTION…]
    local expected=$1 status
    shift
    status=$(curl -sS -m 10 -o /dev/null -w '%{http_code}' --cacert "$TLS_CA" "$@")
    [ "$status" = "$expected" ] || { echo "answers $status"; return 1; }
}

start broker env BROKER_PASSWORD="$broker" "$java" "${flags[@]}" -Xmx256m \
    -cp "$project/embedded-broker/target/classes:$project/embedded-broker/target/lib/*" \
    dev.aerie.broker.EmbeddedBroker --port $((first + 6))
service ingest-server "$first" WEBRTC_PORT=$((first + 7)) AERIE_TOKEN="$server" RTSP_USERS="$folder/rtsp-users" \
    FRAME_PROCESSOR_URL="https://127.0.0.1:$((first + 1))" STORAGE_URL="https://127.0.0.1:$((first + 3))"
service frame-processor $((first + 1)) SAM2_PROMPT_STRATEGY=hybrid WORKER_STATS_FILE="$folder/worker_stats.json"
service storage-service $((first + 3)) STORAGE_PATH="$folder/archive" SEGMENT_LENGTH=5
for port in "$first" $((first + 1)) $((first + 3)); do await "the service at port $port" is_ready "$port"; done
start drone env DRONE_CREDENTIALS="drone:$drone" nice -n 10 "$java" "${flags[@]}" -Xmx384m \
    -cp "$project/cli/target/classes:$(cat "$project/cli/target/classpath.txt")" \
    dev.aerie.simulator.Drone --url "https://$address:$first" --stream drone --cores 1
await "the drone" is_live drone

rtsps=rtsps://ana:$reader@$address:$RTSPS_PORT
decode=(ffmpeg -v error)
check "curl without credentials is refused" refuses 401 "https://$address:$first/api/streams"
check "curl as a viewer may not command" refuses 403 -X POST -H "Authorization: Bearer $viewer" "https://$address:$first/stop"
check "plain HTTP is not answered" bash -c "! curl -s -m 10 http://$address:$first/api/streams"
check "plain RTSP is not on the network" bash -c "! nc -z -w 2 $address $RTSP_PORT"
check "ffmpeg decodes RTSPS" "${decode[@]}" -i "$rtsps/drone" -frames:v 30 -f null -
check "ffmpeg with a wrong password is refused" bash -c "! ffmpeg -v error -i rtsps://ana:x@$address:$RTSPS_PORT/drone -frames:v 1 -f null -"
check "ffmpeg decodes annotated video, which the server asks for with its own token" "${decode[@]}" -i "$rtsps/drone/overlay" \
    -frames:v 10 -f null -
start publisher ffmpeg -v error -re -f lavfi -i testsrc2=size=320x180:rate=15 -c:v libx264 -preset ultrafast -tune zerolatency \
    -g 30 -f rtsp "rtsps://gate:$camera@$address:$RTSPS_PORT/gate"
check "ffmpeg publishes by RTSPS" await "its stream" is_live gate
check "ffmpeg decodes HLS over HTTPS with a token" "${decode[@]}" -tls_verify 1 -ca_file "$TLS_CA" \
    -headers "Authorization: Bearer $viewer"$'\r\n' -i "https://$address:$first/hls/drone/index.m3u8" -frames:v 30 -f null -
if command -v cvlc >/dev/null && command -v setpriv >/dev/null; then
    vlc() { # URL: as another user, for it refuses root; it writes stills of what it shows
        local stills
        stills=$(mktemp -d)
        cp "$TLS_CA" "$stills/ca.pem"
        chmod -R a+rwX "$stills"
        timeout 60 setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$stills" cvlc --no-audio --vout=dummy \
            --gnutls-dir-trust="$stills" --video-filter=scene --scene-format=png --scene-ratio=10 --scene-path="$stills" \
            --run-time=15 "$1" vlc://quit || true
        find "$stills" -name '*.png' -print -quit >"$folder/still"
        rm -rf "$stills"
        [ -s "$folder/still" ]
    }
    check "VLC plays HLS over HTTPS with a token" vlc "https://ana:$viewer@$address:$first/hls/drone/index.m3u8"
fi
page() { node --experimental-websocket "$project/deploy/open-fleet.mjs" "$@"; }
key=$(openssl x509 -in "$TLS_CERTIFICATE" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary |
    openssl base64)
check "Chromium logs in as a viewer, watches, is drawn masks, may not mark" \
    page "https://$address:$first/#drone" "$key" "$viewer" viewer "$folder/chromium-1"
check "Chromium logs in as an operator, who may" \
    page "https://$address:$first/#drone" "$key" "$operator" operator "$folder/chromium-2"
exit $failed
