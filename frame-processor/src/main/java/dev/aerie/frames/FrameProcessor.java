package dev.aerie.frames;

import dev.aerie.settings.ConsumerSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;

/// Starts the frame-processor: checks what the operator set, then looks at streams until it is told to stop.
///
/// A stream comes from the work queue (`.pipeline`), its frames from the relay; a detector and a tracker (`.sight`)
/// make objects of them, which go out on the bus. [FrameWiring] puts it together.
@QuarkusMain
public final class FrameProcessor {

    private FrameProcessor() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        FrameSettings.ALL.startWith(FrameProcessor::check);
        FrameLibraries.needed(System.getenv()).startWith("frame-processor", arguments);
        var shutdown = new GracefulShutdown();
        shutdown.install();
        Quarkus.run(null, (status, _) -> shutdown.stopped(status), arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(FrameSettings.ALL, environment);
    }
}
