package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeSpaceTest {

    @TempDir
    Path folder;

    @Test
    void bytes_folder_isRoomOnItsDisk() throws Exception {
        assertThat(FreeSpace.bytes(folder))
                .isPositive()
                .isLessThanOrEqualTo(folder.toFile().getTotalSpace());
    }

    @Test
    void bytes_folderThatIsGone_isNoAnswerRatherThanZero() {
        assertThatThrownBy(() -> FreeSpace.bytes(folder.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
    }
}
