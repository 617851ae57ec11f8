package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files of segments, as a killed process, a torn disk or another program leaves them: what is found in one can be
/// completed.
final class SegmentFuzz {

    private static final SegmentName NAME = new SegmentName("drone", "01JD0000000000000000000000", 0);

    private SegmentFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path file = Files.createTempFile("segment", ".part");
        Files.write(file, data);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
            SegmentScan.read(channel, NAME).ifPresent(found -> {
                if (found.wholeBytes() > data.length) {
                    throw new AssertionError("whole up to " + found.wholeBytes() + " of " + data.length);
                }
                if (!found.frames().frames().isEmpty()) {
                    SegmentLayout.complete(found.track(), found.frames().frames(), found.lastDurationTicks());
                }
            });
        }
    }
}
