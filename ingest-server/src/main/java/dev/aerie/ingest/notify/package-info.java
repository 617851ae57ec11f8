/// Alerts and tracks for programs outside the fleet: webhooks and MQTT.
@NullMarked
package dev.aerie.ingest.notify;

import org.jspecify.annotations.NullMarked;
