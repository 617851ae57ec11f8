package dev.aerie.storage;

import static dev.aerie.settings.Setting.decimal;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.settings.ConsumerSettings;
import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import java.util.List;
import java.util.regex.Pattern;

/// The environment variables of the storage-service; `application.properties` maps each to [StorageConfig].
final class StorageSettings {

    private static final Pattern HTTP_URL = Pattern.compile("https?://[^\\s@]+");

    static final Settings ALL = ConsumerSettings.with(
            5004,
            List.of(
                    text("STORAGE_PATH", "folder of the archive; empty for `~/.aerie/archive`", ""),
                    whole("SEGMENT_LENGTH", "length of a segment, about: it ends at a key frame", 60, "s", 2, 3600),
                    decimal(
                            "SNAPSHOT_INTERVAL",
                            "time between two snapshots of a stream, taken at key frames; 0 for none",
                            1,
                            "s",
                            0,
                            3600),
                    whole(
                            "STORAGE_BUFFER",
                            "what may wait for the disk, per stream; beyond that frames are lost",
                            64,
                            "MiB",
                            1,
                            4096),
                    whole("STORAGE_CAPACITY", "streams that this replica takes at a time", 32, "streams", 1, 256),
                    whole("RETENTION_HOURS", "how long every segment is kept; 0 for ever", 0, "h", 0, 1_000_000),
                    whole(
                            "RETENTION_EVENT_DAYS",
                            "how long segments are kept in which something was seen, where that is longer; 0 for ever",
                            0,
                            "days",
                            0,
                            36_500),
                    whole(
                            "RETENTION_STREAM_SIZE",
                            "most that is kept of each stream beside what is protected; 0 for no bound",
                            0,
                            "MiB",
                            0,
                            1 << 30),
                    whole(
                            "RETENTION_FREE",
                            "room that is kept free on the disk, by removing the oldest segments; 0 for none",
                            1024,
                            "MiB",
                            0,
                            1 << 30),
                    new Setting(
                            "S3_URL",
                            "S3-compatible store to which closed segments are uploaded; empty for none",
                            "",
                            "",
                            "http://… or https://…",
                            value -> HTTP_URL.matcher(value).matches()),
                    text("S3_REGION", "its region", "us-east-1"),
                    text("S3_BUCKET", "the bucket, which must be there", "aerie"),
                    text("S3_ACCESS_KEY", "who uploads", ""),
                    text("S3_SECRET_KEY", "its secret", ""),
                    whole(
                            "S3_LOCAL_HOURS",
                            "how long the file of an uploaded segment stays here as well",
                            24,
                            "h",
                            0,
                            1_000_000)));

    private StorageSettings() {}
}
