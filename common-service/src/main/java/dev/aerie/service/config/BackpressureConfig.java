package dev.aerie.service.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.WithDefault;

/// The setting of every service whose frames wait to be processed; nested in the service's own mapping, by
/// [io.smallrye.config.WithParentName].
@RegisterForReflection
public interface BackpressureConfig {

    /// [dev.aerie.rtsp.BackpressurePolicy#parse] reads the value.
    @WithDefault("${FRAME_PROVIDER:latest}")
    @Variable(
            value = "frames that wait while one is processed: `latest` keeps only the newest, `drop-oldest:N` the N"
                    + " newest, `wait` all, and makes the sender wait",
            pattern = "latest|wait|drop-oldest:([1-9]|[12][0-9]|30)",
            allowed = "latest, wait, or drop-oldest:1 to drop-oldest:30")
    String frameProvider();
}
