package dev.aerie.ingest;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Setting;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;

/// Starts the ingest server: checks what the operator set, then runs until it is told to stop.
///
/// What it is made of, in the order of a picture's way: a source (`.push`, `.source`, `.rtsp`) gives access units,
/// a session (`.stream`) numbers and stamps them, the relay (`.relay`) hands them to its readers, the bus (`.bus`)
/// says what happens. [IngestWiring] puts it together.
@QuarkusMain
public final class IngestServer {

    private static final int EXIT_WRONG_SETTING = 2;

    private IngestServer() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have.
    public static void main(String... arguments) {
        try {
            check(System.getenv());
        } catch (InvalidSettingException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(EXIT_WRONG_SETTING);
        }
        forgetEmpty(System.getenv());
        Quarkus.run(arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a set of them that would stand open to a
    /// network.
    static void check(Map<String, String> environment) {
        IngestSettings.ALL.check(environment);
        IngestSettings.requireCredentialsBeyondLoopback(environment);
    }

    /// An empty variable counts as one that is not set: its default stands in front of it, for the configuration
    /// would take it for a value.
    private static void forgetEmpty(Map<String, String> environment) {
        for (Setting setting : IngestSettings.ALL.all()) {
            boolean empty = "".equals(environment.get(setting.name()));
            if (empty && !setting.defaultValue().isEmpty()) {
                System.setProperty(setting.name(), setting.defaultValue());
            }
        }
    }
}
