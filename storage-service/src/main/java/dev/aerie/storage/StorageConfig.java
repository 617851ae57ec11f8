package dev.aerie.storage;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// What an operator may set, typed; [StorageSettings] says it in words, with ranges, units and defaults.
@ConfigMapping(prefix = "storage")
interface StorageConfig {

    int apiPort();

    /// This replica's name in messages and queues, where one is given.
    Optional<String> instance();

    String rtspHost();

    int rtspPort();

    Optional<String> rtspReadUsername();

    Optional<String> rtspReadPassword();

    Optional<String> streamName();

    Optional<String> go2rtcApi();

    Optional<String> go2rtcRtspUrl();

    String rabbitmqUrl();

    Optional<String> username();

    Optional<String> password();

    Optional<String> path();

    int segmentLength();

    double snapshotInterval();

    int buffer();

    int capacity();

    int retentionHours();

    int retentionEventDays();

    long retentionStreamSize();

    long retentionFree();

    Optional<String> s3Url();

    String s3Region();

    String s3Bucket();

    Optional<String> s3AccessKey();

    Optional<String> s3SecretKey();

    int s3LocalHours();
}
