package dev.aerie.ptz;

import dev.aerie.service.config.MappedSettings;
import dev.aerie.service.consumer.ConsumerSettings;
import dev.aerie.settings.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Starts the ptz-service: checks what the operator set, then steers cameras until it is told to stop.
///
/// A stream comes from the work queue, its frames from the relay (`.pipeline`); what is in them is tracked (`.tracks`),
/// a target is chosen, and the camera of the stream (`.fleet`) is sent the way (`.command`). People do the same over
/// HTTP (`.web`), and win. [PtzWiring] puts it together.
@QuarkusMain
public final class PtzService {

    static final Settings SETTINGS = MappedSettings.of(PtzConfig.class);

    private PtzService() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(PtzService::check);
        PtzLibraries.needed(System.getenv()).startWith("ptz-service", arguments);
        Quarkus.run(arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
        CameraFleet.of(file("PTZ_CONFIG", environment), file("CAMERA_CONFIG", environment), environment);
    }

    private static Optional<Path> file(String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
    }
}
