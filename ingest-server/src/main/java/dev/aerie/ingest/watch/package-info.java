/// What happens to tracked objects over the frames of a session: the common ground of alerts, webhooks and MQTT.
@NullMarked
package dev.aerie.ingest.watch;

import org.jspecify.annotations.NullMarked;
