package dev.aerie.ingest;

import dev.aerie.ingest.forward.ForwardTarget;
import dev.aerie.ingest.notify.Webhooks;
import dev.aerie.ingest.source.ConfiguredSources;
import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.service.config.MappedSettings;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;

/// Starts the ingest server: checks the configuration, then runs until it is stopped.
///
/// Packages in the order of processing: a source (`.push`, `.source`, `.rtsp`) delivers access units, a session
/// (`.stream`) numbers and stamps them, the relay (`.relay`) passes them to its readers, the bus (`.bus`) carries
/// events. [IngestWiring] connects them.
@QuarkusMain
public final class IngestServer {

    static final Settings SETTINGS = MappedSettings.of(IngestConfig.class)
            .accepting("SOURCES", ConfiguredSources::isValid)
            .accepting("FORWARDS", ForwardTarget::isValid)
            .accepting("SOURCE_HOSTS", SourceHosts::isValid)
            .accepting("WEBHOOK_HOSTS", SourceHosts::isValid)
            .accepting("WEBHOOK_SECRET", Webhooks::isSecret);

    private static final List<String> CREDENTIALS_OF_HTTP = List.of("AERIE_USERNAME", "AERIE_PASSWORD");

    private static final List<String> CREDENTIALS = List.of(
            "AERIE_USERNAME",
            "AERIE_PASSWORD",
            "RTSP_READ_USERNAME",
            "RTSP_READ_PASSWORD",
            "RTSP_PUBLISH_USERNAME",
            "RTSP_PUBLISH_PASSWORD");

    private IngestServer() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(IngestServer::check);
        NativeLibraries.of(FfmpegLibraries.VIDEO).startWith("ingest-server", arguments);
        Quarkus.run(arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a set of them that would stand open to a
    /// network.
    static void check(Map<String, String> environment) {
        SETTINGS.check(environment);
        Settings.requireUserNames(List.of("AERIE", "RTSP_READ", "RTSP_PUBLISH"), environment);
        Settings.requireKeyAndCertificate(environment);
        Settings.requireLoginKey(environment);
        Settings.requireBeyondLoopback(
                isSet(environment, "RTSP_USERS") ? CREDENTIALS_OF_HTTP : CREDENTIALS, environment);
        if (isSet(environment, "GO2RTC_API") && isSet(environment, "GO2RTC_CAMERAS")) {
            throw new InvalidSettingException(
                    "GO2RTC_API and GO2RTC_CAMERAS are both set: a go2rtc either relays our streams"
                            + " or has cameras that we pull, or each would pull from the other");
        }
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }
}
