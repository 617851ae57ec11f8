package dev.aerie.storage;

import dev.aerie.service.consumer.ConsumerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/// What an operator may set, typed; [StorageSettings] says it in words, with ranges, units and defaults.
@ConfigMapping(prefix = "storage")
interface StorageConfig {

    @WithParentName
    ConsumerConfig consumer();

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
