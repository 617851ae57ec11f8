package dev.aerie.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFolderTest {

    @TempDir
    private Path folder;

    @Test
    void create_foldersThatAreMissing_areClosedToOthers_thoseThatAreThereStay() throws Exception {
        var open = PosixFilePermissions.fromString("rwxr-xr-x");
        Path there = Files.createDirectory(folder.resolve("there"), PosixFilePermissions.asFileAttribute(open));
        Path made = PrivateFolder.create(there.resolve("drone").resolve("session"));
        var closed = PosixFilePermissions.fromString("rwxr-x---");
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(closed);
        assertThat(Files.getPosixFilePermissions(made.getParent())).isEqualTo(closed);
        assertThat(PrivateFolder.create(there)).isEqualTo(there);
        assertThat(Files.getPosixFilePermissions(there)).isEqualTo(open);
    }
}
