#!/usr/bin/env bash
# Checks what Prometheus is given (deploy/prometheus) by its own promtool: the configuration, the alert rules, and the tests
# of the rules. A stage of ./aerie test. promtool is taken from the PATH, else out of Debian's package prometheus, which is
# unpacked and not installed; where there is neither, this is skipped with a line.
#
# Usage: deploy/check-alerts.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/.aerie/prometheus

fetch() (
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || exit 1
    mkdir -p "$tools" && cd "$tools"
    apt-get download -qq prometheus >/dev/null 2>&1 && dpkg-deb -x prometheus_*.deb . && rm -f prometheus_*.deb
)

promtool=$(command -v promtool || echo "$tools/usr/bin/promtool")
[ -x "$promtool" ] || fetch || { echo "alerts: skipped, promtool is not here and Debian does not bring it"; exit 0; }
cd "$root/deploy/prometheus"
"$promtool" check config --syntax-only prometheus.yml >/dev/null
"$promtool" check rules aerie.rules.yml >/dev/null
"$promtool" test rules aerie.tests.yml >/dev/null
# A rule that never fires must be noticed.
mkdir -p "$root/.aerie/alerts"
sed 's/aerie_broker_connected == 0/aerie_broker_connected == 7/' aerie.rules.yml >"$root/.aerie/alerts/aerie.rules.yml"
cp aerie.tests.yml "$root/.aerie/alerts/"
! "$promtool" test rules "$root/.aerie/alerts/aerie.tests.yml" >/dev/null 2>&1 ||
    { echo "alerts: a planted fault was not found" >&2; exit 1; }
echo "alerts: configuration, rules and their tests are right"
