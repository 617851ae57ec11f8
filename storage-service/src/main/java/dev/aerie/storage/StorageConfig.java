package dev.aerie.storage;

import dev.aerie.service.config.Variable;
import dev.aerie.service.consumer.ConsumerConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The environment variables of the storage-service; the table in docs/configuration.md is made from it.
@ConfigMapping(prefix = "storage")
@RegisterForReflection
interface StorageConfig {

    @WithParentName
    ConsumerConfig consumer();

    @WithDefault("${API_PORT:5004}")
    @Variable(value = "HTTP port; 0 for a free one", min = 0, max = 65_535)
    int apiPort();

    @WithDefault("${STORAGE_CAPACITY:32}")
    @Variable(value = "streams that this replica records at the same time", unit = "streams", min = 1, max = 256)
    int capacity();

    @WithDefault("${STORAGE_PATH:}")
    @Variable("folder of the archive; empty for `~/.aerie/archive`")
    Optional<Path> path();

    @WithDefault("${SEGMENT_LENGTH:60}s")
    @Variable(value = "approximate length of a segment, which ends at an IDR frame", unit = "s", min = 2, max = 3600)
    Duration segmentLength();

    @WithDefault("${SNAPSHOT_INTERVAL:1}")
    @Variable(
            value = "time between two snapshots of a stream, taken at IDR frames; 0 for none",
            unit = "s",
            min = 0,
            max = 3600)
    double snapshotInterval();

    @WithDefault("${STORAGE_BUFFER:64}")
    @Variable(
            value = "video that may wait for the disk, per stream; beyond that frames are lost",
            unit = "MiB",
            min = 1,
            max = 4096)
    int buffer();

    @WithDefault("${RETENTION_HOURS:0}h")
    @Variable(value = "how long every segment is kept; 0 for ever", unit = "h", min = 0, max = 1_000_000)
    Duration retentionHours();

    @WithDefault("${RETENTION_EVENT_DAYS:0}d")
    @Variable(
            value = "how long segments with detected objects are kept, if that is longer; 0 for ever",
            unit = "days",
            min = 0,
            max = 36_500)
    Duration retentionEventDays();

    @WithDefault("${RETENTION_STREAM_SIZE:0}")
    @Variable(
            value = "maximum size of the unprotected segments of one stream; 0 for no limit",
            unit = "MiB",
            min = 0,
            max = 1 << 30)
    long retentionStreamSize();

    @WithDefault("${RETENTION_FREE:1024}")
    @Variable(
            value = "disk space that is kept free by removing the oldest segments; 0 for none",
            unit = "MiB",
            min = 0,
            max = 1 << 30)
    long retentionFree();

    @WithDefault("${S3_URL:}")
    @Variable(
            value = "S3-compatible store to which closed segments are uploaded; empty for none",
            pattern = "https?://[^\\s@]+",
            allowed = "http://… or https://…")
    Optional<String> s3Url();

    @WithDefault("${S3_REGION:us-east-1}")
    @Variable("region of the S3 store")
    String s3Region();

    @WithDefault("${S3_BUCKET:aerie}")
    @Variable("bucket for segments; it must exist")
    String s3Bucket();

    @WithDefault("${S3_ACCESS_KEY:}")
    @Variable("access key of the S3 store")
    Optional<String> s3AccessKey();

    @WithDefault("${S3_SECRET_KEY:}")
    @Variable("secret key of the S3 store")
    Optional<String> s3SecretKey();

    @WithDefault("${S3_LOCAL_HOURS:24}h")
    @Variable(value = "how long the local file of an uploaded segment is kept", unit = "h", min = 0, max = 1_000_000)
    Duration s3LocalHours();
}
