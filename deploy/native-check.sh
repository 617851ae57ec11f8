#!/usr/bin/env bash
# Runs services through Quarkus' build in native mode up to where GraalVM would begin (sources-only): what is found there is
# what would keep a service from being compiled. Needs no GraalVM. A stage of ./aerie test, beside the containers; the jars
# that ./aerie runs stay as they are.
#
# Usage: deploy/native-check.sh [SERVICE…]
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
fail() { echo "native: $*" >&2; exit 1; }
. "$project/deploy/machine.sh"
services=${*:-ingest-server frame-processor slam-service storage-service ptz-service}
JAVA_HOME=$(find_jdk)
export JAVA_HOME MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
cd "$project"
mkdir -p .aerie
for service in $services; do rm -rf "$service/target/native-sources"; done
mvn -B -DskipTests -Dspotless.check.skip=true -pl "$(echo "$services" | tr ' ' ',')" -am package \
    -Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false -Dquarkus.native.sources-only=true \
    -Dquarkus.package.jar.type=fast-jar -Dquarkus.dependency.sbom.skip=true >.aerie/native-check.log 2>&1 ||
    { grep -m 20 ERROR .aerie/native-check.log >&2; fail "a service is not native-capable: .aerie/native-check.log"; }
for service in $services; do
    [ -n "$(find "$service/target/native-sources" -name '*-runner.jar' 2>/dev/null)" ] || fail "$service: nothing was made"
    [ -s "$service/target/native-sources/native-image.args" ] || fail "$service: no arguments for native-image"
done
echo "native: $services pass Quarkus' native build up to GraalVM, in $SECONDS s"
