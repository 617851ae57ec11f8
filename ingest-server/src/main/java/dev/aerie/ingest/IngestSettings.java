package dev.aerie.ingest;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.flag;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.ingest.source.ConfiguredSources;
import dev.aerie.messages.FrameId;
import dev.aerie.settings.InstanceName;
import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment variables of the ingest server; `application.properties` maps each to [IngestConfig].
final class IngestSettings {

    private static final Pattern HTTP_URL = Pattern.compile("https?://[^/\\s]+.*");
    private static final Pattern HTTP_URLS =
            Pattern.compile("https?://[^/,\\s]+[^,\\s]*(,https?://[^/,\\s]+[^,\\s]*)*");
    private static final String REPLICAS = "http://…, several with commas; each address of a host is one";
    private static final Pattern AMQP_URL = Pattern.compile("amqps?://\\S+");
    private static final Pattern RTSP_URL = Pattern.compile("rtsp://\\S+");

    /// The six that a server beyond loopback must have.
    private static final List<String> CREDENTIALS = List.of(
            "AERIE_USERNAME",
            "AERIE_PASSWORD",
            "RTSP_READ_USERNAME",
            "RTSP_READ_PASSWORD",
            "RTSP_PUBLISH_USERNAME",
            "RTSP_PUBLISH_PASSWORD");

    static final Settings ALL = new Settings(List.of(
            text("BIND_HOST", "address to listen on; beyond loopback all credentials must be set", "127.0.0.1"),
            whole("API_PORT", "port of HTTP and WebSocket; 0 takes a free one", 5001, "", 0, 65535),
            text(
                    "RTSP_HOST",
                    "host that `rtsp_url` names to consumers; empty for `BIND_HOST`, or loopback where that is"
                            + " everywhere",
                    ""),
            whole("RTSP_PORT", "port of the RTSP relay; 0 takes a free one", 8554, "", 0, 65535),
            matching(
                    "RABBITMQ_URL",
                    "the broker",
                    "amqp://guest:guest@127.0.0.1:5672",
                    "amqp://… or amqps://…",
                    AMQP_URL),
            new Setting(
                    "STREAM_NAME",
                    "stream of `/ws/video` without a name",
                    "drone",
                    "",
                    "[a-z0-9][a-z0-9_-]{0,62}",
                    FrameId::isStreamName),
            InstanceName.setting(),
            flag(
                    "INSPECT_QUEUES",
                    "whether the last 100 messages of each exchange are kept in `inspect.<exchange>`, to be looked at",
                    false),
            choice(
                    "LOG_LEVEL",
                    "least important level that is logged",
                    "INFO",
                    List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR")),
            text("AERIE_USERNAME", "user of HTTP and WebSocket (Basic); empty lets everyone in", ""),
            text("AERIE_PASSWORD", "its password", ""),
            text("RTSP_READ_USERNAME", "user who may play streams; empty lets everyone", ""),
            text("RTSP_READ_PASSWORD", "its password", ""),
            text("RTSP_PUBLISH_USERNAME", "user who may publish streams by RTSP; empty lets everyone", ""),
            text("RTSP_PUBLISH_PASSWORD", "its password", ""),
            new Setting(
                    "SOURCES",
                    "sources to start with: see docs/ingest.md",
                    "",
                    "",
                    "JSON object of sources by stream, or name=url,name=url",
                    ConfiguredSources::isValid),
            whole("MAX_STREAMS", "streams at once", 64, "streams", 1, 1000),
            whole("MAX_CHUNK_BYTES", "largest WebSocket message", 4 << 20, "bytes", 1 << 10, 8 << 20),
            whole("MAX_ACCESS_UNIT_BYTES", "largest coded frame", 4 << 20, "bytes", 1 << 10, 16 << 20),
            flag("PUBLISHER_TAKEOVER", "whether a second publisher of a live stream replaces the first", false),
            choice(
                    "REPLAY_FROM",
                    "from where a recording may be shown again under its old identities",
                    "loopback",
                    List.of("loopback", "anywhere", "nowhere")),
            whole("STALL_AFTER", "silence after which a stream is stalled and a source restarted", 3, "s", 1, 60),
            whole("END_AFTER", "silence after which a stalled stream is ended", 30, "s", 2, 3600),
            text("NTP_SERVER", "time server to measure the clock's offset against; empty for none", ""),
            whole("NTP_INTERVAL", "time between two measurements", 64, "s", 16, 86_400),
            matching(
                    "FRAME_PROCESSOR_URL",
                    "where prompts, mode and fps are sent on to: the replica that works on the stream",
                    "",
                    REPLICAS,
                    HTTP_URLS),
            matching("SLAM_SERVICE_URL", "where the dashboard's map comes from, likewise", "", REPLICAS, HTTP_URLS),
            matching("PTZ_SERVICE_URL", "where commands to cameras are sent on to, likewise", "", REPLICAS, HTTP_URLS),
            matching(
                    "STORAGE_URL",
                    "the storage service whose recordings the dashboard shows; empty for none",
                    "http://127.0.0.1:5004",
                    "http://…",
                    HTTP_URL),
            matching("GO2RTC_API", "relay by this go2rtc instead of ours", "", "http://host:1984", HTTP_URL),
            matching("GO2RTC_RTSP_URL", "go2rtc's RTSP; empty for port 8554 of its host", "", "rtsp://…", RTSP_URL)));

    private IngestSettings() {}

    /// Throws [InvalidSettingException] where the server would listen beyond loopback with a door open.
    static void requireCredentialsBeyondLoopback(Map<String, String> environment) {
        Settings.requireBeyondLoopback(CREDENTIALS, environment);
    }

    private static Setting matching(String name, String meaning, String defaultValue, String allowed, Pattern form) {
        return new Setting(
                name,
                meaning,
                defaultValue,
                "",
                allowed,
                value -> form.matcher(value).matches());
    }
}
