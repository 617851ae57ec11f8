package dev.aerie.frames;

import dev.aerie.service.config.MappedSettings;
import dev.aerie.service.consumer.ConsumerSettings;
import dev.aerie.settings.Settings;
import dev.aerie.vision.models.Sam20;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;

/// Starts the frame-processor: checks the settings, then processes streams until it is stopped.
///
/// A stream comes from the work queue (`.pipeline`), its frames from the relay; a tracker (`.tracker`) finds the
/// objects, which are published on the bus. [FrameWiring] creates the parts.
@QuarkusMain
public final class FrameProcessor {

    static final Settings SETTINGS = MappedSettings.of(FrameConfig.class).refusing("SAM2_MODEL", Sam20.refusals());

    private FrameProcessor() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native
    /// library cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(FrameProcessor::check);
        FrameLibraries.needed(System.getenv()).startWith("frame-processor", arguments);
        var shutdown = new GracefulShutdown();
        shutdown.install();
        Quarkus.run(null, (status, _) -> shutdown.stopped(status), arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
    }
}
