package dev.aerie.storage;

import dev.aerie.settings.ServiceSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageSettingsTest extends ServiceSettings {

    StorageSettingsTest() {
        super("storage-service", StorageService.SETTINGS, StorageService::check);
    }

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 70000, 0..65535",
        "SEGMENT_LENGTH, 1, 2..3600",
        "SNAPSHOT_INTERVAL, -1, 0.0..3600.0",
        "STORAGE_BUFFER, 0, 1..4096",
        "STORAGE_CAPACITY, 0, 1..256",
    })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertRefused(name, value, allowed);
    }
}
