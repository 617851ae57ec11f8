package dev.aerie.storage.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Heads of MP4 files, ours or not.
final class TrackHeadFuzz {

    private TrackHeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Path file = Files.createTempFile("track", ".mp4");
        try {
            Files.write(file, data);
            TrackHead.of(file);
        } catch (IOException _) {
            // Refused in words.
        } finally {
            Files.delete(file);
        }
    }
}
