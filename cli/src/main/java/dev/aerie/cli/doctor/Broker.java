package dev.aerie.cli.doctor;

import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;

/// The broker that `RABBITMQ_URL` names; without one the demo brings its own.
record Broker(String url) {

    private static final String NAME = "broker";
    private static final int PATIENCE_MILLIS = 3000;

    static Finding look(Map<String, String> environment) {
        String url = environment.getOrDefault("RABBITMQ_URL", "");
        return url.isEmpty()
                ? Finding.ok(NAME, "RABBITMQ_URL is not set: the demo brings its own broker")
                : new Broker(url).connect();
    }

    /// Names neither user nor password.
    private Finding connect() {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(url);
            factory.setConnectionTimeout(PATIENCE_MILLIS);
            try (var connection = factory.newConnection("aerie doctor")) {
                var server = connection.getServerProperties();
                return Finding.ok(NAME, server.get("product") + " " + server.get("version") + " at " + place(factory));
            }
        } catch (Exception e) {
            return Finding.missing(
                    NAME,
                    "RABBITMQ_URL is set, but it does not answer: "
                            + e.getClass().getSimpleName());
        }
    }

    private static String place(ConnectionFactory factory) {
        return factory.getHost() + ":" + factory.getPort();
    }
}
