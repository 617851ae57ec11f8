package dev.aerie.ingest.notify;

import java.net.URI;

/// Where an MQTT broker is.
///
/// - `secure`: whether it is asked by TLS
public record MqttBroker(boolean secure, String host, int port) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    /// Reads `mqtt://host`, `mqtts://host:8883`; throws [IllegalArgumentException] for anything else.
    public static MqttBroker parse(String url) {
        var uri = URI.create(url);
        boolean secure = "mqtts".equals(uri.getScheme());
        if (uri.getHost() == null || !(secure || "mqtt".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("mqtt://host:port or mqtts://host:port is expected");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? TLS_PORT : PORT;
        return new MqttBroker(secure, uri.getHost(), port);
    }
}
