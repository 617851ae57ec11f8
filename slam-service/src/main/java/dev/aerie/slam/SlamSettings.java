package dev.aerie.slam;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.decimal;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.rtsp.BackpressurePolicy;
import dev.aerie.settings.ConsumerSettings;
import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The environment variables of the slam-service; `application.properties` maps each to [SlamConfig].
final class SlamSettings {

    static final Settings ALL = ConsumerSettings.with(
            5003,
            List.of(
                    text(
                            "STORAGE_PATH",
                            "folder in which `slam` holds keyframes, trajectories, maps; empty for `~/.aerie`",
                            ""),
                    text(
                            "SLAM_RING_PATH",
                            "folder of the rings of poses; empty for `/dev/shm`, else `STORAGE_PATH`",
                            ""),
                    new Setting(
                            "CAMERA_CONFIG",
                            "calibration: a file for every stream, or a folder with `<stream>.yaml`; empty guesses",
                            "",
                            "",
                            "a file or folder that is there",
                            value -> value.isEmpty() || Files.isReadable(Path.of(value))),
                    decimal(
                            "CAMERA_HFOV",
                            "field of view across the frame of a camera without calibration",
                            70,
                            "°",
                            10,
                            140),
                    new Setting(
                            "FRAME_PROVIDER",
                            "which frames wait while one is worked on: `latest` only the newest, `drop-oldest:N` the N"
                                    + " newest, `wait` all, and the sender with them",
                            "latest",
                            "",
                            BackpressurePolicy.CHOICES,
                            BackpressurePolicy::isChoice),
                    whole("SLAM_FRAME_SKIP", "one frame of so many is looked at", 1, "frames", 1, 100),
                    choice(
                            "SLAM_DENSE",
                            "surfaces from keyframes: `sweep` matches them with each other on the processor",
                            "none",
                            List.of("none", "sweep")),
                    whole("SLAM_SERVICE_CAPACITY", "streams that this replica takes at a time", 2, "streams", 1, 64),
                    whole(
                            "SLAM_RETENTION_DAYS",
                            "how long keyframes, trajectories and maps of a session that is over stay; 0 for ever",
                            30,
                            "days",
                            0,
                            36_500),
                    whole(
                            "SLAM_RETENTION_SIZE",
                            "most that those of all sessions take, the oldest sessions go first; 0 for no bound",
                            10_240,
                            "MiB",
                            0,
                            1 << 30)));

    private SlamSettings() {}
}
