package dev.aerie.settings;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import dev.aerie.messages.FrameId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment variables of a service that works on the relay's streams.
public final class ConsumerSettings {

    private static final Pattern AMQP_URL = Pattern.compile("amqps?://\\S+");
    private static final Pattern RTSP_URL = Pattern.compile("rtsp://[^/\\s]+\\S*");
    private static final Pattern HTTP_URL = Pattern.compile("https?://[^/\\s]+\\S*");
    private static final String NO_BROKER = "none";
    private static final List<String> CREDENTIALS = List.of("AERIE_USERNAME", "AERIE_PASSWORD");
    private static final List<String> LOG_LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private ConsumerSettings() {}

    /// What all such services have, with a service's own.
    ///
    /// - `port`: of HTTP, where `API_PORT` says none
    public static Settings with(int port, List<Setting> own) {
        var all = new ArrayList<>(List.of(
                text("BIND_HOST", "address to listen on; beyond loopback the credentials must be set", "127.0.0.1"),
                whole("API_PORT", "port of HTTP; 0 takes a free one", port, "", 0, 65535),
                text("AERIE_USERNAME", "user of HTTP (Basic); empty lets everyone in", ""),
                text("AERIE_PASSWORD", "its password", ""),
                text("RTSP_HOST", "host of the RTSP relay", "127.0.0.1"),
                whole("RTSP_PORT", "port of the RTSP relay", 8554, "", 1, 65535),
                text("RTSP_READ_USERNAME", "user who may play streams; empty for none", ""),
                text("RTSP_READ_PASSWORD", "its password", ""),
                new Setting(
                        "STREAM_NAME",
                        "the one stream to follow without a work queue, at the relay or GO2RTC_API by its name, or at"
                                + " any RTSP server by its address; empty takes streams from the work queue",
                        "",
                        "",
                        "[a-z0-9][a-z0-9_-]{0,62}, or rtsp://…",
                        value -> FrameId.isStreamName(value)
                                || RTSP_URL.matcher(value).matches()),
                new Setting(
                        "GO2RTC_API",
                        "go2rtc at which STREAM_NAME is, in place of the relay",
                        "",
                        "",
                        "http://host:1984",
                        value -> HTTP_URL.matcher(value).matches()),
                new Setting(
                        "GO2RTC_RTSP_URL",
                        "go2rtc's RTSP; empty for the port that it tells of, at the host of its API",
                        "",
                        "",
                        "rtsp://…",
                        value -> RTSP_URL.matcher(value).matches()),
                new Setting(
                        "RABBITMQ_URL",
                        "the broker; with STREAM_NAME the service does without one, and `none` looks for none",
                        "amqp://guest:guest@127.0.0.1:5672",
                        "",
                        "amqp://… or amqps://…, or none where STREAM_NAME is set",
                        value -> value.equals(NO_BROKER)
                                || AMQP_URL.matcher(value).matches())));
        all.add(InstanceName.setting());
        all.addAll(own);
        all.add(choice("LOG_LEVEL", "least important level that is logged", "INFO", LOG_LEVELS));
        return new Settings(all);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    public static void check(Settings settings, Map<String, String> environment) {
        settings.check(environment);
        Settings.requireBeyondLoopback(CREDENTIALS, environment);
        String stream = environment.getOrDefault("STREAM_NAME", "");
        if (NO_BROKER.equals(environment.get("RABBITMQ_URL")) && stream.isEmpty()) {
            throw new InvalidSettingException("RABBITMQ_URL is 'none', allowed only with STREAM_NAME set too: streams"
                    + " of a work queue come from a broker");
        }
    }
}
