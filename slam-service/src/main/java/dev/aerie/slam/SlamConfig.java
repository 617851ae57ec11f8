package dev.aerie.slam;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// What an operator may set, typed; [SlamSettings] says it in words, with ranges and defaults.
@ConfigMapping(prefix = "slam")
interface SlamConfig {

    String bindHost();

    int apiPort();

    /// This replica's name in messages and queues, where one is given.
    Optional<String> instance();

    String rtspHost();

    int rtspPort();

    String frameProvider();

    Optional<String> rtspReadUsername();

    Optional<String> rtspReadPassword();

    Optional<String> streamName();

    Optional<String> go2rtcApi();

    Optional<String> go2rtcRtspUrl();

    String rabbitmqUrl();

    Optional<String> username();

    Optional<String> password();

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
