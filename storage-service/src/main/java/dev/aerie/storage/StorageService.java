package dev.aerie.storage;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.service.config.MappedSettings;
import dev.aerie.service.consumer.ConsumerSettings;
import dev.aerie.settings.Settings;
import dev.aerie.storage.catalog.SqliteLibrary;
import dev.aerie.storage.segment.ArchiveLock;
import dev.aerie.storage.segment.ArchiveRoot;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts the storage-service: checks the settings, then records streams until it is stopped.
///
/// Streams are assigned by the work queue (`.work`), and their access units are read from the relay. The units are
/// written unchanged into segments (`.segment`), which an index (`.catalog`) makes searchable. [StorageWiring] builds
/// all parts.
@QuarkusMain
public final class StorageService {

    static final Settings SETTINGS = MappedSettings.of(StorageConfig.class);

    private static final int EXIT_ARCHIVE_TAKEN = 2;

    private StorageService() {}

    /// Exits with status 2 and one line on standard error if a variable has an invalid value, or if a native library
    /// cannot be loaded.
    public static void main(String... arguments) {
        SETTINGS.startWith(StorageService::check);
        NativeLibraries.of(FfmpegLibraries.VIDEO)
                .with(List.of(SqliteLibrary.SQLITE))
                .startWith("storage-service", arguments);
        String path = System.getenv().getOrDefault("STORAGE_PATH", "");
        Path folder = ArchiveRoot.folder(path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path)));
        var lock = ArchiveLock.take(folder);
        if (lock.isEmpty()) {
            System.err.println("storage-service cannot start: another storage-service uses " + folder
                    + ", and an archive allows only one; set another STORAGE_PATH for this one");
            System.exit(EXIT_ARCHIVE_TAKEN);
        }
        Quarkus.run(arguments);
        lock.ifPresent(ArchiveLock::close);
    }

    /// Throws [InvalidSettingException] for an invalid variable, or for a service that would listen beyond loopback
    /// without credentials.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
    }
}
