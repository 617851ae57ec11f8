package dev.aerie.settings;

import static dev.aerie.settings.Setting.choice;
import static dev.aerie.settings.Setting.text;
import static dev.aerie.settings.Setting.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The environment variables of a service that works on the relay's streams.
public final class ConsumerSettings {

    private static final Pattern AMQP_URL = Pattern.compile("amqps?://\\S+");
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
                        "RABBITMQ_URL",
                        "the broker",
                        "amqp://guest:guest@127.0.0.1:5672",
                        "",
                        "amqp://… or amqps://…",
                        value -> AMQP_URL.matcher(value).matches())));
        all.add(InstanceName.setting());
        all.addAll(own);
        all.add(choice("LOG_LEVEL", "least important level that is logged", "INFO", LOG_LEVELS));
        return new Settings(all);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    public static void check(Settings settings, Map<String, String> environment) {
        settings.check(environment);
        Settings.requireBeyondLoopback(CREDENTIALS, environment);
    }
}
