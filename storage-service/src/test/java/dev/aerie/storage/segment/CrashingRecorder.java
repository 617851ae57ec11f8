package dev.aerie.storage.segment;

import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A process that records frames in real time until somebody kills it; prints the number of each that it has handed
/// to the recorder, and how many the recorder has on disk by then.
///
/// Arguments: folder of the archive, number of the first frame, length of a segment in seconds.
final class CrashingRecorder {

    private static final int AHEAD = 300;

    private CrashingRecorder() {}

    /// Starts one; what it prints goes to `told`.
    static Process start(Path folder, int first, int segmentSeconds, Path told) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingRecorder.class.getName(),
                folder.toString(),
                Integer.toString(first),
                Integer.toString(segmentSeconds));
        return new ProcessBuilder(command)
                .redirectOutput(told.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        var video = NumberedVideo.of(CrashTest.STREAM);
        int first = Integer.parseInt(arguments[1]);
        var units = video.units(NumberedVideo.SESSION, first, first + AHEAD);
        var archive = new TestArchive(Path.of(arguments[0]));
        var length = Duration.ofSeconds(Long.parseLong(arguments[2]));
        var recorder = archive.recorder(CrashTest.STREAM, NumberedVideo.SESSION, length);
        long start = System.nanoTime();
        for (AccessUnit unit : units) {
            recorder.put(unit);
            long number = unit.stamp().orElseThrow().id().frameNumber();
            System.out.println(number + " " + recorder.status().frames());
            long due = start + (number - first + 1) * 1_000_000_000L / video.rate();
            LockSupport.parkNanos(due - System.nanoTime());
        }
        Thread.currentThread().join(); // until it is killed
    }
}
