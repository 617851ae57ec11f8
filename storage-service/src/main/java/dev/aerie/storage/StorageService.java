package dev.aerie.storage;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.service.config.MappedSettings;
import dev.aerie.service.consumer.ConsumerSettings;
import dev.aerie.settings.Settings;
import dev.aerie.storage.catalog.SqliteLibrary;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;

/// Starts the storage-service: checks what the operator set, then records streams until it is told to stop.
///
/// A stream comes from the work queue (`.work`), its access units from the relay. They are written as they are, into
/// segments (`.segment`), which an index (`.catalog`) makes searchable. [StorageWiring] puts it together.
@QuarkusMain
public final class StorageService {

    static final Settings SETTINGS = MappedSettings.of(StorageConfig.class);

    private StorageService() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(StorageService::check);
        NativeLibraries.of(FfmpegLibraries.VIDEO)
                .with(List.of(SqliteLibrary.SQLITE))
                .startWith("storage-service", arguments);
        Quarkus.run(arguments);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
    }
}
