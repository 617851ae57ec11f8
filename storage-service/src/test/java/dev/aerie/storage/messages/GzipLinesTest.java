package dev.aerie.storage.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GzipLinesTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("lines.jsonl.gz");
    }

    @Test
    void append_severalTimes_isOneFileThatEveryGunzipReads() throws IOException {
        write(List.of("one", "two"), List.of("", "four"));
        var gunzip = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
        assertThat(new String(gunzip.readAllBytes(), UTF_8)).isEqualTo("one\ntwo\n\nfour\n");
        assertThat(lines()).containsExactly("one", "two", "", "four");
    }

    @Test
    void open_cutAnywhereInTheLastMember_keepsWhatWasThereBeforeAndGoesOn() throws IOException {
        write(List.of("kept"));
        long whole = Files.size(file);
        write(List.of("torn by a crash"));
        byte[] full = Files.readAllBytes(file);
        for (int length = (int) whole; length < full.length; length++) {
            Files.write(file, Arrays.copyOf(full, length));
            assertThat(lines()).as("read at %d", length).containsExactly("kept");
            write(List.of("next"));
            assertThat(lines()).as("written at %d", length).containsExactly("kept", "next");
        }
    }

    @Test
    void read_tailOfZerosOrFlippedBits_givesNoLineThatWasNotWritten() throws IOException {
        write(List.of("kept"), List.of("broken later"));
        byte[] full = Files.readAllBytes(file);
        int start = memberSize(full);
        for (int at = start; at < full.length; at++) {
            byte[] flipped = full.clone();
            flipped[at] ^= 0x20;
            Files.write(file, flipped);
            assertThat(lines())
                    .as("bit of byte %d; some mean nothing", at)
                    .isIn(List.of("kept"), List.of("kept", "broken later"));
        }
        byte[] zeros = full.clone();
        Arrays.fill(zeros, start, zeros.length, (byte) 0);
        Files.write(file, zeros);
        write(List.of("next"));
        assertThat(lines()).containsExactly("kept", "next");
    }

    private static int memberSize(byte[] file) {
        return (file[16] & 0xff) | (file[17] & 0xff) << 8;
    }

    @SafeVarargs
    private void write(List<String>... members) throws IOException {
        try (var lines = GzipLines.open(file)) {
            for (List<String> member : members) {
                lines.append(member.stream().map(line -> line.getBytes(UTF_8)).toList());
            }
        }
    }

    private List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        GzipLines.read(file, line -> lines.add(new String(line, UTF_8)));
        return lines;
    }
}
