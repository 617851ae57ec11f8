#!/usr/bin/env bash
# Runs each service through Quarkus' build in native mode up to where GraalVM would begin (sources-only): what is found
# there is what would keep a service from being compiled. Needs no GraalVM. The suite does not run it: it takes half a minute
# and more for each service.
#
# Usage: deploy/native-check.sh [SERVICE…]
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
fail() { echo "native-check: $*" >&2; exit 1; }
. "$project/deploy/machine.sh"
services=${*:-ingest-server frame-processor slam-service storage-service ptz-service}
JAVA_HOME=$(find_jdk)
export JAVA_HOME
cd "$project"
for service in $services; do
    began=$SECONDS
    mvn -q -B -DskipTests -pl "$service" -am package -Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false \
        -Dquarkus.native.sources-only=true -Dquarkus.package.jar.type=fast-jar || fail "$service is not native-capable"
    [ -n "$(find "$service/target/native-sources" -name '*-runner.jar' 2>/dev/null)" ] || fail "$service: nothing was made"
    echo "$service: native build prepared in $((SECONDS - began)) s"
done
# ./aerie packs its own jars again.
rm -f .aerie/built
