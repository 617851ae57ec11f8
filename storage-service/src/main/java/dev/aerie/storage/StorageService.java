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

/// Starts the storage-service: checks what the operator set, then records streams until it is told to stop.
///
/// A stream comes from the work queue (`.work`), its access units from the relay. They are written as they are, into
/// segments (`.segment`), which an index (`.catalog`) makes searchable. [StorageWiring] puts it together.
@QuarkusMain
public final class StorageService {

    static final Settings SETTINGS = MappedSettings.of(StorageConfig.class);

    private static final int EXIT_ARCHIVE_TAKEN = 2;

    private StorageService() {}

    /// Exits with 2 and one line on standard error where a variable has a value it may not have, or a native library
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
            System.err.println("storage-service cannot start: another one works in " + folder
                    + ", and an archive has one; give this one a STORAGE_PATH of its own");
            System.exit(EXIT_ARCHIVE_TAKEN);
        }
        Quarkus.run(arguments);
        lock.ifPresent(ArchiveLock::close);
    }

    /// Throws [InvalidSettingException] for a wrong variable, or for a service that would stand open to a network.
    static void check(Map<String, String> environment) {
        ConsumerSettings.check(SETTINGS, environment);
    }
}
