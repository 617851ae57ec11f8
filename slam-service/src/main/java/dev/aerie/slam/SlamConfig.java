package dev.aerie.slam;

import dev.aerie.service.consumer.ConsumerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/// What an operator may set, typed; [SlamSettings] says it in words, with ranges and defaults.
@ConfigMapping(prefix = "slam")
interface SlamConfig {

    @WithParentName
    ConsumerConfig consumer();

    String frameProvider();

    Optional<String> storagePath();

    Optional<String> ringPath();

    Optional<String> cameraConfig();

    double fieldOfViewDegrees();

    int frameSkip();

    String dense();

    int capacity();

    int retentionDays();

    long retentionSize();
}
