package dev.aerie.service.consumer;

import dev.aerie.messages.amqp.BrokerUse;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Settings;
import java.util.List;
import java.util.Map;

/// Checks the environment of a service that works on streams, before anything starts.
public final class ConsumerSettings {

    private static final List<String> CREDENTIALS = List.of("AERIE_USERNAME", "AERIE_PASSWORD");

    private ConsumerSettings() {}

    /// Throws [InvalidSettingException] for an invalid value, and for a service that listens beyond loopback without
    /// credentials.
    public static void check(Settings settings, Map<String, String> environment) {
        settings.check(environment);
        Settings.requireUserNames(List.of("AERIE"), environment);
        Settings.requireKeyAndCertificate(environment);
        Settings.requireLoginKey(environment);
        Settings.requireBeyondLoopback(CREDENTIALS, environment);
        String stream = environment.getOrDefault("STREAM_NAME", "");
        if (BrokerUse.NO_BROKER.equals(environment.get("RABBITMQ_URL")) && stream.isEmpty()) {
            throw new InvalidSettingException("RABBITMQ_URL is 'none', allowed only with STREAM_NAME set too: streams"
                    + " of a work queue come from a broker");
        }
    }
}
