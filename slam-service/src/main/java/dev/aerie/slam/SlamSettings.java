package dev.aerie.slam;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.decimal;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment variables of the slam-service; `application.properties` maps each to [SlamConfig].
final class SlamSettings {

    private static final Pattern AMQP_URL = Pattern.compile("amqps?://\\S+");
    private static final List<String> CREDENTIALS = List.of("AERIE_USERNAME", "AERIE_PASSWORD");

    static final Settings ALL = new Settings(List.of(
            text("BIND_HOST", "address to listen on; beyond loopback the credentials must be set", "127.0.0.1"),
            whole("API_PORT", "port of HTTP; 0 takes a free one", 5003, "", 0, 65535),
            text("AERIE_USERNAME", "user of HTTP (Basic); empty lets everyone in", ""),
            text("AERIE_PASSWORD", "its password", ""),
            text("RTSP_HOST", "host of the RTSP relay", "127.0.0.1"),
            whole("RTSP_PORT", "port of the RTSP relay", 8554, "", 1, 65535),
            text("RTSP_READ_USERNAME", "user who may play streams; empty for none", ""),
            text("RTSP_READ_PASSWORD", "its password", ""),
            new Setting(
                    "RABBITMQ_URL",
                    "the broker",
                    "amqp://guest:guest@127.0.0.1:5672",
                    "",
                    "amqp://… or amqps://…",
                    value -> AMQP_URL.matcher(value).matches()),
            text(
                    "STORAGE_PATH",
                    "folder in which `slam` holds keyframes, trajectories, maps; empty for `~/.aerie`",
                    ""),
            text("SLAM_RING_PATH", "folder of the rings of poses; empty for `/dev/shm`, else `STORAGE_PATH`", ""),
            new Setting(
                    "CAMERA_CONFIG",
                    "calibration: a file for every stream, or a folder with `<stream>.yaml`; empty guesses",
                    "",
                    "",
                    "a file or folder that is there",
                    value -> value.isEmpty() || Files.isReadable(Path.of(value))),
            decimal(
                    "CAMERA_HFOV",
                    "field of view across the picture of a camera without calibration",
                    70,
                    "°",
                    10,
                    140),
            whole("SLAM_FRAME_SKIP", "one picture of so many is looked at", 1, "pictures", 1, 100),
            choice(
                    "SLAM_DENSE",
                    "surfaces from keyframes: `sweep` matches them with each other on the processor",
                    "none",
                    List.of("none", "sweep")),
            whole("SLAM_SERVICE_CAPACITY", "streams that this replica takes at a time", 2, "streams", 1, 64),
            choice(
                    "LOG_LEVEL",
                    "least important level that is logged",
                    "INFO",
                    List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR"))));

    private SlamSettings() {}

    /// Throws [InvalidSettingException] where the service would listen beyond loopback with its door open.
    static void requireCredentialsBeyondLoopback(Map<String, String> environment) {
        Settings.requireBeyondLoopback(CREDENTIALS, environment);
    }
}
